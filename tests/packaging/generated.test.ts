import { ROOT, run } from "../support/processes";

test("what is generated from the schemas and the catalogue is up to date", async () => {
  const { code, stderr } = await run(process.execPath, ["scripts/generate.mjs", "--check"], ROOT);
  expect(stderr).toBe("");
  expect(code).toBe(0);
});
