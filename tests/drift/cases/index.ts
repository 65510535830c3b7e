import { type Bag, type Case, OURS, type Sent, type Table } from "../model";

const MAPPINGS = {
  dynamic: "strict",
  _meta: { team: "search" },
  runtime: { day: { type: "keyword" } },
  dynamic_templates: [{ texts: { match_mapping_type: "string", mapping: { type: "keyword" } } }],
  properties: { title: { type: "keyword", ignore_above: 100 }, body: { properties: { text: { type: "text" } } } },
};
const ALIAS = { filter: { term: { genre: "western" } }, routing: "r", isHidden: true, isWriteIndex: true };

export const indices: Table = {
  kind: "Index",
  cases: [
    setting("text", { refresh_interval: "5s" }, { refresh_interval: "30s" }, "settings.refresh_interval", [
      "5s",
      "30s",
    ]),
    setting("number", { number_of_replicas: 0 }, { number_of_replicas: 2 }, "settings.number_of_replicas", [0, "2"]),
    setting(
      "nested",
      { index: { blocks: { write: false } } },
      { "index.blocks.write": true },
      "settings.index.blocks.write",
      [false, "true"],
    ),
    setting(
      "dotted",
      { "index.mapping.total_fields.limit": 2000 },
      { "mapping.total_fields.limit": 3000 },
      'settings["index.mapping.total_fields.limit"]',
      [2000, "3000"],
    ),
    setting(
      "list",
      { query: { default_field: ["title"] } },
      { "query.default_field": ["title", "body"] },
      "settings.query.default_field[1]",
      [undefined, "body"],
    ),
    setting("reset", { refresh_interval: "5s" }, { refresh_interval: null }, "settings.refresh_interval", [
      "5s",
      undefined,
    ]),
    {
      field: "settings.* (static)",
      args: { settings: { codec: "best_compression" } },
      theirs: [
        ["POST", "/{id}/_close"],
        ["PUT", "/{id}/_settings", { codec: "default" }],
        ["POST", "/{id}/_open"],
      ],
      seen: { "settings.codec": ["best_compression", "default"] },
      replaced: ["DELETE /{id}", "PUT /{id}"],
    },
    mapping(
      "parameter",
      { properties: { title: { type: "keyword", ignore_above: 50 } } },
      "mappings.properties.title.ignore_above",
      [100, 50],
    ),
    mapping("dynamic", { dynamic: "true" }, "mappings.dynamic", ["strict", "true"]),
    mapping("runtime field", { runtime: { day: { type: "long" } } }, "mappings.runtime.day.type", ["keyword", "long"]),
    mapping("runtime field removed", { runtime: { day: null } }, "mappings.runtime.day", [
      { type: "keyword" },
      undefined,
    ]),
    mapping(
      "dynamic template",
      { dynamic_templates: [{ texts: { match_mapping_type: "string", mapping: { type: "text" } } }] },
      "mappings.dynamic_templates[0].texts.mapping.type",
      ["keyword", "text"],
    ),
    alias(
      "filter.*",
      { filter: { term: { genre: "noir" } } },
      { "aliases.declared.filter.term.genre": ["western", "noir"] },
    ),
    alias("routing", { index_routing: "x", search_routing: "x" }, { "aliases.declared.routing": ["r", "x"] }),
    alias("isHidden", { is_hidden: false }, { "aliases.declared.isHidden": [true, false] }),
    alias("isWriteIndex", { is_write_index: false }, { "aliases.declared.isWriteIndex": [true, false] }),
    alias("indexRouting", { index_routing: "x" }, { "aliases.declared.indexRouting": ["r", "x"] }, SPLIT()),
    alias("searchRouting", { search_routing: "x" }, { "aliases.declared.searchRouting": ["s", "x"] }, SPLIT()),
    {
      field: "aliases.*.filter.* (alias removed)",
      args: { aliases: { "declared-gone": {} } },
      theirs: [["DELETE", "/{id}/_alias/declared-gone"]],
      seen: { 'aliases["declared-gone"]': [{}, undefined] },
      repair: "POST /_aliases",
    },
  ],
  undeclared: [
    {
      what: "settings, fields and aliases beside the declared ones",
      args: {
        settings: { refresh_interval: "5s" },
        mappings: { properties: { title: { type: "keyword" } } },
        aliases: { mine: {} },
      },
      theirs: [
        ["PUT", "/{id}/_settings", { number_of_replicas: 2, "index.blocks.read": false }],
        ["PUT", "/{id}/_mapping", { properties: { added: { type: "text" } } }],
        aliased("undeclared", {}),
        ["PUT", "/{id}/_doc/1?refresh=true", { title: "High Noon", found: "by a sync" }],
      ],
    },
  ],
  fixed: {
    name: "is the identity: another name is another index",
    language:
      "is what the index was made with: no request names it, and its analyzers are fixed; an index made anew without them is among the objects",
    adopt: OURS,
    drainTimeout: OURS,
    forceDestroy: OURS,
  },
};

function setting(what: string, settings: Bag, theirs: Bag, path: string, seen: [unknown, unknown]): Case {
  return {
    field: `settings.* (${what})`,
    args: { settings },
    theirs: [["PUT", "/{id}/_settings", theirs]],
    seen: { [path]: seen },
  };
}

function mapping(what: string, theirs: Bag, path: string, seen: [unknown, unknown]): Case {
  return {
    field: `mappings.* (${what})`,
    args: { mappings: MAPPINGS },
    theirs: [["PUT", "/{id}/_mapping", theirs]],
    seen: { [path]: seen },
  };
}

function alias(member: string, theirs: Bag, seen: Case["seen"], declared: Bag = ALIAS): Case {
  const { filter, routing, isHidden, isWriteIndex, indexRouting, searchRouting } = declared;
  const wire = {
    filter,
    index_routing: indexRouting ?? routing,
    search_routing: searchRouting ?? routing,
    is_hidden: isHidden,
    is_write_index: isWriteIndex,
  };
  const name = `declared-${member.replace(".*", "").toLowerCase()}`;
  return {
    field: `aliases.*.${member}`,
    args: { aliases: { [name]: declared } },
    theirs: [aliased(name, { ...wire, ...theirs })],
    seen: Object.fromEntries(
      Object.entries(seen).map(([path, values]) => [path.replace(".declared", `["${name}"]`), values]),
    ),
    repair: "POST /_aliases",
  };
}

/** A function, since the cases above are made before constants below them are. */
function SPLIT(): Bag {
  return { indexRouting: "r", searchRouting: "s" };
}

function aliased(alias: string, definition: Bag): Sent {
  return ["POST", "/_aliases", { actions: [{ add: { index: "{id}", alias, ...definition } }] }];
}
