import { contentParseException, ElasticsearchError, parseException } from "../errors";
import { isObject, type Json, type JsonObject } from "../json";
import { type Parsed, type ParserOptions, parseObject, type Shape } from "../parse/object-parser";

/** A request body, read on demand: a handler that doesn't read it refuses requests that carry one. */
export interface Body {
  readonly present: boolean;
  readonly wasRead: boolean;
  /** The raw text, for newline-delimited bodies and for positions in messages. */
  text(): string;
  /** The body as any JSON value. A missing body is refused. */
  json(): Json;
  /** The body as an object. A missing body is refused. */
  object(): JsonObject;
  /** As `object`, with a missing body counting as `{}`. */
  objectIfPresent(): JsonObject;
  /** Reads the object with a strict parser. */
  parse<S extends Shape>(parser: string, shape: S): Parsed<S>;
  parseIfPresent<S extends Shape>(parser: string, shape: S): Parsed<S>;
}

export function bodyOf(bytes: Buffer, options: ParserOptions = {}): Body {
  let wasRead = false;
  const raw = bytes.toString("utf8");

  function text(): string {
    wasRead = true;
    return raw;
  }
  function json(): Json {
    if (bytes.length === 0) throw parseException("request body is required");
    return parseJson(text());
  }
  function object(): JsonObject {
    const value = json();
    if (!isObject(value)) {
      const found = Array.isArray(value) ? "START_ARRAY" : "a scalar";
      throw parseException(`Failed to parse object: expecting token of type [START_OBJECT] but found [${found}]`);
    }
    return value;
  }
  function objectIfPresent(): JsonObject {
    return bytes.length === 0 ? {} : object();
  }

  return {
    present: bytes.length > 0,
    get wasRead() {
      return wasRead;
    },
    text,
    json,
    object,
    objectIfPresent,
    parse: (parser, shape) => parseObject(parser, json(), shape, raw, options),
    parseIfPresent: (parser, shape) => parseObject(parser, bytes.length === 0 ? {} : json(), shape, raw, options),
  };
}

export function parseJson(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch (error) {
    throw syntaxError(text, error instanceof Error ? error.message : "");
  }
}

function syntaxError(text: string, message: string): ElasticsearchError {
  if (/end of JSON input|Unterminated string/.test(message)) {
    const where = at(text, text.length);
    return new ElasticsearchError(400, "x_content_e_o_f_exception", `${where} Unexpected end-of-input`);
  }
  const offset = /position (\d+)/.exec(message)?.[1];
  const token = /Unexpected token '?(.)/.exec(message)?.[1];
  const index = offset === undefined ? Math.max(0, text.indexOf(token ?? "")) : Number(offset);
  const character = text[index] ?? "?";
  const code = character.charCodeAt(0);
  return contentParseException(
    `${at(text, index)} Unexpected character ('${character}' (code ${code})): was expecting a valid JSON value`,
  );
}

function at(text: string, index: number): string {
  const before = text.slice(0, index);
  return `[${before.split("\n").length}:${index - before.lastIndexOf("\n")}]`;
}
