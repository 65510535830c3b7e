// Values as TypeScript, laid out as formatters do: on one line where it fits, else a member a line.

/** Source text that stands for itself. */
export class Expression {
  constructor(readonly text: string) {}
}

const WIDTH = 120;
const STEP = "  ";

/** A value that begins at a column of its line and is followed there by some more characters. */
export function source(value: unknown, indent: string, column: number, after: number): string {
  const flat = oneLine(value);
  if (flat !== undefined && column + flat.length + after <= WIDTH) {
    return flat;
  }
  const inner = indent + STEP;
  if (Array.isArray(value) && value.length > 0) {
    const members = value.map((item) => `${inner}${source(item, inner, inner.length, 1)},\n`);
    return `[\n${members.join("")}${indent}]`;
  }
  if (isObject(value) && Object.keys(value).length > 0) {
    const members = Object.entries(value).map(([key, item]) => `${inner}${member(propertyName(key), item, inner)},\n`);
    return `{\n${members.join("")}${indent}}`;
  }
  return flat ?? literal(value);
}

/** A text without line ends or anything that could make it look other than it is. */
export function comment(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, " ").trim();
}

function member(name: string, value: unknown, indent: string): string {
  const head = `${name}: `;
  const column = indent.length + head.length;
  const text = source(value, indent, column, 1);
  // A text that is too long moves to a line of its own, where it gains by that.
  const moves = typeof value === "string" && column + text.length + 1 > WIDTH && name.length > 4;
  return moves ? `${name}:\n${indent}${STEP}${text}` : `${head}${text}`;
}

function oneLine(value: unknown): string | undefined {
  if (Array.isArray(value)) {
    const members = value.map(oneLine);
    const many = value.length > 1 && value.every((item) => isObject(item) && Object.keys(item).length > 1);
    const nested = value.length > 1 && value.every((item) => Array.isArray(item) && item.length > 1);
    return many || nested || members.includes(undefined) ? undefined : `[${members.join(", ")}]`;
  }
  if (isObject(value)) {
    const members = Object.entries(value).map(([key, item]) => [propertyName(key), oneLine(item)] as const);
    if (members.some(([, text]) => text === undefined)) {
      return undefined;
    }
    return members.length > 0 ? `{ ${members.map(([key, text]) => `${key}: ${text}`).join(", ")} }` : "{}";
  }
  return literal(value);
}

function literal(value: unknown): string {
  return value instanceof Expression ? value.text : typeof value === "string" ? quoted(value) : JSON.stringify(value);
}

function propertyName(key: string): string {
  // An object literal takes this name for its prototype.
  if (key === "__proto__") {
    return '["__proto__"]';
  }
  return /^[A-Za-z_$][\w$]*$/.test(key) ? key : quoted(key);
}

/** In the quotes that need fewer escapes; what nobody sees is escaped, so that the text is what it looks like. */
export function quoted(text: string): string {
  const double = JSON.stringify(text);
  const count = (quote: string) => text.split(quote).length - 1;
  const safe = double.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cn}]/gu, escaped);
  return count('"') > count("'") ? `'${safe.slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'` : safe;
}

function escaped(character: string): string {
  return character
    .split("")
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)
    .join("");
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Expression);
}
