import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { locked } from "../../embedded/engine/lock";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "pec-lock-"));
  writeFileSync(join(folder, "state.json.lock"), "4711");
});
afterEach(() => {
  jest.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

test.each([
  ["is refused while its process lives, another user's included", "EPERM", "refused"],
  ["is taken over when its process is gone", "ESRCH", "done"],
])("a lock %s", async (_, code, end) => {
  jest.spyOn(process, "kill").mockImplementation(() => {
    throw Object.assign(new Error(code), { code });
  });
  const work = locked(join(folder, "state.json"), async () => "done");
  const refusal = /locked by process 4711, since .* What to do: wait .*'kill -INT 4711'.*delete .*state\.json\.lock/;
  if (end === "refused") await expect(work).rejects.toThrow(refusal);
  else expect(await work).toBe(end);
});
