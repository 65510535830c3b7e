// What a reviewer reads after somebody has changed things, on the engines themselves.

import { type Declared, engines, failure, openStage, planOf, type Stage } from "../../support/stage";

describe.each(engines)("drift on the %s engine", (engine) => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage({ engine });
  });
  afterAll(() => stage.close());

  const program: Declared[] = [
    {
      kind: "Connector",
      name: "films",
      args: {
        connectorId: "films",
        serviceType: "mongodb",
        configuration: {
          host: "mongodb://one.example",
          database: "films",
          collection: "movies",
          password: "canary-ours",
        },
        scheduling: { full: { enabled: true, interval: "0 0 2 * * ?" } },
      },
    },
    { kind: "Index", name: "films", args: { name: "search-films", settings: { refresh_interval: "5s" } } },
  ];

  test("is named with its path and both values, secrets masked, and repaired by up", async () => {
    await stage.deploy(program);
    const theirs = [
      ["/_connector/films/_scheduling", { scheduling: { full: { enabled: true, interval: "0 0 9 * * ?" } } }],
      ["/_connector/films/_configuration", { values: { password: "canary-theirs" } }],
      ["/search-films/_settings", { refresh_interval: "60s" }],
      ["/search-films/_settings", { number_of_replicas: 0 }],
    ] as const;
    for (const [path, body] of theirs) {
      expect((await stage.request("PUT", path, body)).status).toBe(200);
    }
    const seen = await stage.preview({ refresh: true });
    expect(failure(seen)).toBe("");
    expect(planOf(seen)).toEqual([
      "refresh Connector films: configuration.password, scheduling.full.interval",
      "refresh Index films: settings.refresh_interval",
      "update Connector films: configuration.password, scheduling.full.interval",
      "update Index films: settings.refresh_interval",
    ]);
    const repairs = seen.steps.filter(({ op }) => op === "update").flatMap(({ changes }) => changes);
    expect(repairs.map(({ path, old, new: next }) => [path, old, next]).sort()).toEqual([
      ["configuration.password", "[secret]", "[secret]"],
      ["scheduling.full.interval", "0 0 9 * * ?", "0 0 2 * * ?"],
      ["settings.refresh_interval", "60s", "5s"],
    ]);

    expect(failure(await stage.up({ refresh: true }))).toBe("");
    expect(stage.writes().sort()).toEqual([
      "PUT /_connector/films/_configuration",
      "PUT /_connector/films/_scheduling",
      "PUT /search-films/_settings",
    ]);
    const quiet = await stage.preview({ refresh: true });
    expect([failure(quiet), planOf(quiet)]).toEqual(["", []]);
    expect(stage.transcript()).not.toContain("canary");
  });
});
