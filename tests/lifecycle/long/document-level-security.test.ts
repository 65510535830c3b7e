// Document-level security over a connector's life: switched on, with another index, off, and on again.

import { type Declared, engines, openStage, type Stage } from "../../support/stage";

describe.each(engines)("on the %s engine", (engine) => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage({ engine });
  });
  afterAll(() => stage.close());

  const program = (index: string, secured: boolean): Declared[] => [
    {
      kind: "ContentConnector",
      name: "wiki",
      args: {
        serviceType: "confluence",
        documentLevelSecurity: secured,
        index: { name: index },
        configuration: {
          data_source: "confluence_cloud",
          account_email: "jane@example.com",
          api_token: "token",
          confluence_url: "https://wiki.example",
          spaces: "*",
        },
      },
    },
  ];
  const acl = () => stage.server.control.store.indices().filter((name) => name.startsWith(".search-acl-filter-"));
  const setting = () => {
    const { configuration } = stage.server.control.store.connectors()[0]?.source ?? {};
    return (configuration as Record<string, { value: unknown }>).use_document_level_security?.value;
  };

  test("each step settles, and leaves just the access-control index of the present index", async () => {
    await stage.deploy(program("one", true));
    expect([acl(), setting()]).toEqual([[".search-acl-filter-one"], true]);
    await stage.settled();

    // As a service does when it finds none.
    expect((await stage.request("PUT", "/.search-acl-filter-two/_doc/jane", { query: {} })).status).toBe(201);
    await stage.deploy(program("two", true));
    expect(acl()).toEqual([".search-acl-filter-two"]);
    await stage.settled();

    await stage.deploy(program("two", false));
    expect([acl(), setting()]).toEqual([[], false]);
    await stage.settled();

    await stage.deploy(program("two", true));
    expect([acl(), setting()]).toEqual([[".search-acl-filter-two"], true]);
    expect((await stage.destroy()).ok).toBe(true);
    expect(stage.server.control.store.indices().filter((name) => !name.startsWith(".elastic"))).toEqual([]);
  });
});
