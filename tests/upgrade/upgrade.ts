// A state that an earlier version has written, the server that it speaks of, and this version.

import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { pulumiOnPath, type ServerOptions } from "../../embedded";
import { DEFAULT_PASSPHRASE } from "../../embedded/stack/embedded";
import { markOf } from "../../provider/ownership/marks";
import { providerText } from "../../sdk/registration";
import { type Declared, failure, openStage, planOf, type Stage, type StageOptions } from "../support/stage";

const FIXTURES = join(__dirname, "fixtures");

/** Versions of which there is a fixture. */
export const versions = readdirSync(FIXTURES);

interface Recorded {
  server: ServerOptions;
  resources: Declared[];
}

/** What users of that version go through when they install this one. */
export async function upgrade(version: string, options: StageOptions): Promise<void> {
  const { server, resources } = read<Recorded>(version, "program");
  const stage = await openStage({ ...options, server: { ...server, restore: read(version, "server") } });
  try {
    loadState(stage, textOf(version, "state").replaceAll("{endpoint}", stage.server.endpoint));
    stage.declare(resources);
    const before = await providerTexts(stage);
    expect(Object.keys(before).length).toBeGreaterThan(0);

    // What users do first, then what they are told to do.
    await stage.settled();
    const refreshed = await stage.refresh();
    expect([failure(refreshed), planOf(refreshed), stage.writes()]).toEqual(["", [], []]);
    await stage.settled();
    const seen = await stage.preview({ refresh: true });
    expect([failure(seen), planOf(seen)]).toEqual(["", []]);
    const nothing = await stage.up();
    expect([failure(nothing), planOf(nothing), stage.writes()]).toEqual(["", [], []]);
    expect(await providerTexts(stage)).toEqual(before);

    const changed = await stage.deploy(
      resources.map((each) => (each.name === "movies" ? { ...each, args: { ...each.args, name: "Films" } } : each)),
    );
    expect([planOf(changed), stage.writes()]).toEqual([
      ["update Connector movies: name"],
      ["PUT /_connector/movies/_name"],
    ]);
    expect(await providerTexts(stage)).toEqual(before);
    await stage.settled();

    expect(failure(await stage.destroy())).toBe("");
    const { store } = stage.server.control;
    // One that is declared to overlap lives on until it expires.
    const active = store.apiKeys().filter(({ invalidated }) => !invalidated);
    expect(active.filter(({ metadata }) => markOf(metadata)?.retired !== true)).toEqual([]);
    expect([store.connectors(), store.secrets(), store.syncJobs()]).toEqual([[], [], []]);
    expect(store.indices().filter((name) => !name.startsWith(".elastic"))).toEqual([]);
  } finally {
    await stage.close();
  }
}

/** By URN; each is the text that the current version would write. */
async function providerTexts({ stack }: Stage): Promise<Record<string, unknown>> {
  const { resources = [] } = (await stack.exportState()).deployment;
  const dynamic = resources.filter(({ type }) => type.startsWith("pulumi-nodejs:dynamic/"));
  for (const { type, outputs } of dynamic) {
    expect([type, outputs?.__provider]).toEqual([type, providerText(type.split(":").at(-1) ?? "")]);
  }
  return Object.fromEntries(
    dynamic.map(({ urn, inputs, outputs }) => [urn, [inputs?.__provider, outputs?.__provider]]),
  );
}

function loadState({ stack, home }: Stage, state: string): void {
  if (stack.engine === "embedded") {
    mkdirSync(home, { recursive: true });
    writeFileSync(join(home, "tests.dev.json"), state);
    return;
  }
  const env = {
    ...process.env,
    PULUMI_HOME: join(home, "pulumi"),
    PULUMI_BACKEND_URL: pathToFileURL(join(home, "backend")).href,
    PULUMI_CONFIG_PASSPHRASE: DEFAULT_PASSPHRASE,
    PULUMI_SKIP_UPDATE_CHECK: "true",
  };
  const args = ["stack", "import", "--stack", "dev", "--non-interactive"];
  const done = spawnSync(pulumiOnPath() ?? "", args, {
    cwd: join(home, "workspace"),
    encoding: "utf8",
    env,
    input: state,
  });
  expect(done).toMatchObject({ status: 0 });
}

function read<T>(version: string, name: string): T {
  return JSON.parse(textOf(version, name)) as T;
}

function textOf(version: string, name: string): string {
  return readFileSync(join(FIXTURES, version, `${name}.json`), "utf8");
}
