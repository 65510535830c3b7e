// The terminal texts of the guide are what the embedded engine really prints, ids aside.

import type { FaultMatch } from "../../embedded";
import { type Declared, openStage, type Stage } from "../support/stage";
import { startService } from "../support/sync-service";
import { blocks, drift, GUIDE, neutral, program, THEIRS, withSync } from "./guide";

let stage: Stage;
beforeAll(async () => {
  stage = await openStage({ quick: true });
});
afterAll(() => stage.close());

test("a drift preview and the up after it", async () => {
  await stage.deploy(program());
  await drift(stage);
  const { text } = await stage.preview({ refresh: true });
  expect(blocks()).toContain(neutral(text));

  // What was right is taken into the program: it is found until it is recorded, and nothing is sent for it.
  stage.declare(program(THEIRS));
  const taken = await stage.preview({ refresh: true });
  expect(taken.summary).toEqual({ refresh: 1, "refresh-delete": 1, create: 1, update: 1, same: 1 });
  const [made, ...more] = taken.steps.slice(2);
  expect([made?.op, more.map(({ changes }) => changes.map(({ path }) => path))]).toEqual(["create", [["indexName"]]]);
  expect((await stage.up({ refresh: true })).ok).toBe(true);
  expect(stage.writes()).toEqual(["PUT /search-films"]);
  expect((await stage.preview({ refresh: true })).steps).toEqual([]);
});

test("a failed up, and the one that goes on", async () => {
  await stage.destroy();
  stage.declare(withSync());
  const failed = await stage.up();
  expect(failed.ok).toBe(false);
  expect(blocks()).toContain(neutral(failed.text));

  const service = startService(stage.server);
  const next = await stage.up();
  await service.stop();
  expect(next.ok).toBe(true);
  expect(blocks()).toContain(neutral(next.text));
});

const POST = { method: "POST", path: /^\/_security\/api_key/ };
const PUT = { method: "PUT", path: /^\/_security\/api_key/ };
const DELETE = { method: "DELETE", path: /^\/_security\/api_key/ };

test("each way to fail has its line, its last sentence and its count, which the guide's table lists", async () => {
  await stage.destroy();
  await stage.deploy([]);
  const first = { deleteBeforeReplace: true };
  await fails([key("one")], POST, "create FAILED", "Nothing was made.");
  await stage.deploy([key("one")]);
  await fails(
    [key("one", { metadata: { a: 1 } })],
    PUT,
    "update FAILED",
    "This ApiKey exists; what was done until then is recorded, and",
  );
  const making = "replace because of name FAILED (at making the new one)";
  const deleting = "replace because of name FAILED (at deleting the old one)";
  const there = "This ApiKey is still there and recorded: the same command tries again.";
  await fails([key("two")], POST, making, "Nothing was made.");
  expect(keys()).toEqual(["one"]);
  await fails([key("two")], DELETE, deleting, there);
  expect(keys()).toEqual(["one", "two"]);
  const { text } = await stage.up();
  expect(text).toContain("  -  pulumi-nodejs:dynamic/elastic:ApiKey key: delete the one that was replaced\n");
  expect(keys()).toEqual(["two"]);
  await fails([key("three", {}, first)], DELETE, deleting, there);
  expect(keys()).toEqual(["two"]);
  await fails([key("three", {}, first)], POST, making, "Nothing was made.");
  expect(keys()).toEqual([]);
  await stage.deploy([key("three", {}, first)]);
  await fails([], DELETE, "delete FAILED", there);
  expect(keys()).toEqual(["three"]);
});

test("a step that a second ^C cuts short is marked", async () => {
  await stage.deploy([]);
  stage.declare([key("cut")]);
  const stop = stage.server.control.afterRequest(({ method, path }) => {
    if (method !== POST.method || !POST.path.test(path)) return;
    stage.stack.interrupt();
    stage.stack.interrupt();
  });
  const { text } = await stage.up();
  stop();
  expect(text).toContain("ApiKey key: create CUT SHORT\n");
  expect(text).toMatch(/\n {5}1 cut short\n$/);
});

function key(name: string, args: Record<string, unknown> = {}, opts: Record<string, unknown> = {}): Declared {
  const roleDescriptors = { reader: { cluster: ["monitor"] } };
  return { kind: "ApiKey", name: "key", args: { name, roleDescriptors, ...args }, opts };
}

async function fails(declared: Declared[], request: FaultMatch, line: string, last: string): Promise<void> {
  stage.declare(declared);
  stage.server.control.fault(request, { kind: "status", status: 400 });
  const { ok, text } = await stage.up();
  expect(ok).toBe(false);
  expect(text).toContain(`ApiKey key: ${line}\n`);
  expect(text).toContain(`injected fault with status 400. ${last}`);
  expect(text).toMatch(/\n {5}1 failed\n$/);
  expect(text.match(/FAILED/g)).toHaveLength(1);
  expect(text).not.toMatch(/\d (created|updated|replaced|deleted)/);
  expect(GUIDE).toContain(`| \`${line.replace("because of name", "...")}\` |`);
  expect(GUIDE.replaceAll("Connector exists", "ApiKey exists")).toContain(last.slice(0, 40));
}

function keys(): string[] {
  const live = stage.server.control.store.apiKeys().filter(({ invalidated }) => !invalidated);
  return live.map(({ name }) => name).sort();
}
