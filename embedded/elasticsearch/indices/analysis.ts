import { illegalArgument } from "../errors";
import { isObject, type Json, type JsonObject } from "../json";
import { type FlatSettings, nest } from "./settings";

/** Names that are there without plugins; as types they can be configured, as names they can be used as they are. */
const tokenizers = words(
  "char_group classic edge_ngram edgeNGram keyword letter lowercase nGram ngram path_hierarchy PathHierarchy pattern " +
    "simple_pattern simple_pattern_split standard thai uax_url_email whitespace",
);
const filters = words(
  "apostrophe arabic_normalization arabic_stem asciifolding bengali_normalization brazilian_stem cjk_bigram cjk_width " +
    "classic common_grams condition czech_stem decimal_digit delimited_payload dictionary_decompounder dutch_stem " +
    "edge_ngram edgeNGram elision fingerprint flatten_graph french_stem german_normalization german_stem " +
    "hindi_normalization hunspell hyphenation_decompounder indic_normalization keep keep_types keyword_marker " +
    "keyword_repeat kstem length limit lowercase min_hash multiplexer nGram ngram pattern_capture pattern_replace " +
    "persian_normalization persian_stem porter_stem predicate_token_filter remove_duplicates reverse russian_stem " +
    "scandinavian_folding scandinavian_normalization serbian_normalization shingle snowball sorani_normalization stemmer " +
    "stemmer_override stop synonym synonym_graph trim truncate type_as_payload unique uppercase word_delimiter word_delimiter_graph",
);
const charFilters = words("html_strip mapping pattern_replace");
const analyzers = words(
  "arabic armenian basque bengali brazilian bulgarian catalan chinese cjk custom czech danish dutch english estonian " +
    "fingerprint finnish french galician german greek hindi hungarian indonesian irish italian keyword latvian " +
    "lithuanian norwegian pattern persian portuguese romanian russian serbian simple snowball sorani spanish standard stop " +
    "swedish thai turkish whitespace",
);
const stemmers = words(
  "arabic armenian basque bengali brazilian bulgarian catalan czech danish dutch dutch_kp dutchKp english estonian " +
    "finnish french galician german german2 greek hindi hungarian indonesian irish italian kp latvian light_english " +
    "light_finnish light_french light_german light_hungarian light_italian light_norwegian light_nynorsk " +
    "light_portuguese light_russian light_spanish light_swedish lithuanian lovins minimal_english minimal_french " +
    "minimal_galician minimal_german minimal_norwegian minimal_nynorsk minimal_portuguese norwegian persian plural_english porter porter2 " +
    "portuguese portuguese_rslp possessive_english romanian russian serbian sorani spanish spanish_plural swedish turkish",
);
const stopwords = words(
  "_arabic_ _armenian_ _basque_ _bengali_ _brazilian_ _bulgarian_ _catalan_ _cjk_ _czech_ _danish_ _dutch_ _english_ " +
    "_estonian_ _finnish_ _french_ _galician_ _german_ _greek_ _hindi_ _hungarian_ _indonesian_ _irish_ _italian_ " +
    "_latvian_ _lithuanian_ _norwegian_ _none_ _persian_ _portuguese_ _romanian_ _russian_ _serbian_ _sorani_ " +
    "_spanish_ _swedish_ _thai_ _turkish_",
);

interface Component {
  readonly label: string;
  readonly group: string;
  readonly builtIn: ReadonlySet<string>;
}
const tokenizer: Component = { label: "tokenizer", group: "tokenizer", builtIn: tokenizers };
const tokenFilter: Component = { label: "filter", group: "filter", builtIn: filters };
const charFilter: Component = { label: "char_filter", group: "char_filter", builtIn: charFilters };

/** Refuses analysis settings in which something refers to what doesn't exist. */
export function checkAnalysis(settings: FlatSettings): void {
  const analysis = group(nest(Object.fromEntries(Object.entries(settings).map(([key, value]) => [key, copy(value)]))));
  for (const component of [tokenizer, tokenFilter, charFilter]) checkTypes(analysis, component);
  for (const [name, definition] of members(analysis, "filter")) checkFilter(name, definition);
  for (const [name, definition] of members(analysis, "analyzer")) checkAnalyzer(name, definition, analysis);
}

/** Names that a mapping may use as analyzer with these settings. */
export function knownAnalyzer(settings: FlatSettings, name: string): boolean {
  return (
    analyzers.has(name) ||
    name === "default" ||
    Object.keys(settings).some((key) => key.startsWith(`index.analysis.analyzer.${name}.`))
  );
}

function checkTypes(analysis: JsonObject, { label, group, builtIn }: Component): void {
  for (const [name, definition] of members(analysis, group)) {
    const type = definition.type;
    if (type === undefined) throw illegalArgument(`${label} [${name}] must specify a type`);
    if (!builtIn.has(String(type))) throw illegalArgument(`Unknown ${label} type [${String(type)}] for [${name}]`);
  }
}

function checkFilter(name: string, definition: JsonObject): void {
  const language = definition.language ?? definition.name;
  if (definition.type === "stemmer" && language !== undefined && !stemmers.has(String(language).toLowerCase())) {
    throw illegalArgument(`Invalid stemmer class specified: ${String(language)}`);
  }
  const list = definition.stopwords;
  if (definition.type === "stop" && typeof list === "string" && /^_.*_$/.test(list) && !stopwords.has(list)) {
    throw illegalArgument(`Failed to resolve stopwords [${list}] of filter [${name}]`);
  }
  if (definition.type === "edge_ngram" || definition.type === "ngram") {
    const minimum = Number(definition.min_gram ?? 1);
    const maximum = Number(definition.max_gram ?? 2);
    if (minimum > maximum) throw illegalArgument("minGram must not be greater than maxGram");
  }
}

function checkAnalyzer(name: string, definition: JsonObject, analysis: JsonObject): void {
  const type = definition.type ?? (definition.tokenizer === undefined ? undefined : "custom");
  if (type === undefined) {
    throw illegalArgument(`analyzer [${name}] must specify either an analyzer type, or a tokenizer`);
  }
  if (!analyzers.has(String(type))) throw illegalArgument(`Unknown analyzer type [${String(type)}] for [${name}]`);
  if (type !== "custom") return;
  if (definition.tokenizer === undefined)
    throw illegalArgument(`Custom Analyzer [${name}] must be configured with a tokenizer`);
  for (const component of [tokenizer, charFilter, tokenFilter]) {
    for (const reference of list(definition[component.group])) {
      const exists = component.builtIn.has(reference) || isObject(group(analysis, component.group)[reference]);
      if (!exists) {
        throw illegalArgument(`Custom Analyzer [${name}] failed to find ${component.label} under name [${reference}]`);
      }
    }
  }
}

function members(analysis: JsonObject, of: string): [string, JsonObject][] {
  return Object.entries(group(analysis, of)).flatMap(([name, value]) => (isObject(value) ? [[name, value]] : []));
}

function group(container: JsonObject, of?: string): JsonObject {
  if (of !== undefined) return isObject(container[of]) ? container[of] : {};
  const index = container.index;
  return isObject(index) && isObject(index.analysis) ? index.analysis : {};
}

function list(value: Json | undefined): string[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value)
    ? value.map(String)
    : String(value)
        .split(",")
        .map((item) => item.trim());
}

function copy(value: string | readonly string[]): Json {
  return typeof value === "string" ? value : [...value];
}

function words(text: string): ReadonlySet<string> {
  return new Set(text.split(" "));
}
