// Programs in a thread that is started once, instead of a process for each.

import { join } from "node:path";
import { Worker } from "node:worker_threads";
import type { Child, Exit } from "../../../embedded/engine/children";
import { entryOf } from "../../../embedded/engine/environment";
import type { ProgramOptions } from "../../../embedded/engine/program";
import type { Done, Job } from "./thread";

/** Programs run one at a time: one waits until that before it has ended or was given up. */
export function startProgram(options: ProgramOptions): Child {
  const { program, onLine: _, ...rest } = options;
  const before = last;
  let finish: (exit: Exit) => void = () => {};
  const exited = new Promise<Exit>((resolve) => {
    finish = resolve;
  });
  last = exited;
  before.then(async () => {
    const code = await run({ ...rest, entry: join(program, entryOf(program)) });
    finish({ code, signal: null });
  });
  const end = async (): Promise<void> => finish({ code: null, signal: "SIGTERM" });
  return { exited, end, kill: () => void end() };
}

export async function endThread(): Promise<void> {
  await thread?.terminate();
  thread = undefined;
}

let last: Promise<unknown> = Promise.resolve();
let thread: Worker | undefined;
let jobs = 0;

function run(options: Omit<Job, "number">): Promise<number> {
  thread ??= startThread();
  const worker = thread;
  const number = ++jobs;
  return new Promise((resolve, reject) => {
    const listener = (done: Done): void => {
      if (done.number !== number) return;
      worker.off("message", listener);
      worker.off("error", reject);
      worker.unref();
      resolve(done.code);
    };
    worker.on("message", listener);
    worker.once("error", reject);
    worker.ref();
    worker.postMessage({ ...options, number });
  });
}

function startThread(): Worker {
  const worker = new Worker(BOOT, { eval: true, workerData: join(__dirname, "thread.ts") });
  // One for each program that waits for its turn.
  worker.setMaxListeners(0);
  return worker;
}

const BOOT = `
  require(${JSON.stringify(join(__dirname, "../lean.js"))});
  const { readFileSync } = require("node:fs");
  const { transformSync } = require("@swc/core");
  const Module = require("node:module");
  const options = { jsc: { target: "es2022", parser: { syntax: "typescript" } }, module: { type: "commonjs" } };
  Module._extensions[".ts"] = (module, file) => module._compile(transformSync(readFileSync(file, "utf8"), options).code, file);
  require(require("node:worker_threads").workerData);
`;
