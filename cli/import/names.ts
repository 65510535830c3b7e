/** Names for one connector's resources: the logical one that all share, and what their constants begin with. */
export interface Names {
  logical: string;
  /** A constant of the program: `moviesIndex`. */
  constant(kind: "Index" | "Key" | "Secret" | "Connector"): string;
  /** A setting of the stack: `moviesPassword`. */
  setting(path: string): string;
}

const LONGEST = 30;

/** Gives out names, each once, in ASCII whatever the texts are that they come from. */
export function naming(): (text: string) => Names {
  const taken = new Set<string>();
  const settings = new Set<string>();
  return (text) => {
    const base = words(text).join("-").slice(0, LONGEST).replace(/-$/, "") || "connector";
    const logical = unique(base, "-", (name) => !taken.has(camel(name)));
    taken.add(camel(logical));
    return {
      logical,
      constant: (kind) => `${camel(logical)}${kind}`,
      setting(path) {
        const key = unique(camel(`${logical}-${words(path).join("-")}`), "", (name) => !settings.has(name));
        settings.add(key);
        return key;
      },
    };
  };
}

function unique(base: string, between: string, isFree: (name: string) => boolean): string {
  for (let number = 1; ; number++) {
    const name = number === 1 ? base : `${base}${between}${number}`;
    if (isFree(name)) {
      return name;
    }
  }
}

/** Lower-case words of letters and digits; accents go. */
function words(text: string): string[] {
  return text
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== "");
}

function camel(name: string): string {
  const joined = name.replace(/-+([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
  return /^[0-9]/.test(joined) ? `connector${joined}` : joined;
}
