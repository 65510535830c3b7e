import type { Profile } from "../profile";
import type { Handler } from "./call";

export type Method = "GET" | "HEAD" | "POST" | "PUT" | "DELETE";

/** One line of the route table. `when` leaves a route out of the versions that lack it. */
export interface Route {
  readonly methods: readonly Method[];
  readonly path: string;
  readonly handler: Handler;
  readonly when?: ((profile: Profile) => boolean) | undefined;
}

export interface Match {
  readonly handler: Handler;
  readonly params: Record<string, string>;
}

export interface Router {
  /** The handler for a request, or the methods that its path knows (none: the path is unknown). */
  find(method: string, path: string): Match | { readonly allowed: readonly string[] };
}

interface Compiled {
  readonly route: Route;
  readonly segments: readonly string[];
}

export function createRouter(routes: readonly Route[], profile: Profile): Router {
  const bySize = new Map<number, Compiled[]>();
  for (const route of routes.filter((each) => each.when === undefined || each.when(profile))) {
    const segments = split(route.path);
    const same = bySize.get(segments.length) ?? [];
    same.push({ route, segments });
    bySize.set(segments.length, same);
  }
  for (const same of bySize.values()) same.sort(byLiterals);

  return {
    find(method, path) {
      const segments = split(path);
      const candidates = (bySize.get(segments.length) ?? []).filter((each) => fits(each.segments, segments));
      const found = candidates.find((each) => (each.route.methods as readonly string[]).includes(method));
      if (found === undefined) return { allowed: [...new Set(candidates.flatMap((each) => each.route.methods))] };
      return { handler: found.route.handler, params: paramsOf(found.segments, segments) };
    },
  };
}

/** Empty segments in the middle count (an empty id reaches its handler), trailing slashes don't. */
function split(path: string): string[] {
  const trimmed = path.replace(/^\//, "").replace(/\/+$/, "");
  return trimmed === "" ? [] : trimmed.split("/");
}

function fits(pattern: readonly string[], segments: readonly string[]): boolean {
  return pattern.every((part, index) => part.startsWith("{") || part === segments[index]);
}

function paramsOf(pattern: readonly string[], segments: readonly string[]): Record<string, string> {
  const params: Record<string, string> = {};
  for (const [index, part] of pattern.entries()) {
    if (part.startsWith("{")) params[part.slice(1, -1)] = decodeURIComponent(segments[index] ?? "");
  }
  return params;
}

/** Literal segments win over parameters, the leftmost deciding. */
function byLiterals(a: Compiled, b: Compiled): number {
  for (const [index, part] of a.segments.entries()) {
    const difference = Number(part.startsWith("{")) - Number(b.segments[index]?.startsWith("{") ?? false);
    if (difference !== 0) return difference;
  }
  return 0;
}
