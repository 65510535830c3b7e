// A small resource whose objects live in memory, to try the lifecycle and the host without a server.

import { z } from "zod";
import type { Elasticsearch } from "../../provider/elasticsearch/connection";
import { ProviderError } from "../../provider/elasticsearch/errors";
import { deepEqual } from "../../provider/model/equality";
import { field } from "../../provider/model/fields";
import { type Bag, defineResource, type ResourceDefinition } from "../../provider/model/resource";

const stubInputs = z.strictObject({
  key: field(z.string().optional(), { description: "Identity.", change: "replace" }),
  title: field(z.string().optional(), { description: "A text that can be emptied.", change: "in place" }),
  size: field(z.number().optional(), { description: "A number; `1` is the default.", change: "in place" }),
  parts: field(z.record(z.string(), z.string()).optional(), {
    description: "Only the declared entries are ours.",
    change: "in place",
  }),
  token: field(z.string().optional(), { description: "Can't be read back.", change: "replace", secret: true }),
  nested: field(z.strictObject({ open: field(z.string().optional(), { description: "x" }) }).optional(), {
    description: "Kept as it is.",
    change: "in place",
  }),
});

const stubFacts = z.strictObject({
  issued: field(z.string(), { description: "Told at creation only.", secret: true }),
  revision: field(z.number().optional(), { description: "Counts writes." }),
});

type Inputs = z.infer<typeof stubInputs>;

interface StubObject {
  key: string | undefined;
  title: string;
  size: number;
  parts: Record<string, string>;
  nested: Inputs["nested"];
  token: string | undefined;
  revision: number;
  /** Set after everything else, without an input for it. */
  sealed: boolean;
}

export interface Remote {
  objects: Map<string, StubObject>;
  /** Every request, in order: a name per step. */
  calls: string[];
  /** Called before each request; what it throws is the request's failure. */
  before(call: string): void;
  /** Called after each request has taken effect; what it throws stands for a lost answer. */
  after(call: string): void;
}

export function remote(): Remote {
  return { objects: new Map(), calls: [], before: () => {}, after: () => {} };
}

/** Never used: the stub's objects are in memory. */
export const NO_SERVER = {
  endpoint: "nowhere",
  preflight: "error",
  send: () => Promise.reject(new ProviderError("unexpected", { what: "send", why: "the stub has no server" })),
  info: () => Promise.resolve({ number: "9.1.0", version: { major: 9, minor: 1 } }),
} satisfies Elasticsearch;

/**
 * One request per aspect, each of which may fail: create, then title, size, parts, nested and the seal, like the
 * connector's endpoints.
 */
export function stub(server: Remote, overrides: Partial<ResourceDefinition> = {}): ResourceDefinition {
  let created = 0;

  async function request<T>(call: string, act: () => T): Promise<T> {
    server.calls.push(call);
    server.before(call);
    const answer = act();
    server.after(call);
    return answer;
  }

  function write(id: string, change: Partial<StubObject>): void {
    const object = server.objects.get(id);
    if (!object) {
      throw new ProviderError("not-found", { what: "write", why: `there is no '${id}'` });
    }
    server.objects.set(id, { ...object, ...change, revision: object.revision + 1 });
  }

  const definition = defineResource({
    kind: "Stub",
    inputs: stubInputs,
    facts: stubFacts,
    views: {
      size: { equal: (a, b) => (a ?? 1) === (b ?? 1) },
      parts: {
        equal: (a, b) => deepEqual(a, b),
        of: (declared, live) => {
          const entries = Object.keys(declared).flatMap((name) => {
            const value = live?.[name];
            return value === undefined ? [] : [[name, value] as const];
          });
          return Object.fromEntries(entries);
        },
      },
    },

    async create(_es, desired, _context, made) {
      const id = `stub-${++created}`;
      const { key, token } = desired;
      await request("create", () =>
        server.objects.set(id, {
          key,
          token,
          title: "",
          size: 1,
          parts: { theirs: "kept" },
          nested: undefined,
          revision: 1,
          sealed: false,
        }),
      );
      made(id, { issued: `issued to ${id}` });
    },

    async observe(_es, id) {
      const object = await request("read", () => server.objects.get(id));
      return (
        object && {
          inputs: {
            key: object.key,
            title: object.title || undefined,
            size: object.size,
            parts: object.parts,
            nested: object.nested,
          },
          facts: { revision: object.revision },
          raw: object,
        }
      );
    },

    unfinished: ({ raw }) => ((raw as StubObject).sealed ? [] : ["seal"]),

    async update(_es, id, { changed, desired, recorded, live }) {
      if (changed.has("title")) {
        await request("title", () => write(id, { title: desired.title ?? "" }));
      }
      if (changed.has("size")) {
        await request("size", () => write(id, { size: desired.size ?? 1 }));
      }
      if (changed.has("parts")) {
        const removed = Object.keys(recorded.parts ?? {}).filter((name) => desired.parts?.[name] === undefined);
        const left = Object.entries({ ...live.inputs.parts, ...desired.parts }).filter(([n]) => !removed.includes(n));
        await request("parts", () => write(id, { parts: Object.fromEntries(left) }));
      }
      if (changed.has("nested")) {
        await request("nested", () => write(id, { nested: desired.nested }));
      }
      if (!(live.raw as StubObject).sealed) {
        await request("seal", () => write(id, { sealed: true }));
      }
    },

    async remove(_es, id) {
      await request("delete", () => server.objects.delete(id));
    },
  });
  return { ...definition, ...overrides };
}

export const CONTEXT = { project: "proj", stack: "dev", resource: "thing" };

/** A bag as the engine hands it over, with what the SDK hides in it. */
export function engineBag(values: Bag): Bag {
  return { ...values, __provider: "text", __context: CONTEXT };
}
