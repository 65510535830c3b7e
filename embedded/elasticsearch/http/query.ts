import { illegalArgument } from "../errors";
import { closest } from "../parse/suggestions";

/** Parameters that shape every answer; no handler has to know them. */
const responseParameters = ["pretty", "human", "error_trace", "filter_path", "format"];

/** Query parameters that remember which of them were asked for: those left over are refused. */
export interface Query {
  text(name: string): string | undefined;
  flag(name: string, byDefault: boolean): boolean;
  integer(name: string, byDefault: number): number;
  list(name: string): string[];
  /** Parameters that a handler accepts without acting on them. */
  accept(...names: string[]): void;
  /** Throws for parameters that nobody asked for. */
  refuseUnknown(path: string): void;
}

export function queryOf(parameters: URLSearchParams): Query {
  const asked = new Set(responseParameters);

  function text(name: string): string | undefined {
    asked.add(name);
    return parameters.getAll(name).at(-1);
  }

  return {
    text,
    flag(name, byDefault) {
      const value = text(name);
      if (value === undefined) return byDefault;
      if (value === "" || value === "true") return true;
      if (value === "false") return false;
      throw illegalArgument(`Failed to parse value [${value}] as only [true] or [false] are allowed.`);
    },
    integer(name, byDefault) {
      const value = text(name);
      if (value === undefined) return byDefault;
      if (!/^[+-]?\d+$/.test(value))
        throw illegalArgument(`Failed to parse int parameter [${name}] with value [${value}]`);
      return Number(value);
    },
    list: (name) => (text(name) ?? "").split(",").filter((item) => item !== ""),
    accept(...names) {
      for (const name of names) asked.add(name);
    },
    refuseUnknown(path) {
      const unknown = [...new Set(parameters.keys())].filter((name) => !asked.has(name)).sort();
      if (unknown.length === 0) return;
      const described = unknown.map((name) => `[${name}]${suggestion(closest(name, asked))}`).join(", ");
      const noun = unknown.length === 1 ? "parameter" : "parameters";
      throw illegalArgument(`request [${path}] contains unrecognized ${noun}: ${described}`);
    },
  };
}

function suggestion(near: readonly string[]): string {
  if (near.length === 0) return "";
  return near.length === 1 ? ` -> did you mean [${near[0]}]?` : ` -> did you mean any of [${near.join(", ")}]?`;
}
