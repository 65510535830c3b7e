// Start-up time, throughput and cost by size of the embedded Elasticsearch, over HTTP. `npm run bench` prints them.
//
// The servers run in processes of their own. Throughput is told per second of their processor time as well, since the
// client and whatever else runs takes its share of the machine. Costs at two sizes are measured turn by turn in one
// run, and compared by their medians.

import { fork } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { Agent, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const self = fileURLToPath(import.meta.url);
const password = "benchmark";
const sizes = { small: 100, large: 10_000 };
const jobsPerConnector = 2;
const rounds = 400;
const warmUp = 300;

/** Questions whose answers hold equally much at every size; `n` is the number of connectors, `i` one of them. */
const questions = {
  "get by id": (i) => `/_connector/connector-${i}`,
  "first page": () => "/_connector?size=10",
  "page of 100": () => "/_connector",
  "last page": (_, n) => `/_connector?size=10&from=${n - 10}`,
  "by index name": (i) => `/_connector?index_name=search-${i}`,
  "by name": (i) => `/_connector?connector_name=${encodeURIComponent(nameOf(i))}`,
  "by service type": () => "/_connector?service_type=mongodb&size=10",
  "search by name": (i) => `/_connector?query=${encodeURIComponent(nameOf(i))}`,
  "search by part": (i) => `/_connector?query=${wordOf(i).slice(1)}`,
  "search by word of the description": (i) => `/_connector?query=about${i}x`,
  "search that all match": () => "/_connector?query=Shop&size=10",
  "search that all match, after a write": () => "/_connector?query=Shop&size=10",
  "jobs, newest": () => "/_connector/_sync_job?size=10",
  "jobs of a connector": (i) => `/_connector/_sync_job?connector_id=connector-${i}`,
  "jobs by status": () => "/_connector/_sync_job?status=pending&size=10",
};

/** What is written, without being timed, before each asking of a question. */
const writesBefore = {
  "search that all match, after a write": (i) => `/_connector/connector-${i}/_check_in`,
};

const simpleRequests = [
  ["GET /", "GET", "/"],
  ["get a connector", "GET", "/_connector/one"],
  ["change a connector", "PUT", "/_connector/one/_check_in"],
  ["index a document", "PUT", "/documents/_doc/1", { title: "A document", size: 1 }],
];

if (process.argv[2] === "server") await serve();
else await main();

async function main() {
  const startUps = [];
  for (let run = 0; run < 5; run++) {
    const server = await startServer();
    startUps.push(server.milliseconds);
    await server.stop();
  }
  console.log(`start-up: ${median(startUps).toFixed(0)} ms in the process, loading the code included (median of 5)\n`);

  console.log("simple requests, 16 at a time");
  await throughput(await startServer(), simpleRequests);
  const folder = mkdtempSync(join(tmpdir(), "embedded-elasticsearch-"));
  console.log("the writes among them with a data folder, each on disk before its answer");
  await throughput(await startServer(folder), simpleRequests.slice(2));
  rmSync(folder, { recursive: true, force: true });

  const small = await startServer();
  const large = await startServer();
  try {
    await fill(small, sizes.small);
    await fill(large, sizes.large);
    console.log(`cost at ${sizes.large} connectors against ${sizes.small} (medians of ${rounds}, in µs)`);
    for (const [name, path] of Object.entries(questions)) await compare(name, path, small, large);
  } finally {
    await small.stop();
    await large.stop();
  }
}

async function compare(name, path, small, large) {
  const times = { small: [], large: [] };
  for (let round = -warmUp; round < rounds; round++) {
    for (const [size, server] of [
      ["small", small],
      ["large", large],
    ]) {
      const count = sizes[size];
      const i = (round * 7919 + 7919 * warmUp) % count;
      const write = writesBefore[name]?.(i);
      if (write !== undefined) expectOk(write, await ask(server, "PUT", write));
      const started = process.hrtime.bigint();
      const answer = await ask(server, "GET", path(i, count));
      const took = Number(process.hrtime.bigint() - started) / 1000;
      expectOk(name, answer);
      // The first rounds only warm up.
      if (round >= 0) times[size].push(took);
    }
  }
  const [atSmall, atLarge] = [median(times.small), median(times.large)];
  const ratio = (atLarge / atSmall).toFixed(2);
  console.log(
    `  ${name.padEnd(36)}${atSmall.toFixed(0).padStart(6)}${atLarge.toFixed(0).padStart(6)}   ratio ${ratio}`,
  );
}

function expectOk(what, { status }) {
  if (status !== 200) throw new Error(`${what}: status ${status}`);
}

async function throughput(server, requests) {
  await ask(server, "PUT", "/_connector/one", { name: "One", index_name: "one" });
  for (const [name, method, path, body] of requests) {
    await many(server, 2000, method, path, body);
    const [used, started] = [await server.usage(), Date.now()];
    const count = 20_000;
    await many(server, count, method, path, body);
    const seconds = (Date.now() - started) / 1000;
    const busy = (await server.usage()) - used;
    const perSecond = `${(count / seconds).toFixed(0).padStart(6)} per second`;
    console.log(
      `  ${name.padEnd(20)}${perSecond}, ${(count / busy).toFixed(0).padStart(6)} per second of processor time`,
    );
  }
  await server.stop();
  console.log("");
}

async function many(server, count, method, path, body) {
  let left = count;
  const worker = async () => {
    while (left-- > 0) await ask(server, method, path, body);
  };
  await Promise.all(Array.from({ length: 16 }, worker));
}

async function fill(server, count) {
  let next = 0;
  const worker = async () => {
    for (let i = next++; i < count; i = next++) {
      await ask(server, "PUT", `/_connector/connector-${i}`, {
        index_name: `search-${i}`,
        name: nameOf(i),
        service_type: ["mongodb", "postgresql", "sharepoint_online", "s3"][i % 4],
        description: `All there is to know about${i}x this one`,
      });
      for (let job = 0; job < jobsPerConnector; job++) {
        await ask(server, "POST", "/_connector/_sync_job", { id: `connector-${i}` });
      }
    }
  };
  await Promise.all(Array.from({ length: 8 }, worker));
}

function nameOf(i) {
  return `Shop ${wordOf(i)}`;
}

/** A word for a number, equally long for all. */
function wordOf(i) {
  return [...String((i * 7919 + 31) % 1_000_003).padStart(7, "0")].map((digit) => "bcdfghklmp"[Number(digit)]).join("");
}

function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}

function ask(server, method, path, body) {
  const { promise, resolve, reject } = withResolvers();
  const text = body === undefined ? undefined : JSON.stringify(body);
  const headers = { authorization: server.authorization };
  if (text !== undefined)
    Object.assign(headers, { "content-type": "application/json", "content-length": Buffer.byteLength(text) });
  const sent = request(
    { agent: server.agent, port: server.port, host: "127.0.0.1", method, path, headers },
    (answer) => {
      answer.on("data", () => undefined).on("end", () => resolve({ status: answer.statusCode }));
    },
  );
  sent.on("error", reject).end(text);
  return promise;
}

function withResolvers() {
  const result = {};
  result.promise = new Promise((resolve, reject) => Object.assign(result, { resolve, reject }));
  return result;
}

/** A server in a process of its own. */
async function startServer(folder) {
  const child = fork(self, ["server", ...(folder === undefined ? [] : [folder])]);
  const hear = () => new Promise((resolve) => child.once("message", resolve));
  const { port, milliseconds } = await hear();
  return {
    port,
    milliseconds,
    agent: new Agent({ keepAlive: true, maxSockets: 16 }),
    authorization: `Basic ${Buffer.from(`elastic:${password}`).toString("base64")}`,
    /** Seconds of processor time so far. */
    async usage() {
      child.send("usage");
      return (await hear()) / 1e6;
    },
    async stop() {
      this.agent.destroy();
      const ended = new Promise((resolve) => child.once("exit", resolve));
      child.send("stop");
      await ended;
    },
  };
}

async function serve() {
  const started = performance.now();
  const { startElasticsearch } = await import("../dist/embedded/elasticsearch/index.js");
  const server = await startElasticsearch({
    password,
    ...(process.argv[3] === undefined ? {} : { data: process.argv[3] }),
  });
  process.send({ port: Number(new URL(server.endpoint).port), milliseconds: performance.now() - started });
  process.on("message", async (message) => {
    if (message === "usage") {
      const { user, system } = process.cpuUsage();
      process.send(user + system);
    } else {
      await server.close();
      process.disconnect();
    }
  });
}
