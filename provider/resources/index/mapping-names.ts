// Names in mappings of what has to exist already: types of fields, analyzers and normalizers.

import type { Issue } from "../../model/issues";
import { isRecord } from "../../model/unknown";
import { nearest } from "../../text/nearest";
import { languageSettings } from "./analysis";
import type { IndexInputs } from "./schema";
import { flatSettings } from "./settings";

/**
 * Names that the server would refuse: neither built in (plugins of Elastic's included) nor declared, nor in the settings
 * of the live index.
 */
export function unknownNames({ mappings, settings, language }: IndexInputs, live?: object): Issue[] {
  const own = [language && languageSettings(language), settings, live].flatMap((all) => Object.keys(flatSettings(all)));
  const known: Record<Kind, ReadonlySet<string>> = {
    type: TYPES,
    runtimeType: RUNTIME_TYPES,
    analyzer: new Set([...ANALYZERS, ...declared(own, "analyzer")]),
    normalizer: new Set([...NORMALIZERS, ...declared(own, "normalizer")]),
  };
  return isRecord(mappings)
    ? references(mappings)
        .filter(({ kind, name }) => !known[kind].has(name))
        .map(({ kind, name, path }) => ({ path: ["mappings", ...path], message: unknownText(kind, name, known[kind]) }))
    : [];
}

type Kind = "type" | "runtimeType" | "analyzer" | "normalizer";

interface Reference {
  kind: Kind;
  name: string;
  path: string[];
}

const UNKNOWN: Record<Kind, string> = {
  type: "is no type of field that this package knows",
  runtimeType: "is no type of a runtime field",
  analyzer: "is an analyzer that is neither built in nor declared",
  normalizer: "is a normalizer that is neither built in nor declared",
};

function unknownText(kind: Kind, name: string, known: ReadonlySet<string>): string {
  const guess = nearest(name, known);
  const declare = kind === "type" || kind === "runtimeType" ? "" : `, or declare it below settings.analysis.${kind}`;
  return guess
    ? `'${name}' ${UNKNOWN[kind]}; did you mean '${guess}'?`
    : `'${name}' ${UNKNOWN[kind]}: correct it${declare}. If your server has it all the same, elastic:preflight: warn lets it through`;
}

function references(mappings: Record<string, unknown>): Reference[] {
  const runtime = Object.entries(recordOf(mappings.runtime)).map(([name, field]) =>
    named("runtimeType", recordOf(field).type, ["runtime", name, "type"]),
  );
  return [...inFields(mappings.properties, ["properties"]), ...runtime.flat(), ...inTemplates(mappings)];
}

function inFields(fields: unknown, path: string[]): Reference[] {
  return Object.entries(recordOf(fields)).flatMap(([name, field]) => inField(recordOf(field), [...path, name]));
}

function inField(field: Record<string, unknown>, path: string[]): Reference[] {
  return [
    ...named("type", field.type, [...path, "type"]),
    ...["analyzer", "search_analyzer", "search_quote_analyzer"].flatMap((key) =>
      named("analyzer", field[key], [...path, key]),
    ),
    ...named("normalizer", field.normalizer, [...path, "normalizer"]),
    ...inFields(field.properties, [...path, "properties"]),
    ...inFields(field.fields, [...path, "fields"]),
  ];
}

function inTemplates({ dynamic_templates: templates }: Record<string, unknown>): Reference[] {
  return (Array.isArray(templates) ? templates : []).flatMap((template, at) =>
    Object.entries(recordOf(template)).flatMap(([name, body]) =>
      inField(recordOf(recordOf(body).mapping), ["dynamic_templates", String(at), name, "mapping"]),
    ),
  );
}

/** A name in braces stands for what a template matches. */
function named(kind: Kind, name: unknown, path: string[]): Reference[] {
  return typeof name === "string" && !name.includes("{") ? [{ kind, name, path }] : [];
}

function declared(settings: string[], kind: "analyzer" | "normalizer"): string[] {
  const prefix = `index.analysis.${kind}.`;
  return settings
    .filter((name) => name.startsWith(prefix))
    .flatMap((name) => {
      // A name may have dots in it, and so may what follows.
      const parts = name.slice(prefix.length).split(".");
      return parts.map((_, length) => parts.slice(0, length + 1).join("."));
    });
}

function recordOf(value: unknown): Record<string, unknown> {
  return isRecord(value) ? value : {};
}

function words(text: string): ReadonlySet<string> {
  return new Set(text.split(" "));
}

const TYPES = words(
  "aggregate_metric_double alias annotated_text binary boolean byte completion constant_keyword counted_keyword date " +
    "date_nanos date_range dense_vector double double_range exponential_histogram flattened float float_range geo_point " +
    "geo_shape half_float histogram icu_collation_keyword integer integer_range ip ip_range join keyword long long_range " +
    "match_only_text murmur3 nested object passthrough pattern_text percolator point rank_feature rank_features rank_vectors " +
    "scaled_float search_as_you_type semantic_text shape short sparse_vector tdigest text token_count unsigned_long version " +
    "wildcard",
);

const RUNTIME_TYPES = words("boolean composite date double geo_point geo_shape ip keyword long lookup");

const ANALYZERS = words(
  "arabic armenian basque bengali brazilian bulgarian catalan chinese cjk czech danish default dutch english estonian " +
    "fingerprint finnish french galician german greek hindi hungarian icu_analyzer indonesian irish italian keyword kuromoji " +
    "kuromoji_completion latvian lithuanian nori norwegian pattern persian polish portuguese romanian russian serbian simple " +
    "smartcn snowball sorani spanish standard stop swedish thai turkish ukrainian whitespace",
);

const NORMALIZERS = words("lowercase");
