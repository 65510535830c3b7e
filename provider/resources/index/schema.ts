import { z } from "zod";
import { durationOrNone } from "../../model/duration";
import { field, named } from "../../model/fields";
import { LANGUAGES } from "./analysis";

const CREATE = "PUT /{index}";

export const indexName = z.string().superRefine((name, context) => {
  const problem = indexNameProblem(name);
  if (problem) {
    context.addIssue({ code: "custom", message: problem });
  }
});

const indexAlias = named(
  "IndexAlias",
  z.strictObject({
    filter: field(z.record(z.string(), z.unknown()).optional(), {
      description: "Query that limits the documents that the alias shows, as Elasticsearch spells it.",
    }),
    routing: field(z.string().optional(), { description: "Routing value of reads and writes through the alias." }),
    indexRouting: field(z.string().optional(), {
      description: "Routing value of writes through the alias.",
      default: "`routing`",
    }),
    searchRouting: field(z.string().optional(), {
      description: "Routing values of searches through the alias, separated by commas.",
      default: "`routing`",
    }),
    isHidden: field(z.boolean().optional(), {
      description: "Whether patterns leave the alias out. The same for all indices that have the alias.",
      default: "`false`",
    }),
    isWriteIndex: field(z.boolean().optional(), {
      description: "Whether writes through the alias go to this index. Of the indices behind an alias at most one.",
      default: "not set: writes go to the index while no other has the alias",
    }),
  }),
);

export const indexInputs = z.strictObject({
  name: field(indexName.optional(), {
    description:
      "Name of the index, taken literally. Lower case, at most 255 bytes, not starting with `_`, `-` or `+`. A name that exists already is refused, unless `adopt` is set.",
    default:
      "`search-<logical name>-<7 hex digits>`, chosen when the index is created (`content-...` for a native connector on 9.x)",
    change: "replace",
    endpoint: CREATE,
  }),
  language: field(z.enum(LANGUAGES).optional(), {
    description:
      "Language of the content. Adds the analyzers, the shard settings and the dynamic template for text that Kibana makes for a connector's index of that language. Settings and mappings of your own win over them.",
    default: "no analyzers are added",
    change: "replace",
    endpoint: CREATE,
  }),
  settings: field(z.record(z.string(), z.unknown()).optional(), {
    description:
      "Settings of the index, as Elasticsearch spells them, nested or dotted, with or without the prefix `index.`. Settings that you don't name are left alone. Dynamic ones change in place, and return to their default (the language's, where it has one) when you remove them; a change of a static one (shards, analysis, codec, sorting) replaces the index.",
    change: "in place",
    endpoint: "PUT /{index}/_settings",
  }),
  mappings: field(z.record(z.string(), z.unknown()).optional(), {
    description:
      "Mappings of the index, as Elasticsearch spells them. Fields that you don't name (those that syncs add) are left alone. A new field, and what Elasticsearch changes on an existing one (such as `ignore_above`, `search_analyzer`, `copy_to`, `dynamic`), is written in place; a changed type, analyzer or other fixed parameter replaces the index. A removed field or sub-field stays, since Elasticsearch can't remove one, and the preview says so; runtime fields, dynamic templates and `_meta` go, and removed parameters return to their defaults.",
    change: "in place",
    endpoint: "PUT /{index}/_mapping",
  }),
  aliases: field(z.record(z.string(), indexAlias).optional(), {
    description:
      "Aliases of the index by their names. All changes are made at once. Aliases that you don't name are left alone; one that you name no more is removed.",
    change: "in place",
    endpoint: "POST /_aliases",
  }),
  adopt: field(z.boolean().optional(), {
    description:
      "Take the index over if one of that `name` exists, instead of refusing it. The preview lists what differs from the program and will be changed; what can't be changed (shards, analysis, types of fields) is refused with every mismatch named. From then on the index is managed, and deleted, like any other. Requires `name`, and counts when the resource is created.",
    default: "`false`",
    change: "in place",
  }),
  drainTimeout: field(durationOrNone.optional(), {
    description:
      "How long to wait, before the index is deleted or replaced, for syncs that run on it: their next write would make it anew. `0s` waits for none.",
    default: '`"10m"`',
    change: "in place",
  }),
  forceDestroy: field(z.boolean().optional(), {
    description:
      "Delete the index even if it holds documents. Without it such an index is neither deleted nor replaced. It counts when it has been applied: set it, run `pulumi up`, then delete.",
    default: "`false`",
    change: "in place",
  }),
});

export const indexFacts = z.strictObject({
  indexName: field(z.string(), {
    description: "Name of the index, the one that was chosen for you included. Equals the id.",
  }),
  creationMark: field(z.string().optional(), {
    description:
      "Identifies the request that created the index. It stands in the `_meta` of its mappings, so that an index that somebody has made anew under the same name is not taken for this one.",
  }),
});

export type IndexInputs = z.infer<typeof indexInputs>;
export type IndexAlias = z.infer<typeof indexAlias>;

/** Why the server would refuse a name of an index; nothing when it wouldn't. */
function indexNameProblem(name: string): string | undefined {
  return name === name.toLowerCase() ? nameProblem(name) : "must be lower case";
}

/** Why the server would refuse a name of an index or an alias. Only an alias may have capitals. */
export function nameProblem(name: string): string | undefined {
  if (name === "") {
    return "must not be empty";
  }
  if (/^[_+-]/.test(name)) {
    return "must not start with '_', '-' or '+'";
  }
  if (name === "." || name === "..") {
    return "must not be '.' or '..'";
  }
  const forbidden = /[\s"*\\<|,>/?#:]/.exec(name);
  if (forbidden) {
    return `must not contain ${JSON.stringify(forbidden[0])}`;
  }
  return Buffer.byteLength(name) > 255 ? "must be at most 255 bytes long" : undefined;
}
