import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Declared, failure, openStage, type Stage } from "../support/stage";
import { LETTERS } from "./letters";
import { SHORT_INTERVALS } from "./process";
import { keysOf } from "./requests";
import { nativeServiceRole } from "./roles";
import { playOn } from "./scene";
import { journey } from "./under-test";

journey("from `pulumi up` to documents: the program's own outputs are the service's configuration", (service) =>
  withStage(service.profile, async (stage, folder) => {
    writeFileSync(join(folder, "one.txt"), "first words");
    writeFileSync(join(folder, "two.txt"), "second words");
    const { endpoint } = stage.server;
    const program = (...args: Parameters<typeof files>) => [...files(...args), runningService(endpoint)];
    await stage.deploy(program(folder), { text: { $ref: "own.configYml" }, id: { $ref: "files.connectorId" } });
    const outputs = await stage.stack.outputs(true);
    const id = String(outputs.id);

    await playOn(stage.server, service, async (scene) => {
      scene.startWith(String(outputs.text));
      await scene.status(id, "connected");
      expect(await scene.sync(id)).toMatchObject({ indexed_document_count: 2, total_document_count: 2, error: null });
      expect([...scene.documents("search-files").values()].map(({ body }) => body).sort()).toEqual([
        "first words",
        "second words",
      ]);
      expect(keysOf(scene.server, /^PUT \/_bulk/)).toEqual(["files-connector-api-key"]);
      expect(keysOf(scene.server, /\/(\.elastic-connectors|_connector)/)).toEqual(["own-service-api-key"]);

      // Rules that count at once, and a sync of the program's own that waits for the service.
      const syncRules = { basic: [{ policy: "exclude", field: "path", rule: "ends_with", value: "two.txt" }] };
      const sync: Declared = { kind: "SyncJob", name: "sync", args: { connectorId: { $ref: "files.connectorId" } } };
      await stage.deploy([...program(folder, { syncRules }), sync], {
        sync: { status: { $ref: "sync.status" }, deleted: { $ref: "sync.deletedDocumentCount" } },
      });
      expect(await stage.stack.outputs()).toEqual({ sync: { status: "completed", deleted: 1 } });
      expect([...scene.documents("search-files").values()].map(({ body }) => body)).toEqual(["first words"]);
      await stage.settled();
      await stage.deploy(program(folder, { syncRules }));
    });

    // What the service has written into the connector is no drift.
    await stage.settled();
    expect((await stage.refresh()).steps).toEqual([]);
    expect(failure(await stage.destroy())).toContain("the index holds 1 document");
    await stage.deploy(program(folder, {}, true));
    expect(failure(await stage.destroy())).toBe("");
    expect(stage.server.control.store.connectors()).toEqual([]);
  }),
);

journey(
  "from `pulumi up` to documents: a native connector, whose key the service finds in the connector secret",
  (service) =>
    withStage(service.profile, async (stage) => {
      const args = { serviceType: "letters", native: true, index: { name: LETTERS } };
      await stage.deploy([{ kind: "ContentConnector", name: "letters", args }], {
        id: { $ref: "letters.connectorId" },
      });
      const { id } = await stage.stack.outputs();

      await playOn(stage.server, service, async (scene) => {
        const key = await scene.key("service", nativeServiceRole([LETTERS]));
        scene.start(key, [], { nativeTypes: ["letters"] });
        await scene.configure(String(id), { count: 2, pause: 0 });
        expect(await scene.sync(String(id))).toMatchObject({ indexed_document_count: 2, error: null });
        expect(keysOf(scene.server, /^GET \/_connector\/_secret\//)).toEqual(["service"]);
        expect(keysOf(scene.server, /^PUT \/_bulk/)).toEqual(["letters-connector-api-key"]);
      });
      await stage.settled();
    }),
  // Later services do not read connector secrets.
  { profile: "8.19" },
);

function files(folder: string, more: object = {}, forceDestroy = false): Declared[] {
  const configuration = { directory: folder, pattern: "**/*.*" };
  const args = { serviceType: "dir", configuration, index: { name: "search-files", forceDestroy }, ...more };
  return [{ kind: "ContentConnector", name: "files", args }];
}

/** The service of the program, which a test starts. */
function runningService(endpoint: string): Declared {
  const args = { connectors: [{ $ref: "files" }], endpoint, logLevel: "DEBUG", extra: SHORT_INTERVALS };
  return { kind: "ConnectorService", name: "own", args };
}

async function withStage(profile: "8.19" | "9.x", play: (stage: Stage, folder: string) => Promise<void>) {
  const folder = mkdtempSync(join(tmpdir(), "pec-files-"));
  const stage = await openStage({ server: { version: profile } });
  try {
    await play(stage, folder);
  } finally {
    await stage.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
