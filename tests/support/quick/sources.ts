// TypeScript sources as a process of their own would load them: every realm has its modules anew, and its own globals.

import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { transformSync } from "@swc/core";

export const ROOT = join(__dirname, "../../..");

/** Compiled JavaScript of a file of this repository. */
export function compiled(path: string): string {
  const known = texts.get(path);
  if (known !== undefined) {
    return known;
  }
  const source = readFileSync(path, "utf8");
  const { code } = transformSync(source, {
    filename: path,
    jsc: { target: "es2022", parser: { syntax: path.endsWith(".ts") ? "typescript" : "ecmascript" } },
    module: { type: "commonjs" },
    sourceMaps: "inline",
  });
  texts.set(path, code);
  return code;
}

export interface RealmOptions {
  /** Names that every module sees instead of the global ones. */
  globals: Record<string, unknown>;
  /** What `require` answers for these names. */
  modules: Record<string, unknown>;
  /** Whether a file belongs to the realm; others are shared by all. */
  owns(path: string): boolean;
}

export interface Realm {
  load(path: string): unknown;
  /** Runs a text as a module. */
  evaluate(text: string): unknown;
}

export function createRealm({ globals, modules, owns }: RealmOptions): Realm {
  const loaded = new Map<string, { exports: unknown }>();
  const names = Object.keys(globals);

  function load(path: string): unknown {
    const found = loaded.get(path);
    if (found) {
      return found.exports;
    }
    const module = { exports: {} };
    loaded.set(path, module);
    run(factoryOf(path, names), module, path);
    return module.exports;
  }

  function run(factory: Factory, module: { exports: unknown }, path: string): void {
    const own = (request: string) => required(request, path);
    factory(module.exports, own, module, path, dirname(path), ...Object.values(globals));
  }

  function required(request: string, from: string): unknown {
    if (Object.hasOwn(modules, request)) {
      return modules[request];
    }
    const path = located(request, from);
    return owns(path) && !path.endsWith(".json") ? load(path) : require(path);
  }

  return {
    load,
    evaluate(text) {
      const module = { exports: {} };
      run(factory(text, names), module, join(ROOT, "x"));
      return module.exports;
    },
  };
}

type Factory = (...values: unknown[]) => void;

const texts = new Map<string, string>();
const factories = new Map<string, Factory>();

function factoryOf(path: string, names: string[]): Factory {
  const key = [path, ...names].join();
  const known = factories.get(key) ?? factory(compiled(path), names);
  factories.set(key, known);
  return known;
}

function factory(code: string, names: string[]): Factory {
  return new Function("exports", "require", "module", "__filename", "__dirname", ...names, code) as Factory;
}

function located(request: string, from: string): string {
  if (request.startsWith(".")) {
    const base = join(dirname(from), request);
    const found = [base, `${base}.ts`, join(base, "index.ts"), `${base}.js`, join(base, "index.js")].find(isFile);
    if (found !== undefined) {
      return found;
    }
  }
  return createRequire(from).resolve(request);
}

function isFile(path: string): boolean {
  return /\.\w+$/.test(path) && existsSync(path);
}
