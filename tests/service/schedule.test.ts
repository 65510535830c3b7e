import { LETTERS, startLetters } from "./letters";
import { playScene } from "./scene";
import { journey } from "./under-test";
import { until } from "./until";

/** The service fires once a minute at most, and misses a minute that begins in the middle of one of its rounds. */
const THREE_MINUTES = 190_000;

journey("a schedule: the service makes the job itself, and runs it", (service) =>
  playScene(service, async (scene) => {
    await startLetters(scene, { count: 3 });
    const scheduling = { full: { enabled: true, interval: "0 * * * * ?" } };
    expect((await scene.request("PUT", "/_connector/letters/_scheduling", { scheduling })).status).toBe(200);
    const job = await until("a job by schedule", () => scene.server.control.store.syncJobs()[0], THREE_MINUTES);
    expect(job.source).toMatchObject({ trigger_method: "scheduled", job_type: "full" });
    await scene.reached(job.id, "completed");
    expect(scene.documents(LETTERS).size).toBe(3);
    expect((await scene.connector("letters")).last_sync_scheduled_at).toEqual(expect.any(String));
  }),
);
