import type { LoggedRequest, Operation } from "../embedded";
import type { Narrator } from "./narrator";
import { callsText, type Stage } from "./stage";

const INDEX = "search-mongodb";
const RENAMED = "search-mongodb-movies";

/** Act one: a native connector on 8.19, from the first preview to nothing left. */
export async function nativeAct(tell: Narrator, stage: Stage): Promise<void> {
  await deploy(tell, stage);
  await driftAndRepair(tell, stage);
  const first = await currentKey(stage);
  await rotate(tell, stage, first);
  await renameIndex(tell, stage, await currentKey(stage));
  await destroy(tell, stage);
}

async function deploy(tell: Narrator, { server, stack, run, writes }: Stage): Promise<void> {
  const preview = await run("preview: what reviewers read", () => stack.preview());
  tell.expect("it plans the index, the key, the secret and the connector", count(preview, "create") >= 5);
  tell.expect("it wrote nothing", writes().length === 0, () => callsText(writes()));

  await run("up", () => stack.up());
  tell.scene("the calls that were made");
  tell.show(callsText(writes()));
  const [connector] = server.control.store.connectors();
  const [secret] = server.control.store.secrets();
  const [key] = server.control.store.apiKeys();
  tell.expect(`the index ${INDEX} exists`, server.control.store.indices().includes(INDEX));
  tell.expect(
    "the connector uses the key and the secret",
    connector?.source.api_key_id === key?.id && connector?.source.api_key_secret_id === secret?.id,
  );
  tell.expect("the secret holds the key", decoded(secret?.value).startsWith(`${key?.id}:`));
  tell.expect("the schedule is set", intervalOf(connector?.source) === "0 0 2 * * ?");

  const again = await run("a second preview", () => stack.preview());
  tell.expect("nothing to do", again.steps.length === 0, () => stepsText(again));
}

async function driftAndRepair(tell: Narrator, { server, stack, run, writes, curl }: Stage): Promise<void> {
  tell.scene("somebody changes the schedule behind our back");
  const id = server.control.store.connectors()[0]?.id ?? "";
  const full = { enabled: true, interval: "0 30 4 * * ?" };
  const status = await curl("PUT", `/_connector/${id}/_scheduling`, { scheduling: { full } });
  tell.show(`PUT /_connector/…/_scheduling ${JSON.stringify({ scheduling: { full } })} -> ${status}`);
  tell.expect(
    "the server has the other schedule now",
    intervalOf(server.control.store.connectors()[0]?.source) === full.interval,
  );

  const seen = await run("preview --refresh", () => stack.preview({ refresh: true }));
  const change = seen.steps.flatMap((step) => step.changes).find(({ path }) => path === "scheduling.full.interval");
  tell.expect(
    "it names the path, the old and the new value",
    change !== undefined && [change.old, change.new].includes(full.interval),
    () => stepsText(seen),
  );

  await run("up --refresh", () => stack.up({ refresh: true }));
  tell.show(callsText(writes()));
  tell.expect("one write repaired it", writes().length === 1 && writes()[0]?.path.endsWith("/_scheduling") === true);
  tell.expect(
    "the declared schedule is back",
    intervalOf(server.control.store.connectors()[0]?.source) === "0 0 2 * * ?",
  );
}

async function rotate(tell: Narrator, stage: Stage, old: Key): Promise<void> {
  await stage.stack.setConfig("quickstart:rotation", "2");
  await stage.run("rotate the key: keepers change, 'pulumi up'", () => stage.stack.up());
  await expectReplacedKey(tell, stage, old);
}

async function renameIndex(tell: Narrator, stage: Stage, old: Key): Promise<void> {
  await stage.stack.setConfig("quickstart:indexName", RENAMED);
  await stage.run(`rename the index to ${RENAMED}: 'pulumi up'`, () => stage.stack.up());
  await expectReplacedKey(tell, stage, old);
  const { indices, connectors } = stage.server.control.store;
  tell.expect("the connector has the new index", connectors()[0]?.source.index_name === RENAMED);
  tell.expect("the old index is gone", indices().includes(RENAMED) && !indices().includes(INDEX));
  const key = await currentKey(stage);
  tell.expect(
    "the new key writes to the new index",
    (await stage.curl("POST", `/${RENAMED}/_doc`, { title: "Alien" }, key.encoded)) === 201,
  );
  await emptyIndex(stage);
}

async function expectReplacedKey(tell: Narrator, stage: Stage, old: Key): Promise<void> {
  const order = stage.writes();
  tell.show(callsText(order));
  const at = (matches: (request: LoggedRequest) => boolean) => order.findIndex(matches);
  const made = at(({ method, path }) => method === "POST" && path === "/_security/api_key");
  const stored = at(({ path }) => path.startsWith("/_connector/_secret/"));
  // A new index and its key are written as one.
  const bound = at(({ path }) => /\/_api_key_id$|^\/\.elastic-connectors-v1\/_update\//.test(path));
  const invalidated = at(({ method, path }) => method === "DELETE" && path === "/_security/api_key");
  tell.expect(
    "new key, then secret, then connector, then the old key is invalidated",
    0 <= made && made < stored && stored < bound && bound < invalidated,
  );
  const key = await currentKey(stage);
  tell.expect(
    "the new key works",
    (await stage.curl("GET", "/_security/_authenticate", undefined, key.encoded)) === 200,
  );
  tell.expect(
    "the old key is refused by the server",
    (await stage.curl("GET", "/_security/_authenticate", undefined, old.encoded)) === 401,
  );
  tell.expect(
    "one key is active",
    stage.server.control.store.apiKeys().filter(({ invalidated: gone }) => !gone).length === 1,
  );
}

async function destroy(tell: Narrator, { server, stack, run }: Stage): Promise<void> {
  await run("destroy", () => stack.destroy());
  tell.scene("what is left in the server's store");
  expectNothingLeft(tell, server.control.store);
}

/** No connector (soft-deleted ones included), job, active key, secret or index. */
export function expectNothingLeft(tell: Narrator, store: Stage["server"]["control"]["store"]): void {
  const left = {
    connectors: store.connectors().length,
    "sync jobs": store.syncJobs().length,
    "active keys": store.apiKeys().filter(({ invalidated }) => !invalidated).length,
    secrets: store.secrets().length,
    indices: store.indices().filter((name) => !name.startsWith(".")).length,
  };
  for (const [what, number] of Object.entries(left)) {
    tell.expect(`${what}: ${number}`, number === 0);
  }
}

interface Key {
  encoded: string;
}

/** The key as a service finds it: in the secret that the connector names. */
async function currentKey({ server }: Stage): Promise<Key> {
  const secret = server.control.store.connectors()[0]?.source.api_key_secret_id;
  return { encoded: server.control.store.secrets().find(({ id }) => id === secret)?.value ?? "" };
}

async function emptyIndex({ server, curl }: Stage): Promise<void> {
  for (const { id } of server.control.store.documents(RENAMED)) {
    await curl("DELETE", `/${RENAMED}/_doc/${id}`);
  }
}

function decoded(value: string | undefined): string {
  return Buffer.from(value ?? "", "base64").toString("utf8");
}

function intervalOf(source: Record<string, unknown> | undefined): unknown {
  return (source?.scheduling as { full?: { interval?: unknown } } | undefined)?.full?.interval;
}

function count(operation: Operation, op: string): number {
  return operation.steps.filter((step) => step.op === op).length;
}

function stepsText(operation: Operation): string {
  return operation.steps
    .map(({ op, name, changes }) => `${op} ${name} ${changes.map(({ path }) => path).join(", ")}`)
    .join("\n");
}
