import { isPlain } from "./merge";

/**
 * A value as a YAML document in block style, for readers of YAML 1.1 and 1.2 alike. Texts are always quoted, so that none
 * of them can mean something else. `$` is escaped: the connectors service would take it for a variable of its environment.
 */
export function toYaml(value: Record<string, unknown>): string {
  return `${linesOf(value).join("\n")}\n`;
}

function linesOf(value: unknown): string[] {
  if (Array.isArray(value) && value.length > 0) {
    return value.flatMap((item) => linesOf(item).map((line, i) => (i === 0 ? `- ${line}` : `  ${line}`)));
  }
  const members = isPlain(value) ? membersOf(value) : [];
  if (members.length === 0) {
    return [scalar(value)];
  }
  return members.flatMap(([name, member]) => {
    const lines = linesOf(member);
    return spansLines(member)
      ? [`${keyed(name)}:`, ...lines.map((line) => `  ${line}`)]
      : [`${keyed(name)}: ${lines[0]}`];
  });
}

function spansLines(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : isPlain(value) && membersOf(value).length > 0;
}

function membersOf(value: Record<string, unknown>): [string, unknown][] {
  return Object.entries(value).filter(([, member]) => member !== undefined);
}

function scalar(value: unknown): string {
  switch (typeof value) {
    case "string":
      return quoted(value);
    case "boolean":
      return String(value);
    case "number":
      return decimal(value);
    default:
      if (value === null || value === undefined) {
        return "null";
      }
      if (Array.isArray(value)) {
        return "[]";
      }
      if (isPlain(value)) {
        return "{}";
      }
      throw new TypeError(`a ${typeof value} that is no plain object can't be written to a configuration file`);
  }
}

/** YAML 1.1 takes a number with an exponent but without a point for a text. */
function decimal(value: number): string {
  if (!Number.isFinite(value)) {
    throw new TypeError(`${value} can't be written to a configuration file`);
  }
  return String(value).replace(/^(-?\d+)e/, "$1.0e");
}

function keyed(name: string): string {
  const plain = /^[a-z_][\w.-]*$/i.test(name) && !/^(y|n|yes|no|on|off|true|false|null)$/i.test(name);
  return plain ? name : quoted(name);
}

/** JSON's quotes, with escapes for what YAML doesn't allow, or would fold, in a quoted text as well. */
function quoted(text: string): string {
  return JSON.stringify(text).replace(/[$\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cn}]/gu, escaped);
}

function escaped(character: string): string {
  const code = (character.codePointAt(0) ?? 0).toString(16);
  return code.length > 4 ? `\\U${code.padStart(8, "0")}` : `\\u${code.padStart(4, "0")}`;
}
