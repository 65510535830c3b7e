// Preloaded, so that a test can end processes: notes which ones are providers and, where all are asked for, each process
// with its parent.
const { appendFileSync } = require("node:fs");
if (/dynamic-provider/.test(process.argv[1] ?? "")) appendFileSync(process.env.PROVIDER_PIDS, `${process.pid}\n`);
if (process.env.ALL_PIDS) appendFileSync(process.env.ALL_PIDS, `${process.pid}\n${process.ppid}\n`);
