import { z } from "zod";
import { field } from "../../model/fields";
import { LANGUAGES } from "./analysis";

const CREATE = "PUT /{index}";

export const indexName = z.string().superRefine((name, context) => {
  const problem = indexNameProblem(name);
  if (problem) {
    context.addIssue({ code: "custom", message: problem });
  }
});

export const indexInputs = z.strictObject({
  name: field(indexName.optional(), {
    description:
      "Name of the index, taken literally. Lower case, at most 255 bytes, not starting with `_`, `-` or `+`. A name that exists already is refused.",
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
      "Mappings of the index, as Elasticsearch spells them. Fields that you don't name (those that syncs add) are left alone. A new field is added in place; a changed type, analyzer or other fixed parameter replaces the index; a removed field stays, since Elasticsearch can't remove one.",
    change: "in place",
    endpoint: "PUT /{index}/_mapping",
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

/** Why the server would refuse a name; nothing when it wouldn't. */
function indexNameProblem(name: string): string | undefined {
  if (name === "") {
    return "must not be empty";
  }
  if (name !== name.toLowerCase()) {
    return "must be lower case";
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
