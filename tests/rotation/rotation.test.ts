// A few rotations of each trigger under the probe, on each engine. `npm run test:rotation` has hundreds.

import { act } from "../support/connectors";
import { type Declared, engines, failure, openStage, type Stage } from "../support/stage";
import { startProbe, targetOf } from "./probe";
import { figures, program, rotate, TRIGGERS, type Turn } from "./rotations";

describe.each(engines)("rotations on the %s engine", (engine) => {
  let stage: Stage;
  let turn: Turn = { keeper: "0", index: "content-movies" };
  beforeAll(async () => {
    stage = await openStage({ engine, quick: engine === "embedded", server: { version: "8.19" } });
    await stage.deploy(program(turn));
  });
  afterAll(() => stage.close());

  test.each(TRIGGERS.map((trigger, number) => [trigger.name, trigger, number + 1] as const))(
    "%s: no refusal, and the running sync completes",
    async (_, trigger, number) => {
      const sum = figures();
      turn = { ...turn, timed: undefined, ...trigger.turn(number) };
      await rotate(stage, trigger, turn, sum);
      expect(sum).toMatchObject({ rotations: 1, refusals: [], syncs: 1 });
      // Between the secret and the connector stand one look at each of them.
      expect(sum.window > 0).toBe(trigger.movesIndex === true);
      expect(sum.probes).toBeGreaterThan(5);
    },
  );

  test("an index whose name was left to us, with a write alias: the key follows it without a 401", async () => {
    const other = await openStage({ engine, quick: engine === "embedded", server: { version: "8.19" } });
    const named = (type: string): Declared[] => {
      const mappings = { properties: { year: { type } } };
      const index = { forceDestroy: true, aliases: { films: { isWriteIndex: true } }, mappings };
      return [{ kind: "ContentConnector", name: "auto", args: { native: true, serviceType: "mongodb", index } }];
    };
    await other.deploy(named("keyword"));
    const first = targetOf(other.server)?.index;
    const probe = startProbe(other.server);
    await other.deploy(named("long"));
    probe.stop();
    expect(targetOf(other.server)?.index).not.toBe(first);
    expect(new Set(probe.refusals.map(({ status }) => status))).toEqual(new Set([403]));
    expect(other.server.control.store.indices()).not.toContain(first);
    expect((await other.request("GET", "/_alias/films")).body).toEqual({
      [targetOf(other.server)?.index ?? ""]: { aliases: { films: { is_write_index: true } } },
    });
    await other.settled();
    await other.close();
  });

  describe("the probe itself", () => {
    test("sees a key that is invalidated first", async () => {
      const [old] = stage.server.control.store.apiKeys().filter(({ invalidated }) => !invalidated);
      const stop = stage.server.control.afterRequest(async ({ method, path }) => {
        if (method === "POST" && path.startsWith("/_security/api_key")) {
          stop();
          await act(stage.server, "DELETE", "/_security/api_key", { ids: [old?.id] });
        }
      });
      expect(await refusals({ ...turn, keeper: "first" })).toContain(401);
    });

    test("sees a key that is deleted before its replacement", async () => {
      const childOptions = { apiKey: { deleteBeforeReplace: true } };
      await stage.deploy(program({ ...turn, keeper: "first", childOptions }));
      expect(await refusals({ ...turn, keeper: "second", childOptions })).toContain(401);
    });

    test("sees a secret that is deleted before it is written", async () => {
      const [secret] = stage.server.control.store.secrets();
      const stop = stage.server.control.afterRequest(async ({ method, path }) => {
        if (method === "POST" && path.startsWith("/_security/api_key")) {
          stop();
          await act(stage.server, "DELETE", `/_connector/_secret/${secret?.id}`);
        }
      });
      expect(await refusals({ ...turn, keeper: "third" })).toContain(404);
    });

    test("sees none where the old secret was to be deleted first: one in use is left alone", async () => {
      const childOptions = { secret: { deleteBeforeReplace: true, replaceOnChanges: ["valueVersion"] } };
      await stage.deploy(program({ ...turn, keeper: "third", childOptions }));
      expect(await refusals({ ...turn, keeper: "fourth", childOptions })).toEqual([]);
    });

    async function refusals(next: Turn): Promise<number[]> {
      const probe = startProbe(stage.server);
      stage.declare(program(next));
      expect(failure(await stage.up())).toBe("");
      probe.stop();
      return probe.refusals.map(({ status }) => status);
    }
  });
});
