import { LETTERS, letterIds, runLetters, startLetters } from "./letters";
import { playScene, type Scene } from "./scene";
import { journey } from "./under-test";
import { until } from "./until";

/** More letters than any test waits for. */
const ENDLESS = { count: 1_000_000, pause: 20 };

journey("a running sync is cancelled, and the next one runs", (service) =>
  playScene(service, async (scene) => {
    await startLetters(scene, ENDLESS);
    const job = await scene.order("letters");
    await running(scene, job);
    expect((await scene.request("PUT", `/_connector/_sync_job/${job}/_cancel`)).status).toBe(200);
    expect(await scene.job(job)).toMatchObject({ status: "canceling" });
    const canceled = await scene.reached(job, "canceled");
    expect(canceled).toMatchObject({ completed_at: expect.any(String), canceled_at: expect.any(String), error: null });
    await lastSync(scene, "canceled");

    await scene.request("PUT", "/_connector/letters/_configuration", { values: { count: 4, pause: 0 } });
    await scene.status("letters", "connected");
    await scene.sync("letters");
    expect(letterIds(scene)).toEqual(["letter-0", "letter-1", "letter-2", "letter-3"]);
  }),
);

journey("a service that is stopped in the middle of a sync suspends it, and the next one takes it up", (service) =>
  playScene(service, async (scene) => {
    const first = await startLetters(scene, { count: 300, pause: 20 });
    const job = await scene.order("letters");
    await running(scene, job);
    expect(await first.stop()).toBe(0);
    expect(await scene.job(job)).toMatchObject({ status: "suspended" });
    await lastSync(scene, "suspended");

    await runLetters(scene);
    await until("the end of the job", async () => (await scene.job(job)).status === "completed", 60_000);
    expect(scene.documents(LETTERS).size).toBe(300);
  }),
);

journey(
  "a job whose service was killed is ended by the next service once it has been idle for long enough",
  (service) =>
    playScene(service, async (scene) => {
      const first = await startLetters(scene, ENDLESS);
      const job = await scene.order("letters");
      await running(scene, job);
      await first.kill();
      expect(await scene.job(job)).toMatchObject({ status: "in_progress" });

      scene.server.control.advanceClock(6 * 60_000);
      await runLetters(scene);
      const ended = await scene.reached(job, "error");
      expect(ended).toMatchObject({ error: "The job has not seen any update for some time." });
      await lastSync(scene, "error", "error");
    }),
);

/** Waits until the service has claimed the job and has begun to read letters. */
async function running(scene: Scene, job: string): Promise<void> {
  await scene.reached(job, "in_progress");
  const scanned = /^\/search-letters(\/|$|\?)/;
  await until("the first look at the content index", () =>
    scene.server.control.requests.some(({ method, path }) => method === "HEAD" && scanned.test(path)),
  );
}

async function lastSync(scene: Scene, status: string, of = "connected"): Promise<void> {
  const connector = await until(`last sync ${status}`, async () => {
    const now = await scene.connector("letters");
    return now.last_sync_status === status && now;
  });
  expect(connector).toMatchObject({ status: of });
}
