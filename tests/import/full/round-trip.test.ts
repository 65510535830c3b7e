// Fifty connectors made by hand: imported, refreshed, and a preview has nothing to do.

import { type Elasticsearch, startElasticsearch } from "../../../embedded";
import { type Imported, imported } from "../../support/imported";
import { changesSomething, engines, failure, planOf, told } from "../../support/stage";
import { SECRET, variedConnectors } from "../../support/varied-connectors";

const COUNT = 50;

// The CLI takes a process for each of the stack's settings.
jest.setTimeout(900_000);

describe.each(["8.19", "9.x"] as const)("a server of version %s", (version) => {
  let server: Elasticsearch;
  let written: Imported;
  beforeAll(async () => {
    server = await startElasticsearch({ version });
    await variedConnectors(server, COUNT);
    written = await imported(server);
  });
  afterAll(async () => {
    written?.close();
    await server.close();
  });

  test.each(engines)("import, refresh, preview, up on the %s engine: nothing to do or write", async (engine) => {
    const stack = await written.stack(engine);
    try {
      server.control.clearRequests();
      const taken = await stack.import(`${written.folder}/import.json`);
      expect(failure(taken)).toBe("");
      expect(taken.steps.filter(({ op }) => op === "import").length).toBeGreaterThan(2 * COUNT);
      expect(taken.diagnostics.filter(({ severity }) => severity === "warning")).toEqual([]);
      const refreshed = await stack.refresh();
      expect(failure(refreshed)).toBe("");
      const seen = await stack.preview();
      expect(failure(seen)).toBe("");
      expect(planOf(seen)).toEqual([]);
      // The no-op `up` records what the program says; a refresh after it finds the same.
      const up = await stack.up();
      expect(failure(up)).toBe("");
      expect(planOf(up)).toEqual([]);
      const again = await stack.preview({ refresh: true });
      expect(failure(again)).toBe("");
      expect(planOf(again)).toEqual([]);
      expect(server.control.requests.filter(changesSomething)).toEqual([]);
      const text = [taken, refreshed, seen, up, again].map(told).join("\n") + (await stack.stateText());
      expect(text).not.toContain(SECRET);
    } finally {
      await stack.close();
    }
  });
});
