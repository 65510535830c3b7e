import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { JsonObject } from "../../embedded";
import { keysOf, unexpectedAnswers } from "./requests";
import { connectorRole, role, serviceRole, sharedRole } from "./roles";
import { playScene, type Scene } from "./scene";
import { journey } from "./under-test";
import { until } from "./until";

const INDEX = "search-files";
const FILES = { "one.txt": "first words", "two.txt": "second words", "three.txt": "third words" };

journey("files: service and connector with a key of their own each, least rights", (service) =>
  playScene(service, async (scene) => {
    await createConnector(scene);
    const connectorKey = await scene.key("files", connectorRole(INDEX));
    scene.start(await scene.key("service", serviceRole([INDEX])), [{ ...ENTRY, api_key: connectorKey }]);

    const registered = await scene.status("files", "needs_configuration");
    expect(Object.keys(registered.configuration as JsonObject).sort()).toEqual(["directory", "pattern"]);
    expect(registered.features).toMatchObject({ sync_rules: { basic: { enabled: true } } });

    await scene.configure("files", { directory: await folderOfFiles(scene), pattern: "**/*.*" });
    expect(await scene.sync("files")).toMatchObject({
      indexed_document_count: 3,
      total_document_count: 3,
      error: null,
    });
    expect(texts(scene)).toEqual(["first words", "second words", "third words"]);

    rmSync(join(scene.folder, "files", "one.txt"));
    writeFileSync(join(scene.folder, "files", "two.txt"), "other words");
    expect(await scene.sync("files")).toMatchObject({
      deleted_document_count: 1,
      total_document_count: 2,
      error: null,
    });
    expect(texts(scene)).toEqual(["other words", "third words"]);

    const connector = await until("the connector's own account of the sync", async () => {
      const now = await scene.connector("files");
      return now.last_deleted_document_count === 1 && now;
    });
    expect(connector).toMatchObject({ status: "connected", last_sync_status: "completed", last_sync_error: null });
    expect(keysOf(scene.server, /^PUT \/_bulk/)).toEqual(["files"]);
    expect(keysOf(scene.server, /\/(\.elastic-connectors|_connector)/)).toEqual(["service"]);
  }),
);

journey("files: one key for service and connector", (service) =>
  playScene(service, async (scene) => {
    await createConnector(scene);
    scene.start(await scene.key("shared", sharedRole(INDEX)), [ENTRY]);
    await scene.configure("files", { directory: await folderOfFiles(scene), pattern: "**/*.*" });
    expect(await scene.sync("files")).toMatchObject({ indexed_document_count: 3 });
    expect(keysOf(scene.server, /^PUT \/_bulk/)).toEqual(["shared"]);
  }),
);

journey("files: a connector's key for another index is refused, and the job says so", (service) =>
  playScene(service, async (scene) => {
    await createConnector(scene);
    const elsewhere = await scene.key("elsewhere", connectorRole("search-other"));
    const running = scene.start(await scene.key("service", serviceRole([INDEX])), [{ ...ENTRY, api_key: elsewhere }]);
    await scene.configure("files", { directory: await folderOfFiles(scene), pattern: "**/*.*" });
    const job = await scene.reached(await scene.order("files"), "error");
    expect(job.error).toMatch(/not authorized to access index \[search-files\]|is unauthorized for API key/);
    expect(scene.server.control.store.indices()).not.toContain(INDEX);

    await running.stop();
    expect(new Set(unexpectedAnswers(scene.server))).toEqual(new Set([`PUT /${INDEX} 403`]));
    expect(keysOf(scene.server, new RegExp(`^PUT /${INDEX}$`))).toEqual(["elsewhere"]);
    scene.server.control.clearRequests();
  }),
);

journey("files: a service key for the concrete connector indices only ends at boot", (service) =>
  playScene(service, async (scene) => {
    await createConnector(scene);
    const narrow = role(
      ["monitor", "manage_connector"],
      [{ names: [".elastic-connectors-v1*", INDEX], privileges: ["all"] }],
    );
    const running = scene.start(await scene.key("narrow", narrow), [ENTRY]);
    await until("the service's end", running.ended);
    expect((await scene.connector("files")).status).toBe("created");

    expect(new Set(unexpectedAnswers(scene.server))).toEqual(new Set(["HEAD /.elastic-connectors-sync-jobs-v1 403"]));
    scene.server.control.clearRequests();
  }),
);

const ENTRY = { connector_id: "files", service_type: "dir" };

async function createConnector({ request }: Scene): Promise<void> {
  const connector = { index_name: INDEX, service_type: "dir", name: "Files" };
  expect((await request("PUT", "/_connector/files", connector)).status).toBe(201);
}

async function folderOfFiles({ folder }: Scene): Promise<string> {
  const files = join(folder, "files");
  mkdirSync(files);
  for (const [name, text] of Object.entries(FILES)) {
    writeFileSync(join(files, name), text);
  }
  return files;
}

function texts(scene: Scene): unknown[] {
  return [...scene.documents(INDEX).values()].map(({ body }) => body).sort();
}
