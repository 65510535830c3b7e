// Connectors that others have made, and the end of those that are ours, as the engine tells and does it.

import { act, documentOf } from "../support/connectors";
import { type Declared, engines, failure, openStage, planOf, refusal, type Stage } from "../support/stage";

const MONGODB = { host: "mongodb://one.example", database: "films", collection: "movies" };

describe.each(engines)("on the %s engine", (engine) => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage({ engine, quick: engine === "embedded" });
    const { server } = stage;
    for (const id of ["theirs", "english"]) {
      await act(server, "PUT", `/_connector/${id}`, { name: "Theirs", service_type: "mongodb", language: "en" });
    }
    const fields = { ...MONGODB, user: "their-user", password: "their-password" };
    const configuration = Object.entries(fields).map(([name, value]) => [name, { label: name, value }]);
    await act(server, "PUT", "/_connector/theirs/_configuration", { configuration: Object.fromEntries(configuration) });
  });
  afterAll(() => stage.close());

  test("a preview lists what is taken over and changed, without secrets; up does it, and it settles", async () => {
    stage.declare([theirs]);
    const seen = await stage.preview();
    expect(failure(seen)).toBe("");
    expect(planOf(seen)).toEqual([expect.stringMatching(/^create Connector theirs/)]);
    const told = seen.diagnostics.map(({ message }) => message).join("\n");
    for (const line of [
      "Connector 'theirs': exists and is taken over, and changed: ",
      "name: 'Theirs' -> 'Ours'",
      "; configuration.host; configuration.password; ",
    ]) {
      expect(told).toContain(line);
    }
    expect(stage.writes()).toEqual([]);

    expect(failure(await stage.up())).toBe("");
    expect(stage.writes()).toEqual([
      "PUT /_connector/theirs/_features",
      "PUT /_connector/theirs/_name",
      "PUT /_connector/theirs/_configuration",
      "PUT /_connector/theirs/_pipeline",
    ]);
    expect(documentOf(stage.server, "theirs")).toMatchObject({
      name: "Ours",
      language: "en",
      configuration: { user: { value: "their-user" }, password: { value: "our-password" } },
    });
    await stage.settled();
    expect(stage.transcript()).not.toMatch(/their-password|our-password/);
  });

  test("what can't be made equal is refused, at the preview already", async () => {
    const german: Declared = {
      kind: "Connector",
      name: "german",
      args: { connectorId: "english", serviceType: "mongodb", adopt: true, language: "de" },
    };
    expect(await refusal(stage, theirs, german)).toContain("language: declared 'de', found 'en'");
    const { args: { connectorId: _, ...unnamed } = {}, ...rest } = german;
    expect(await refusal(stage, theirs, { ...rest, args: unnamed })).toContain(
      "connectorId: is required with adopt: it says which connector to take over",
    );
  });

  test("soft deletion leaves the marked document and the jobs, after it has cancelled what waits", async () => {
    const job = await waiting();
    expect(failure(await stage.destroy())).toBe("");
    expect(stage.writes()).toEqual([`PUT /_connector/_sync_job/${job}/_cancel`, "DELETE /_connector/theirs"]);
    expect(stage.transcript()).toContain("Connector 'theirs': cancelled 1 unfinished sync before deleting it");
    expect(documentOf(stage.server, "theirs")).toMatchObject({ deleted: true, name: "Ours" });
    expect(stage.server.control.store.syncJobs()).toMatchObject([{ id: job, source: { status: "canceled" } }]);
  });

  test("a connector that is marked as deleted is made anew, and then deleted for good", async () => {
    const { deletion: _, ...args } = theirs.args ?? {};
    await stage.deploy([{ ...theirs, args }]);
    expect(stage.writes()[0]).toBe("PUT /_connector/theirs");
    expect(documentOf(stage.server, "theirs")).toMatchObject({ deleted: false, name: "Ours" });
    expect(documentOf(stage.server, "theirs")).not.toHaveProperty("language");
    await waiting();
    expect(failure(await stage.destroy())).toBe("");
    expect(stage.writes().at(-1)).toBe("DELETE /_connector/theirs?delete_sync_jobs=true&hard=true");
    expect(documentOf(stage.server, "theirs")).toBeUndefined();
    expect(stage.server.control.store.syncJobs()).toEqual([]);
  });

  const theirs: Declared = {
    kind: "Connector",
    name: "theirs",
    args: {
      connectorId: "theirs",
      serviceType: "mongodb",
      adopt: true,
      deletion: "soft",
      name: "Ours",
      configuration: { ...MONGODB, host: "mongodb://two.example", password: "our-password" },
    },
  };

  async function waiting(): Promise<string> {
    const { server } = stage;
    await act(server, "PUT", "/_connector/theirs/_index_name", { index_name: "content-theirs" });
    const { id } = (await act(server, "POST", "/_connector/_sync_job", { id: "theirs" })) as { id: string };
    return id;
  }
});
