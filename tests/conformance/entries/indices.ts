import { absent, anything, type Entry, exactly, fails, I400, type Step, step } from "../dsl";

const exists = "resource_already_exists_exception";
const badName = "invalid_index_name_exception";
const noIndex = "index_not_found_exception";

const stop: Record<string, [string, string]> = {
  da: ["danish", "_danish_"],
  de: ["light_german", "_german_"],
  en: ["light_english", "_english_"],
  es: ["light_spanish", "_spanish_"],
  fr: ["light_french", "_french_"],
  it: ["light_italian", "_italian_"],
  ja: ["light_english", "_english_"],
  ko: ["light_english", "_english_"],
  nl: ["dutch", "_dutch_"],
  pt: ["light_portuguese", "_portuguese_"],
  "pt-br": ["brazilian", "_brazilian_"],
  ru: ["russian", "_russian_"],
  th: ["light_english", "_thai_"],
  zh: ["light_english", "_english_"],
};

/** An analysis such as the one made for connector indices, cut down to what has references. */
function analysis(language: string): unknown {
  const [stemmer, words] = stop[language] ?? ["light_english", "_english_"];
  const elision = language === "fr" || language === "it";
  const cjk = ["ja", "ko", "zh"].includes(language);
  const fold = ["cjk_width", "lowercase", "asciifolding"];
  return {
    analyzer: {
      i_prefix: { type: "custom", tokenizer: "standard", filter: [...fold, "front_ngram"] },
      iq_text_stem: {
        type: "custom",
        tokenizer: "standard",
        filter: [...(elision ? ["own-elision"] : []), ...fold, "own-stop", "own-stem", ...(cjk ? ["cjk_bigram"] : [])],
      },
      iq_text_delimiter: { type: "custom", tokenizer: "whitespace", filter: ["delimiter", ...fold] },
      i_text_bigram: {
        type: "custom",
        tokenizer: "standard",
        filter: [...fold, "own-stem", "bigram_joiner", "bigram_max_size"],
      },
    },
    filter: {
      front_ngram: { type: "edge_ngram", min_gram: 1, max_gram: 12 },
      delimiter: { type: "word_delimiter_graph", preserve_original: "false", catenate_all: "true" },
      bigram_joiner: { type: "shingle", token_separator: "", max_shingle_size: 2, output_unigrams: "false" },
      bigram_max_size: { type: "length", min: 0, max: 16 },
      "own-stem": { type: "stemmer", name: stemmer },
      "own-stop": { type: "stop", stopwords: words },
      ...(elision ? { "own-elision": { type: "elision", articles: ["l", "m"], articles_case: true } } : {}),
    },
  };
}

function createLanguage(language: string): Step {
  return step(
    `PUT /{p}${language}`,
    { settings: { analysis: analysis(language), auto_expand_replicas: "0-3", number_of_shards: 2 }, mappings: {} },
    200,
    { acknowledged: true, shards_acknowledged: true, index: `{p}${language}` },
  );
}

export const indexEntries: Entry[] = [
  {
    id: "I01",
    title: "create, look, delete",
    source: "test",
    steps: [
      step("PUT /{p}i", undefined, 200, exactly({ acknowledged: true, shards_acknowledged: true, index: "{p}i" })),
      fails("PUT /{p}i", undefined, 400, exists, /^index \[{p}i\/[\w-]{22}\] already exists$/),
      step("HEAD /{p}i", undefined, 200, "", { answerHeaders: { "x-elastic-product": "Elasticsearch" } }),
      step("HEAD /{p}none", undefined, 404, ""),
      step("GET /{p}i", undefined, 200, {
        "{p}i": {
          aliases: exactly({}),
          mappings: exactly({}),
          settings: {
            index: {
              number_of_shards: "1",
              number_of_replicas: "1",
              provided_name: "{p}i",
              uuid: anything,
              creation_date: anything,
              version: { created: anything },
            },
          },
        },
      }),
      step("DELETE /{p}i", undefined, 200, { acknowledged: true }),
      fails("DELETE /{p}i", undefined, 404, noIndex, "no such index [{p}i]"),
      fails("GET /{p}i", undefined, 404, noIndex, "no such index [{p}i]"),
      step("GET /{p}i?ignore_unavailable=true", undefined, 200, exactly({})),
      fails("DELETE /{p}*", undefined, 400, I400, "Wildcard expressions or all indices are not allowed"),
    ],
  },
  {
    id: "I01-names",
    title: "names that no index can have",
    source: "test",
    steps: [
      fails("PUT /{p}Upper", undefined, 400, badName, "Invalid index name [{p}Upper], must be lowercase"),
      fails("PUT /-{p}", undefined, 400, badName, "must not start with '_', '-', or '+'"),
      fails("PUT /{p}%23", undefined, 400, badName, "must not contain '#'"),
      fails("PUT /{p}%3A", undefined, 400, badName, "must not contain ':'"),
      fails("PUT /{p}%20x", undefined, 400, badName, "must not contain the following characters"),
      fails(`PUT /{p}${"x".repeat(250)}`, undefined, 400, badName, "index name is too long, (2"),
    ],
  },
  {
    id: "I02",
    title: "mappings grow and don't change type",
    source: "test",
    steps: [
      step(
        "PUT /{p}i",
        {
          mappings: {
            dynamic: true,
            properties: { a: { type: "text", analyzer: "standard" }, k: { type: "keyword", ignore_above: 10 } },
          },
        },
        200,
      ),
      step("GET /{p}i/_mapping", undefined, 200, {
        "{p}i": { mappings: { dynamic: "true", properties: { a: { type: "text" } } } },
      }),
      step(
        "PUT /{p}i/_mapping",
        {
          properties: {
            b: { type: "long" },
            a: { type: "text", analyzer: "standard", fields: { raw: { type: "keyword" } } },
            k: { type: "keyword", ignore_above: 20 },
          },
        },
        200,
        { acknowledged: true },
      ),
      step("GET /{p}i/_mapping", undefined, 200, {
        "{p}i": {
          mappings: {
            properties: { a: { fields: { raw: { type: "keyword" } } }, b: { type: "long" }, k: { ignore_above: 20 } },
          },
        },
      }),
      fails(
        "PUT /{p}i/_mapping",
        { properties: { b: { type: "keyword" } } },
        400,
        I400,
        "mapper [b] cannot be changed from type [long] to [keyword]",
      ),
      fails(
        "PUT /{p}i/_mapping",
        { properties: { a: { type: "text", analyzer: "simple" } } },
        400,
        I400,
        /Mapper for \[a\] conflicts with existing mapper:\n\tCannot update parameter \[analyzer\] from \[\w+\] to \[simple\]/,
      ),
      fails("PUT /{p}none/_mapping", { properties: {} }, 404, noIndex),
      fails(
        "PUT /{p}j",
        { mappings: { properties: { a: { type: "texxt" } } } },
        400,
        "mapper_parsing_exception",
        "Failed to parse mapping",
      ),
      fails(
        "PUT /{p}j",
        { mappings: { propertees: {} } },
        400,
        "mapper_parsing_exception",
        "Root mapping definition has unsupported parameters",
      ),
      fails(
        "PUT /{p}j",
        { mappings: { properties: { a: { type: "text", analyser: "x" } } } },
        400,
        "mapper_parsing_exception",
        "unknown parameter [analyser] on mapper [a] of type [text]",
      ),
      fails(
        "PUT /{p}j",
        { mappings: { properties: { a: { type: "text", analyzer: "nope" } } } },
        400,
        "mapper_parsing_exception",
        "analyzer [nope] has not been configured in mappings",
      ),
      fails("PUT /{p}j", { setings: {} }, 400, "parse_exception", "unknown key [setings]"),
      step("HEAD /{p}j", undefined, 404, ""),
    ],
  },
  {
    id: "I03",
    title: "settings: dynamic, static, final, unknown",
    source: "correction",
    steps: [
      step("PUT /{p}i", { settings: { number_of_shards: 2, "index.refresh_interval": "5s" } }, 200),
      step("PUT /{p}i/_settings", { index: { refresh_interval: "7s", max_result_window: 20000 } }, 200, {
        acknowledged: true,
      }),
      step("GET /{p}i/_settings", undefined, 200, {
        "{p}i": { settings: { index: { refresh_interval: "7s", max_result_window: "20000", number_of_shards: "2" } } },
      }),
      step("GET /{p}i/_settings?flat_settings=true", undefined, 200, {
        "{p}i": { settings: { "index.refresh_interval": "7s" } },
      }),
      fails(
        "PUT /{p}i/_settings",
        { analysis: { analyzer: { a: { tokenizer: "standard" } } } },
        400,
        I400,
        /Can't update non dynamic settings \[\[index\.analysis\.analyzer\.a\.tokenizer\]\] for open indices \[\[{p}i\//,
      ),
      fails(
        "PUT /{p}i/_settings",
        { number_of_shards: 3 },
        400,
        I400,
        "Can't update non dynamic settings [[index.number_of_shards]]",
      ),
      step("POST /{p}i/_close", undefined, 200, { acknowledged: true }),
      step("PUT /{p}i/_settings", { analysis: { analyzer: { a: { tokenizer: "standard" } } } }, 200, {
        acknowledged: true,
      }),
      fails(
        "PUT /{p}i/_settings",
        { number_of_shards: 3 },
        400,
        I400,
        /final .* setting \[index\.number_of_shards\], not updateable/,
      ),
      step("POST /{p}i/_open", undefined, 200, { acknowledged: true }),
      step("GET /{p}i/_settings", undefined, 200, {
        "{p}i": {
          settings: { index: { analysis: { analyzer: { a: { tokenizer: "standard" } } }, number_of_shards: "2" } },
        },
      }),
      fails("PUT /{p}i/_settings", { foo: 1 }, 400, I400, "unknown setting [index.foo]"),
      fails("PUT /{p}j", { settings: { foo: 1 } }, 400, I400, "unknown setting [index.foo]"),
      fails(
        "PUT /{p}j",
        { settings: { number_of_shards: 0 } },
        400,
        I400,
        "Failed to parse value [0] for setting [index.number_of_shards] must be >= 1",
      ),
      fails("PUT /{p}none/_settings", { refresh_interval: "1s" }, 404, noIndex),
      step("PUT /{p}i/_settings", { refresh_interval: null }, 200),
      step("GET /{p}i/_settings", undefined, 200, { "{p}i": { settings: { index: { refresh_interval: absent } } } }),
    ],
  },
  {
    id: "I04",
    title: "language analysis for each language, and references that lead nowhere",
    source: "test",
    steps: [
      ...Object.keys(stop).map(createLanguage),
      step("GET /{p}fr/_settings", undefined, 200, {
        "{p}fr": {
          settings: {
            index: {
              analysis: {
                filter: {
                  "own-elision": { articles: ["l", "m"], articles_case: "true" },
                  front_ngram: { min_gram: "1" },
                },
              },
              auto_expand_replicas: "0-3",
            },
          },
        },
      }),
      fails(
        "PUT /{p}x",
        { settings: { analysis: { analyzer: { a: { tokenizer: "standard", filter: ["nope"] } } } } },
        400,
        I400,
        "Custom Analyzer [a] failed to find filter under name [nope]",
      ),
      fails(
        "PUT /{p}x",
        { settings: { analysis: { analyzer: { a: { tokenizer: "icu_tokenizer" } } } } },
        400,
        I400,
        "Custom Analyzer [a] failed to find tokenizer under name [icu_tokenizer]",
      ),
      step("HEAD /{p}x", undefined, 404, ""),
    ],
  },
  {
    id: "I07",
    title: "aliases",
    source: "test",
    steps: [
      step("PUT /{p}i", { aliases: { "{p}alias": {} } }, 200),
      step("GET /{p}alias", undefined, 200, { "{p}i": { aliases: exactly({ "{p}alias": {} }) } }),
      step("PUT /{p}i/_alias/{p}second", undefined, 200, { acknowledged: true }),
      step("GET /{p}i/_alias", undefined, 200, { "{p}i": { aliases: { "{p}second": {} } } }),
      fails("PUT /{p}second", undefined, 400, badName, "already exists as alias"),
      fails("DELETE /{p}alias", undefined, 400, I400, "matches an alias"),
      step("DELETE /{p}i/_alias/{p}second", undefined, 200, { acknowledged: true }),
      step("HEAD /_alias/{p}second", undefined, 404, ""),
      step("GET /_alias/{p}second", undefined, 404, { error: "alias [{p}second] missing", status: 404 }),
      step(
        "POST /_aliases",
        {
          actions: [{ add: { index: "{p}i", alias: "{p}third" } }, { remove: { index: "{p}i", alias: "{p}alias" } }],
        },
        200,
        { acknowledged: true },
      ),
      step("GET /{p}i/_alias", undefined, 200, exactly({ "{p}i": { aliases: { "{p}third": {} } } })),
      step("GET /_alias/{p}third", undefined, 200, exactly({ "{p}i": { aliases: { "{p}third": {} } } })),
      fails(
        "POST /_aliases",
        { actions: [{ remove: { index: "{p}i", alias: "{p}none" } }] },
        404,
        "aliases_not_found_exception",
      ),
      step("PUT /{p}j", { aliases: { "{p}third": { is_write_index: true } } }, 200),
      fails(
        "POST /_aliases",
        { actions: [{ add: { index: "{p}i", alias: "{p}third", is_write_index: true } }] },
        500,
        "illegal_state_exception",
        "alias [{p}third] has more than one write index [{p}i,{p}j]",
      ),
      step("GET /{p}i/_alias", undefined, 200, exactly({ "{p}i": { aliases: { "{p}third": {} } } })),
    ],
  },
];
