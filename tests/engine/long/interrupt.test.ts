// What is left when an operation is cut short. On the embedded engine only: it is about this engine's own processes.

import { spawn } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { errors, good, type Scenario, scenario } from "../scenario";

let s: Scenario;
beforeEach(async () => {
  s = await scenario("embedded");
});
afterEach(() => s.close());

test("the first interrupt lets running steps finish, and saves them", async () => {
  s.program(`
    const a = new Thing("a", { name: "one" });
    new Thing("b", { name: "two", of: a.id });`);
  s.behave({ "create:one": { wait: "go" } });
  const running = s.stack.up();
  await until(() => s.seen("create one"));
  process.emit("SIGINT", "SIGINT");
  writeFileSync(join(s.folder, "go"), "");
  const stopped = await running;
  expect(stopped.ok).toBe(false);
  expect(errors(stopped)).toEqual([expect.stringContaining("canceled")]);
  const { resources = [], pending_operations = [] } = (await s.stack.exportState()).deployment;
  expect(resources.map(({ urn }) => urn.split("::").at(-1))).toEqual(["proj-dev", "default", "a"]);
  expect(pending_operations).toEqual([]);
  s.behave({});
  await good(s.stack.up());
});

test("an engine that is killed leaves a pending operation and a lock that is taken over", async () => {
  s.program(`new Thing("a", { name: "one" });`);
  const statePath = join(s.folder, "home", "proj.dev.json");
  s.behave({ "create:one": { print: "begun" } });
  await good(s.stack.up());
  const state = JSON.parse(readFileSync(statePath, "utf8"));
  const [resource] = state.deployment.resources.splice(2, 1);
  state.deployment.pending_operations = [{ resource: { ...resource, id: undefined }, type: "creating" }];
  writeFileSync(statePath, JSON.stringify(state));
  writeFileSync(`${statePath}.lock`, String(await pidOfDeadProcess()));

  const next = await good(s.stack.up());
  expect(next.summary).toEqual({ same: 1, create: 1 });
  expect(next.diagnostics.find(({ severity }) => severity === "warning")?.message).toContain(
    "interrupted while creating",
  );
  expect(existsSync(`${statePath}.lock`)).toBe(false);
  // Until somebody looked, the warning stays.
  expect((await s.stack.exportState()).deployment.pending_operations).toHaveLength(1);
});

test("a lock of a living process is respected; the message says whose it is, since when, and the ways on", async () => {
  const statePath = join(s.folder, "home", "proj.dev.json");
  const lock = `${statePath}.lock`;
  await good(s.stack.up());
  const recorded = readFileSync(statePath, "utf8");
  const other = spawn(process.execPath, ["-e", "process.stdin.resume()"], { stdio: ["pipe", "ignore", "ignore"] });
  try {
    writeFileSync(lock, String(other.pid));
    const [message, ...more] = errors(await s.stack.up());
    expect(more).toEqual([]);
    expect(message).toMatch(
      new RegExp(
        `^the stack is currently locked by process ${other.pid}, since \\d{4}-\\d\\d-\\d\\dT.*: one operation runs`,
      ),
    );
    expect(message).toContain("What to do: wait until that one has ended");
    expect(message).toContain(`interrupt it ('kill -INT ${other.pid}')`);
    expect(message).toContain(`delete ${lock}`);
    // Nothing was touched: neither the other's lock nor the state.
    expect([readFileSync(lock, "utf8"), readFileSync(statePath, "utf8")]).toEqual([String(other.pid), recorded]);
  } finally {
    other.stdin.end();
  }
});

test("two operations of one process: the second is refused, the first isn't disturbed", async () => {
  s.program(`new Thing("a", { name: "one" });`);
  s.behave({ "create:one": { wait: "go" } });
  const first = s.stack.up();
  await until(() => s.seen("create one"));
  expect(errors(await s.stack.up())).toEqual([
    expect.stringMatching(
      /locked by another operation of this process, since .*What to do: wait .*interrupt it \(\^C\)/,
    ),
  ]);
  writeFileSync(join(s.folder, "go"), "");
  await good(first);
});

test("no process outlives an operation, whatever became of it", async () => {
  s.program(
    `require("fs").appendFileSync(process.env.FAKE_DIR + "/pids", process.pid + "\\n"); new Thing("a", { name: "one" });`,
  );
  s.behave({ "create:one": { fail: "no" } });
  expect((await s.stack.up()).ok).toBe(false);
  const pids = readFileSync(join(s.folder, "pids"), "utf8").trim().split("\n").map(Number);
  expect(pids).toHaveLength(2);
  for (const pid of pids) expect(() => process.kill(pid, 0)).toThrow("ESRCH");
});

test("a server elsewhere is refused before anything is started", async () => {
  s.program(`new Thing("a", { name: "one" });`);
  await s.stack.setConfig("elastic:endpoint", "https://es.example.com");
  expect(errors(await s.stack.preview())).toEqual([expect.stringContaining("not for production")]);
  expect(existsSync(join(s.folder, "pids"))).toBe(false);

  await s.stack.setConfig("elastic:endpoint", "http://127.0.0.1:9200");
  s.program(`
    const eu = new FakeProvider("eu", { "elastic:endpoint": "https://es.example.com" });
    new Thing("a", { name: "one" }, { provider: eu });`);
  expect(errors(await s.stack.up())).toEqual([expect.stringContaining("not for production")]);
  expect(s.calls()).toEqual([]);
});

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 20));
}

async function pidOfDeadProcess(): Promise<number> {
  const child = spawn(process.execPath, ["-e", ""]);
  await new Promise((resolve) => child.once("close", resolve));
  return child.pid ?? 0;
}
