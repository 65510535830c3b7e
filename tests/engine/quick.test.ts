import type { Operation } from "../../embedded";
import { comparable, inOrder, learn, type Names } from "../support/comparable";
import { type Declared, failure, openStage, planOf, type Stage } from "../support/stage";

const stages: Stage[] = [];

afterAll(async () => {
  await Promise.all(stages.map((stage) => stage.close()));
});

async function open(quick: boolean): Promise<Stage> {
  const stage = await openStage({ quick, server: { version: "8.19" } });
  stages.push(stage);
  return stage;
}

function notes(more: Record<string, unknown> = {}): Declared[] {
  const configuration = { host: "h", port: 5432, username: "u", password: { $secret: "p" } };
  const tables = { database: "d", schema: "public", tables: ["*"] };
  const args = { serviceType: "postgresql", native: true, configuration: { ...configuration, ...tables }, ...more };
  return [{ kind: "ContentConnector", name: "notes", args }];
}

interface Seen {
  ok: boolean;
  told: string;
  plan: string[];
  requests: unknown[];
  state: unknown;
}

/** A life from creation to destruction; the same on every engine, ids and times aside. */
async function life(stage: Stage): Promise<{ seen: Seen[]; seconds: number }> {
  const seen: Seen[] = [];
  const names: Names = new Map();
  const started = performance.now();
  const run = async (operation: () => Promise<Operation>): Promise<void> => {
    const result = await operation();
    const requests = stage.server.control.requests.map(({ method, path, status, body }) => ({
      request: `${method} ${path}`,
      status,
      body,
    }));
    const { deployment } = await stage.stack.exportState();
    learn(names, deployment.resources ?? []);
    seen.push(
      comparable(
        {
          ok: result.ok,
          told: failure(result),
          plan: planOf(result),
          // Steps run side by side.
          requests: inOrder(requests, names),
          state: deployment,
        },
        names,
      ),
    );
  };
  stage.declare(notes());
  await run(stage.preview);
  await run(stage.up);
  stage.declare(notes({ description: "Everything", scheduling: { full: { enabled: true, interval: "0 0 3 * * ?" } } }));
  await run(stage.preview);
  await run(stage.up);
  stage.declare(notes({ apiKey: { keepers: { generation: "2" } } }));
  await run(stage.up);
  await run(() => stage.preview({ refresh: true }));
  stage.declare(notes({ configuration: { host: "h", nonsense: true } }));
  await run(stage.up);
  stage.declare(notes({ description: "All of it" }));
  stage.server.control.fault({ method: "PUT", path: /_name$/ }, { kind: "status", status: 400 });
  await run(stage.up);
  await run(stage.refresh);
  await run(stage.destroy);
  return { seen, seconds: (performance.now() - started) / 1000 };
}

test("without processes an engine takes the same steps, sends the same requests and records the same state", async () => {
  const [quick, usual] = [await open(true), await open(false)];
  const inProcess = await life(quick);
  const processes = await life(usual);
  expect(inProcess.seen).toEqual(processes.seen);
  expect(inProcess.seen.map(({ ok }) => ok)).toEqual([true, true, true, true, true, true, false, false, true, true]);
  const ratio = processes.seconds / inProcess.seconds;
  process.stdout.write(`${inProcess.seen.length} operations: ${ratio.toFixed(1)} times as fast without processes\n`);
});
