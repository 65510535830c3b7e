// Programs in a thread that is started once, instead of a process for each.

import { join } from "node:path";
import { Worker } from "node:worker_threads";
import type { Child, Exit } from "../../../embedded/engine/children";
import { entryOf } from "../../../embedded/engine/environment";
import type { ProgramOptions } from "../../../embedded/engine/program";
import type { Done, GiveUp, Job } from "./thread";

/** Programs run one at a time: one waits until that before it has ended or was given up. */
export function startProgram(options: ProgramOptions): Child {
  const { program, onLine: _, ...rest } = options;
  const number = ++jobs;
  let finish: (exit: Exit) => void = () => {};
  const exited = new Promise<Exit>((resolve) => {
    finish = resolve;
  });
  last = last.then(() => {
    run({ ...rest, number, entry: join(program, entryOf(program)) }, finish);
    return exited;
  });
  const giveUp = (): void => {
    thread?.postMessage({ giveUp: number } satisfies GiveUp);
    finish({ code: null, signal: "SIGTERM" });
  };
  return { exited, end: async () => giveUp(), kill: giveUp };
}

export async function endThread(): Promise<void> {
  await thread?.terminate();
  thread = undefined;
}

let last: Promise<unknown> = Promise.resolve();
let thread: Worker | undefined;
let jobs = 0;
const finishing = new Map<number, (exit: Exit) => void>();

function run(job: Job, finish: (exit: Exit) => void): void {
  thread ??= startThread();
  finishing.set(job.number, finish);
  thread.ref();
  thread.postMessage(job);
}

function startThread(): Worker {
  const worker = new Worker(BOOT, { eval: true, workerData: join(__dirname, "thread.ts") });
  // One for each program that waits for its turn.
  worker.setMaxListeners(0);
  worker.on("message", ({ number, code }: Done) => {
    finishing.get(number)?.({ code, signal: null });
    finishing.delete(number);
    worker.unref();
  });
  worker.on("error", (error) => {
    for (const finish of finishing.values()) finish({ code: 1, signal: null });
    process.stderr.write(`${error.stack}\n`);
  });
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
