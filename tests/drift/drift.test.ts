// For each place that a program can declare: changed by somebody else, seen with both values, repaired by one write, quiet.

import type { Operation } from "../../embedded";
import { resources } from "../../provider/resources";
import { changesSomething, type Declared, failure, openStage, type Stage } from "../support/stage";
import { keys } from "./cases/api-key";
import { connectors } from "./cases/connector";
import { indices } from "./cases/index";
import { secrets, syncJobs } from "./cases/others";
import type { Case, Sent, Table, Undeclared } from "./model";
import { declarable } from "./schema-paths";

const TABLES: Table[] = [indices, keys, secrets, connectors, syncJobs];

test("every kind of resource has a table", () => {
  expect(TABLES.map(({ kind }) => kind).sort()).toEqual(Object.keys(resources).sort());
});

test.each(TABLES)("$kind: each place of the schema has a case, or a reason why it can't be repaired", (table) => {
  const places = declarable(resources[table.kind].inputs);
  const covered = new Set(table.cases.map(({ field }) => field.replace(/ \(.*\)$/, "")));
  expect(places.filter((place) => !covered.has(place) && !(place in table.fixed))).toEqual([]);
  expect([...covered, ...Object.keys(table.fixed)].filter((place) => !places.includes(place))).toEqual([]);
  expect(Object.keys(table.fixed).filter((place) => covered.has(place))).toEqual([]);
});

type Placed<T> = T & { kind: Table["kind"]; name: string; id: string };
type Row = Placed<Case>;

describe("drift", () => {
  let stage: Stage;
  let rows: Row[];
  let undeclared: Placed<Undeclared>[];
  let seen: Operation;
  let repaired: Operation;
  let quiet: Operation;
  /** Requests of `up` that changed something, and what there was before somebody else came, by name. */
  let writes: Map<string, string[]>;
  let allWrites: string[];
  let before: Map<string, unknown>;
  let theirs: Map<string, unknown>;

  beforeAll(async () => {
    stage = await openStage({ quick: true, server: { license: "enterprise" } });
    const cases = TABLES.flatMap(({ kind, cases }) => named(kind, "", cases));
    const others = TABLES.flatMap((table) => named(table.kind, "undeclared-", table.undeclared));
    await stage.deploy([...cases, ...others].map(declared));
    const { resources: recorded = [] } = (await stage.stack.exportState()).deployment;
    const ids = new Map(recorded.map(({ urn, id }) => [urn.split("::").at(-1), id]));
    rows = cases.map((each) => ({ ...each, id: ids.get(each.name) ?? "" }));
    undeclared = others.map((each) => ({ ...each, id: ids.get(each.name) ?? "" }));

    before = await liveObjects(rows);
    for (const row of [...rows, ...undeclared]) {
      for (const [method, path, body] of of(row, row.theirs)) {
        const answer = await stage.request(method, path, body);
        expect([row.name, path, answer.status < 300 ? "done" : answer.body]).toEqual([row.name, path, "done"]);
      }
    }
    theirs = await liveObjects(undeclared);
    seen = await stage.preview({ refresh: true });
    repaired = await stage.up({ refresh: true });
    allWrites = stage.writes().map(withoutCondition);
    writes = new Map([...rows, ...undeclared].map((row) => [row.name, writesTo(row)]));
    quiet = await stage.preview({ refresh: true });
  });
  afterAll(() => stage.close());

  test("is named with both values, secrets masked", () => {
    expect([failure(seen), failure(repaired)]).toEqual(["", ""]);
    for (const row of rows) {
      const found = Object.entries(row.seen).map(([path, [old, next]]) => line(path, old, next));
      const back = Object.entries(row.seen).map(([path, [old, next]]) => line(path, next, old));
      expect([row.field, changes(seen, row, "refresh")]).toEqual([row.field, found]);
      expect([row.field, changes(seen, row, row.replaced ? "replace" : "update")]).toEqual([row.field, back]);
    }
    expect(stage.transcript()).not.toContain("canary");
  });

  test("is repaired by one write, after which all is as it was", async () => {
    const after = await liveObjects(rows);
    for (const row of rows) {
      const [method, path] = row.theirs[0] ?? [];
      const expected = of(row, row.replaced ?? [row.repair ?? `${method} ${path}`]);
      expect([row.field, writes.get(row.name)]).toEqual([row.field, expected]);
      // A key that is made anew is another one.
      if (!(row.replaced && row.kind === "ApiKey")) {
        expect([row.field, after.get(row.name)]).toEqual([row.field, before.get(row.name)]);
      }
    }
  });

  test("takes no other writes: each is one object's", () => {
    expect(allWrites.sort()).toEqual([...writes.values()].flat().sort());
  });

  test("is quiet after that", () => {
    expect(failure(quiet)).toBe("");
    expect(quiet.steps).toEqual([]);
    print(rows);
  });

  test("isn't what the program doesn't declare: nobody is told, nothing is written, it stays", async () => {
    for (const row of undeclared) {
      const steps = [...seen.steps, ...repaired.steps].filter(({ name }) => name === row.name);
      expect([row.what, steps.flatMap((step) => step.changes)]).toEqual([row.what, []]);
      expect([row.what, writes.get(row.name)]).toEqual([row.what, []]);
    }
    expect(await liveObjects(undeclared)).toEqual(theirs);
  });

  /** Requests that changed this object: they name it by its id, or by the resource in its mark. */
  function writesTo({ id, name }: Placed<unknown>): string[] {
    const names = ({ path, body }: { path: string; body?: unknown }) =>
      path.split(/[/?]/).includes(id) ||
      [id, name].some((word) => JSON.stringify(body ?? {}).includes(JSON.stringify(word)));
    return stage.server.control.requests
      .filter(changesSomething)
      .filter(names)
      .map(({ method, path }) => withoutCondition(`${method} ${path}`));
  }

  /** Without what the server counts and times. */
  async function liveObjects(placed: Placed<unknown>[]): Promise<Map<string, unknown>> {
    const { store } = stage.server.control;
    const indexed = (await stage.request("GET", "/*?expand_wildcards=all")).body as Record<string, unknown>;
    const objects: Record<string, (id: string) => unknown> = {
      Index: (id) => indexed[id],
      ApiKey: (id) => store.apiKeys().find((key) => key.id === id),
      ConnectorSecret: (id) => store.secrets().find((secret) => secret.id === id),
      Connector: (id) => store.connectors().find((connector) => connector.id === id)?.source,
    };
    const lasting = (key: string, value: unknown) =>
      /^(status|created_at|updated_at|creation_date|uuid|expiration|nonce|version)$/.test(key) ? undefined : value;
    return new Map(
      placed.map(({ kind, name, id }) => {
        const object = objects[kind]?.(id);
        expect([name, object]).toEqual([name, expect.anything()]);
        return [name, JSON.parse(JSON.stringify(object, lasting))];
      }),
    );
  }
});

function withoutCondition(write: string): string {
  return write.replace(/[?](if_seq_no|refresh).*$/, "");
}

function named<T>(kind: Table["kind"], prefix: string, list: T[]): Placed<T>[] {
  return list.map((each, at) => ({ ...each, kind, name: `${kind.toLowerCase()}-${prefix}${at}`, id: "" }));
}

function declared({ kind, name, args }: Omit<Placed<Undeclared>, "what">): Declared {
  const own = { Index: { name }, ApiKey: { name }, Connector: { connectorId: name }, ConnectorSecret: {}, SyncJob: {} };
  return { kind, name, args: { ...own[kind], ...args } };
}

/** With the id of the object. */
function of<T extends string[] | Sent[]>({ id }: Placed<unknown>, texts: T): T {
  return JSON.parse(JSON.stringify(texts).replaceAll("{id}", id)) as T;
}

function changes({ steps }: Operation, { name }: Row, op: string): string[] {
  const found = steps.filter((step) => step.name === name && step.op === op).flatMap((step) => step.changes);
  return found.map(({ path, old, new: next }) => line(path, old, next));
}

/** A key's life is counted from its creation: seconds have passed before somebody moved its end. */
function line(path: string, old: unknown, next: unknown): string {
  return `${path}: ${JSON.stringify(old)} => ${JSON.stringify(next)}`;
}

/** Called when all of it has been shown. */
function print(rows: Row[]): void {
  const width = Math.max(...rows.map(({ field }) => field.length));
  const lines = rows.map(
    ({ kind, field, replaced }) =>
      `${kind.padEnd(16)}${field.padEnd(width)}  seen  ${replaced ? "replaced" : "repaired"}  quiet`,
  );
  const fixed = TABLES.flatMap(({ kind, fixed }) =>
    Object.entries(fixed).map(([field, why]) => `${kind.padEnd(16)}${field.padEnd(width)}  ${why}`),
  );
  process.stdout.write(`${[...lines, ...fixed].join("\n")}\n${rows.length} cases, ${fixed.length} places without\n`);
}
