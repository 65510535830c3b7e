/** Languages that Kibana offers for a connector's index. */
export const LANGUAGES = [
  "da",
  "de",
  "en",
  "es",
  "fr",
  "it",
  "ja",
  "ko",
  "nl",
  "pt",
  "pt-br",
  "ru",
  "th",
  "zh",
] as const;

export type Language = (typeof LANGUAGES)[number];

interface LanguageData {
  stemmer: string;
  stopWords: string;
  /** Articles that are cut off before a vowel. */
  elision?: string[];
  /** Words are pairs of characters. */
  bigrams?: boolean;
}

const FRENCH_ARTICLES = "l m t qu n s j d c jusqu quoiqu lorsqu puisqu".split(" ");
const ITALIAN_ARTICLES = "c l all dall dell nell sull coll pell gl agl dagl degl negl sugl un m t s v d".split(" ");
const EAST_ASIAN: LanguageData = { stemmer: "light_english", stopWords: "_english_", bigrams: true };

const DATA: Record<Language, LanguageData> = {
  da: { stemmer: "danish", stopWords: "_danish_" },
  de: { stemmer: "light_german", stopWords: "_german_" },
  en: { stemmer: "light_english", stopWords: "_english_" },
  es: { stemmer: "light_spanish", stopWords: "_spanish_" },
  fr: { stemmer: "light_french", stopWords: "_french_", elision: FRENCH_ARTICLES },
  it: { stemmer: "light_italian", stopWords: "_italian_", elision: ITALIAN_ARTICLES },
  ja: EAST_ASIAN,
  ko: EAST_ASIAN,
  nl: { stemmer: "dutch", stopWords: "_dutch_" },
  pt: { stemmer: "light_portuguese", stopWords: "_portuguese_" },
  "pt-br": { stemmer: "brazilian", stopWords: "_brazilian_" },
  ru: { stemmer: "russian", stopWords: "_russian_" },
  th: { stemmer: "light_english", stopWords: "_thai_" },
  zh: EAST_ASIAN,
};

/** Settings that Kibana gives a connector's index of the language. */
export function languageSettings(language: Language): Record<string, unknown> {
  return { analysis: analysis(language), auto_expand_replicas: "0-3", number_of_shards: 2 };
}

/** Mappings that make the analyzers work: every string becomes text with one sub-field per way of searching. */
export function languageMappings(): Record<string, unknown> {
  const mapping = {
    type: "text",
    analyzer: "iq_text_base",
    index_options: "freqs",
    fields: {
      stem: { type: "text", analyzer: "iq_text_stem" },
      prefix: { type: "text", analyzer: "i_prefix", search_analyzer: "q_prefix", index_options: "docs" },
      delimiter: { type: "text", analyzer: "iq_text_delimiter", index_options: "freqs" },
      joined: { type: "text", analyzer: "i_text_bigram", search_analyzer: "q_text_bigram", index_options: "freqs" },
      enum: { type: "keyword", ignore_above: 2048 },
    },
  };
  return { dynamic: "true", dynamic_templates: [{ all_text_fields: { match_mapping_type: "string", mapping } }] };
}

function analysis(language: Language): Record<string, unknown> {
  const { stemmer, stopWords, elision, bigrams } = DATA[language];
  const stem = `${language}-stem-filter`;
  const stop = `${language}-stop-words-filter`;
  const fold = ["cjk_width", "lowercase", "asciifolding"];
  const before = elision ? [`${language}-elision`] : [];
  const after = bigrams ? ["cjk_bigram"] : [];
  const custom = (tokenizer: string, filter: string[]) => ({ type: "custom", tokenizer, filter });
  return {
    analyzer: {
      i_prefix: custom("standard", [...fold, "front_ngram"]),
      q_prefix: custom("standard", fold),
      iq_text_base: custom("standard", [...fold, stop]),
      iq_text_stem: custom("standard", [...before, ...fold, stop, stem, ...after]),
      iq_text_delimiter: custom("whitespace", [...before, "delimiter", ...fold, stop, stem, ...after]),
      i_text_bigram: custom("standard", [...fold, stem, "bigram_joiner", "bigram_max_size"]),
      q_text_bigram: custom("standard", [...fold, stem, "bigram_joiner_unigrams", "bigram_max_size"]),
    },
    filter: {
      front_ngram: { type: "edge_ngram", min_gram: 1, max_gram: 12 },
      delimiter: {
        type: "word_delimiter_graph",
        generate_word_parts: "true",
        generate_number_parts: "true",
        catenate_words: "true",
        catenate_numbers: "true",
        catenate_all: "true",
        preserve_original: "false",
        split_on_case_change: "true",
        split_on_numerics: "true",
        stem_english_possessive: "true",
      },
      bigram_joiner: shingle("false"),
      bigram_joiner_unigrams: shingle("true"),
      bigram_max_size: { type: "length", min: 0, max: 16 },
      [stem]: { type: "stemmer", name: stemmer },
      [stop]: { type: "stop", stopwords: stopWords },
      ...(elision ? { [`${language}-elision`]: { type: "elision", articles_case: "true", articles: elision } } : {}),
    },
  };
}

function shingle(outputUnigrams: "true" | "false"): Record<string, unknown> {
  return { type: "shingle", token_separator: "", max_shingle_size: 2, output_unigrams: outputUnigrams };
}
