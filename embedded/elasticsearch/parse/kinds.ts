import { contentParseException, illegalArgument } from "../errors";
import { isObject, type JsonObject } from "../json";
import { type Kind, type Parsed, type ParserOptions, parseObject, type Shape } from "./object-parser";

export const string: Kind<string> = { tokens: ["VALUE_STRING"], parse: (value) => value as string };

/** Numbers and booleans are taken as their text, as lenient string readers do. */
export const text: Kind<string> = {
  tokens: ["VALUE_STRING", "VALUE_NUMBER", "VALUE_BOOLEAN"],
  parse: (value) => String(value),
};

export const boolean: Kind<boolean> = {
  tokens: ["VALUE_BOOLEAN", "VALUE_STRING"],
  parse(value) {
    if (value === true || value === "true") return true;
    if (value === false || value === "false") return false;
    throw illegalArgument(`Failed to parse value [${String(value)}] as only [true] or [false] are allowed.`);
  },
};

/** Fractions are cut off, and text that holds a number is taken, as lenient number readers do. */
export const integer: Kind<number> = {
  tokens: ["VALUE_NUMBER", "VALUE_STRING"],
  parse(value) {
    const number = typeof value === "string" && value.trim() === "" ? Number.NaN : Number(value);
    if (Number.isNaN(number)) throw illegalArgument(`For input string: "${String(value)}"`);
    return Math.trunc(number);
  },
};

export const object: Kind<JsonObject> = { tokens: ["START_OBJECT"], parse: (value) => value as JsonObject };

/** A list of strings; a single string counts as a list of one. */
export const strings: Kind<string[]> = {
  tokens: ["START_ARRAY", "VALUE_STRING"],
  parse(value) {
    const items = Array.isArray(value) ? value : [value];
    for (const item of items) {
      if (typeof item !== "string") throw contentParseException("expected a list of strings");
    }
    return items as string[];
  },
};

export function nullable<T>(kind: Kind<T>): Kind<T | null> {
  return {
    tokens: [...kind.tokens, "VALUE_NULL"],
    parse: (value, body) => (value === null ? null : kind.parse(value, body)),
  };
}

/** One of a few words, in any case; what it answers is the word as declared. */
export function word<T extends string>(what: string, words: readonly T[]): Kind<T> {
  return {
    tokens: ["VALUE_STRING"],
    parse(value) {
      const found = words.find((each) => each.toLowerCase() === String(value).toLowerCase());
      if (found === undefined) throw illegalArgument(`Unknown ${what} [${String(value)}].`);
      return found;
    },
  };
}

export function nested<S extends Shape>(parser: string, shape: S, options: ParserOptions = {}): Kind<Parsed<S>> {
  return { tokens: ["START_OBJECT"], parse: (value, body) => parseObject(parser, value, shape, body, options) };
}

/** A list of objects; a single object counts as a list of one. */
export function listOf<T>(item: Kind<T>): Kind<T[]> {
  return {
    tokens: ["START_ARRAY", "START_OBJECT"],
    parse(value, body) {
      const items = Array.isArray(value) ? value : [value];
      return items.map((each) => {
        if (!isObject(each))
          throw contentParseException("Failed to parse list: expecting token of type [START_OBJECT]");
        return item.parse(each, body);
      });
    },
  };
}

/** A string that must be a date and time, kept as it was written. */
export const dateTime: Kind<string> = {
  tokens: ["VALUE_STRING"],
  parse(value) {
    const text = String(value);
    if (
      !/^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})?)?$/.test(text) ||
      Number.isNaN(Date.parse(text))
    ) {
      throw illegalArgument(`failed to parse date field [${text}] with format [strict_date_optional_time]`);
    }
    return text;
  },
};
