// Preloaded, so that a test can end a provider's process: notes which processes are providers.
if (/dynamic-provider/.test(process.argv[1] ?? "")) {
  require("node:fs").appendFileSync(process.env.PROVIDER_PIDS, `${process.pid}\n`);
}
