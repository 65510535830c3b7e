// What the last sentence of an error says about the object is true: with a fault at each request of a creation and of a
// deletion, the server and the state are asked. Without processes, since it is about the provider alone.

import type { Fault, Operation } from "../../../embedded";
import type { QuickStack } from "../../support/quick/stack";
import { type Declared, openStage, type Stage } from "../../support/stage";

const PROGRAM: Declared[] = [
  {
    kind: "ContentConnector",
    name: "films",
    args: {
      serviceType: "mongodb",
      native: true,
      configuration: { host: "mongodb://one.example", database: "films", collection: "movies" },
      scheduling: { full: { enabled: true, interval: "0 0 2 * * ?" } },
    },
  },
];

const DEAD = 10_000;
const FAULTS: [string, Fault, number][] = [
  ["refused", { kind: "status", status: 401 }, 1],
  ["carried out, but no answer ever again", { kind: "reset-after" }, DEAD],
];

let stage: Stage;
beforeEach(async () => {
  stage = await openStage({ quick: true, server: { version: "8.19" } });
  (stage.stack as QuickStack).pace = { waits: 0.01 };
});
afterEach(() => stage.close());

test.each(FAULTS)("%s: at each request of a creation", async (_, fault, times) => {
  await provesEach(fault, times, {
    before: [],
    operate: () => stage.up(),
    sentences: {
      "Nothing was made": (there, recorded) => !there && !recorded,
      "Whether it was made is unknown": (_there, recorded) => !recorded,
      "exists and is recorded": (there, recorded) => there && recorded,
      "may exist and is recorded": (_there, recorded) => recorded,
    },
  });
});

test.each(FAULTS)("%s: at each request of a deletion", async (_, fault, times) => {
  await provesEach(fault, times, {
    before: PROGRAM,
    operate: () => stage.destroy(),
    sentences: {
      "is still there and recorded": (there, recorded) => there && recorded,
      "is still there is unknown; it stays recorded": (_there, recorded) => recorded,
    },
  });
});

interface Proof {
  /** What is deployed when the fault comes. */
  before: Declared[];
  operate(): Promise<Operation>;
  /** What each sentence says about the object's being there, and its being recorded. */
  sentences: Record<string, (there: boolean, recorded: boolean) => boolean>;
}

async function provesEach(fault: Fault, times: number, { before, operate, sentences }: Proof): Promise<void> {
  const { control } = stage.server;
  const met: string[] = [];
  for (let nth = 1; ; nth++) {
    await stage.deploy(before);
    stage.declare(PROGRAM);
    const remove = control.fault({ nth, times }, fault);
    const operation = await operate();
    remove();
    if (!control.requests.some((request) => request.fault !== undefined)) break;
    met.push(...(await judged(operation, sentences)));
    // Nothing of this round is left for the next one.
    for (let tries = 0; tries < 2; tries++) await stage.destroy();
    await clear();
  }
  expect(met.filter((each) => !each.startsWith("true: "))).toEqual([]);
  expect(met.length).toBeGreaterThan(5);
}

/** For each failed resource whether its message's last sentence is true. */
async function judged({ diagnostics }: Operation, sentences: Proof["sentences"]): Promise<string[]> {
  const { resources = [] } = (await stage.stack.exportState()).deployment;
  // A check refuses before there is anything that could be there.
  const errors = diagnostics.filter(({ severity, urn = "", message }) => {
    return severity === "error" && urn.includes("dynamic/elastic:") && !message.includes("has a problem:");
  });
  return errors.map(({ urn = "", message }) => {
    const kind = urn.split("::")[2]?.split(":").at(-1) ?? "";
    const recorded = resources.some((resource) => resource.urn === urn);
    const sentence = Object.keys(sentences).find((each) => message.includes(each));
    if (sentence === undefined) return `no sentence: ${message}`;
    return `${sentences[sentence]?.(OBJECTS[kind]?.() === 1, recorded)}: ${kind}, recorded: ${recorded}, ${message}`;
  });
}

const OBJECTS: Record<string, () => number> = {
  Index: () => stage.server.control.store.indices().filter((name) => !name.startsWith(".")).length,
  ApiKey: () => stage.server.control.store.apiKeys().filter(({ invalidated }) => !invalidated).length,
  ConnectorSecret: () => stage.server.control.store.secrets().length,
  Connector: () => stage.server.control.store.connectors().length,
};

/** What a creation has left of which nobody could know. */
async function clear(): Promise<void> {
  const { store } = stage.server.control;
  for (const name of store.indices()) if (!name.startsWith(".")) await stage.request("DELETE", `/${name}`);
  for (const { id } of store.secrets()) await stage.request("DELETE", `/_connector/_secret/${id}`);
  for (const { id } of store.connectors()) await stage.request("DELETE", `/_connector/${id}`);
  const ids = store.apiKeys().flatMap(({ id, invalidated }) => (invalidated ? [] : [id]));
  if (ids.length > 0) await stage.request("DELETE", "/_security/api_key", { ids });
  expect(Object.values(OBJECTS).map((count) => count())).toEqual([0, 0, 0, 0]);
}
