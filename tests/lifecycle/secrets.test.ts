// Secrets stay secrets: looked for in every spelling in all that the engine writes, shows and logs. Leaks that are made on
// purpose show that this would find one.

import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Answering, answering, info, json } from "../support/answers";
import { leaksIn } from "../support/canary";
import { type Declared, engines, failure, openStage, planOf, type Stage } from "../support/stage";

const canary = (name: string) => `${name} pä$$/"word" o'r \\so? &<tag> ${name.repeat(4)}`;
const PASSWORD = canary("password");
const DRIFTED = canary("drifted");
const CHANGED = canary("changed");
const NESTED = canary("nested");
const VALUE = canary("value");
const CANARIES = [PASSWORD, DRIFTED, CHANGED, NESTED, VALUE];

describe.each(engines)("on the %s engine", (engine) => {
  let stage: Stage;
  let echo: Answering;
  let folder: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "pec-log-"));
    stage = await openStage({ engine, config: { "elastic:debugLog": join(folder, "debug.log") } });
    // A server that repeats what it was sent in its complaint.
    echo = await answering((response, request, body) => {
      const complaint = { type: "parse_exception", reason: `failed to parse ${body}` };
      const answer = request.method === "GET" ? info("9.1.0") : json(400, { error: complaint, status: 400 });
      answer(response);
    });
  });
  afterAll(async () => {
    await stage.close();
    await echo.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const connector = (password: unknown, more: Record<string, unknown> = {}): Declared => ({
    kind: "Connector",
    name: "connector",
    args: {
      serviceType: "mongodb",
      description: { $secret: NESTED },
      configuration: { host: "h", database: "d", collection: "c", user: { $secret: NESTED }, password },
      ...more,
    },
  });
  const program = (password: unknown): Declared[] => [
    {
      kind: "ApiKey",
      name: "key",
      args: {
        name: "key",
        roleDescriptors: { none: { cluster: ["monitor"] } },
        metadata: { deep: { list: ["a"], token: { $secret: NESTED } } },
      },
    },
    { kind: "ConnectorSecret", name: "plain", args: { value: VALUE } },
    { kind: "ConnectorSecret", name: "stored", args: { value: { $ref: "key.encoded" } } },
    connector(password),
  ];
  const outputs = {
    configuration: { $ref: "connector.configuration" },
    encoded: { $ref: "key.encoded" },
    apiKey: { $ref: "key.apiKey" },
    value: { $ref: "plain.value" },
  };

  test("what is secret by its kind or by the user's word is nowhere to be read", async () => {
    // Declared as plain text: the service type knows that it is a password.
    await stage.deploy(program(PASSWORD), outputs);
    const stored = stage.server.control.store.connectors()[0]?.source;
    expect(stored).toMatchObject({ configuration: { password: { value: PASSWORD }, user: { value: NESTED } } });
    expect(await stage.stack.outputs()).toEqual({
      configuration: "[secret]",
      encoded: "[secret]",
      apiKey: "[secret]",
      value: "[secret]",
    });
    await expectNoLeak();
  });

  test("nor where it changes, behind our back or by the program", async () => {
    const { id = "" } = stage.server.control.store.connectors()[0] ?? {};
    await stage.request("PUT", `/_connector/${id}/_configuration`, { values: { password: DRIFTED } });
    stage.declare(program({ $secret: CHANGED }), outputs);
    const seen = await stage.preview({ refresh: true });
    expect(failure(seen)).toBe("");
    expect(planOf(seen)).toEqual([
      "refresh Connector connector: configuration.password",
      "update Connector connector: configuration.password",
    ]);
    expect(seen.steps.flatMap(({ changes }) => changes)).toMatchObject([
      { old: "[secret]", new: "[secret]" },
      { old: "[secret]", new: "[secret]" },
    ]);
    await expectNoLeak();
  });

  test("nor where a check refuses it", async () => {
    stage.declare([
      connector(CHANGED, {
        name: [{ $secret: VALUE }],
        configuration: { host: "h", password: { deep: { $secret: PASSWORD } } },
        scheduling: { full: { enabled: { $secret: NESTED }, interval: { $secret: NESTED } } },
      }),
    ]);
    const refused = failure(await stage.preview());
    for (const path of ["name", "configuration.password", "scheduling.full.enabled", "scheduling.full.interval"]) {
      expect(refused).toContain(`${path}: `);
    }
    await expectNoLeak();
  });

  test("nor where a request fails and the server repeats it", async () => {
    const explicit = { kind: "Provider", name: "echo", args: { endpoint: echo.url, apiKey: canary("credential") } };
    const secret = { kind: "ConnectorSecret", name: "echoed", args: { value: VALUE }, opts: { provider: "echo" } };
    stage.declare([explicit as Declared, secret as Declared]);
    const failed = failure(await stage.up());
    expect(failed).toContain("could not store the connector secret");
    expect(failed).toContain("failed to parse");
    expect(leaksIn(failed, [VALUE, canary("credential")])).toEqual([]);
    await expectNoLeak();
  });

  test("a leak in any of these places would be found", async () => {
    const leak = `leak-ä-${"0123456789abcdef".repeat(2)}`;
    const index = { kind: "Index", args: { name: leak } } as const;
    stage.declare(
      [
        { ...index, name: "leaky" },
        { ...index, name: "again", opts: { dependsOn: ["leaky"] } },
      ],
      {
        leak: `value: ${leak}`,
      },
    );
    const failed = await stage.up();
    expect(failed.ok).toBe(false);
    const channels = { ...(await everything()), message: failure(failed), terminal: failed.text };
    const found = Object.entries(channels).filter(([, text]) => leaksIn(text, [leak]).length > 0);
    expect(found.map(([channel]) => channel)).toEqual(Object.keys(channels));
  });

  interface Channels {
    state: string;
    exported: string;
    files: string;
    transcript: string;
    log: string;
  }

  async function everything(): Promise<Channels> {
    return {
      state: await stage.stack.stateText(),
      exported: JSON.stringify(await stage.stack.exportState()),
      files: textOf(stage.home),
      transcript: stage.transcript(),
      log: textOf(folder),
    };
  }

  async function expectNoLeak(): Promise<void> {
    const { encoded, apiKey } = await stage.stack.outputs(true);
    const material = [encoded, apiKey].filter((text) => typeof text === "string");
    const shown = JSON.stringify(await stage.stack.outputs());
    for (const [channel, text] of Object.entries({ ...(await everything()), shown })) {
      expect([channel, leaksIn(text, [...CANARIES, ...material, stage.server.password])]).toEqual([channel, []]);
    }
  }
});

// Independent of how the search makes its spellings.
test.each([
  ["as it is", (text: string) => text],
  ["in JSON", (text: string) => JSON.stringify({ text })],
  ["in JSON in JSON", (text: string) => JSON.stringify({ body: JSON.stringify({ text }) })],
  ["in a URL", (text: string) => `/_search?${new URLSearchParams({ q: "x" })}&path=${encodeURIComponent(text)}`],
  ["in base64", (text: string) => Buffer.from(`elastic:${text}`).toString("base64")],
  ["in base64 for URLs", (text: string) => Buffer.from(`ab${text}`).toString("base64url")],
  ["in hex", (text: string) => Buffer.from(text).toString("hex")],
])("a secret is found %s, and only there", (_, spelled) => {
  expect(leaksIn(`before ${spelled(VALUE)} after`, CANARIES)).toEqual([VALUE]);
  expect(leaksIn(`before ${spelled("something else, as long as the others")} after`, CANARIES)).toEqual([]);
});

/** All files of a folder, one after the other. */
function textOf(folder: string): string {
  const entries = readdirSync(folder, { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), "utf8"))
    .join("\n");
}
