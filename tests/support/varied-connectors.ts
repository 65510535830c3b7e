// Connectors as people make them by hand: of every kind, through the API, the same ones each time.

import type { Elasticsearch as Server } from "../../embedded";
import { registrationSchema, type ServiceType, serviceType, serviceTypes } from "../../provider/catalogue";
import { parseVersion, type ServerVersion } from "../../provider/elasticsearch/version";
import { filteringToWrite } from "../../provider/resources/connector/sync-rules/wire";
import { type Language, languageMappings, languageSettings } from "../../provider/resources/index/analysis";
import { full, minimal, type Values } from "./configurations";
import { act, change, filteringOf } from "./connectors";

const NAMES = [
  "Movies",
  'She said "hello"',
  "O'Brien & söhne",
  "多言語 検索",
  "line\nbreak\u2028and\u202Ebidi",
  "Movies",
  "",
  "__proto__",
  ["`$", "{process.exit(1)}` */ // <!--"].join(""),
  "class",
  "42 things",
  "🎬 family 👨‍👩‍👧",
  `long ${"name ".repeat(30)}`,
];

const INDICES: ((i: number) => object | undefined)[] = [
  () => ({}),
  (i) => ({ settings: languageSettings(LANGUAGES[i % LANGUAGES.length] as Language), mappings: languageMappings() }),
  () => ({
    settings: { number_of_shards: 2, refresh_interval: "7s", analysis: { analyzer: { own: { type: "standard" } } } },
    mappings: {
      dynamic: "strict",
      _meta: { owner: 'a "team"' },
      properties: {
        title: { type: "text", analyzer: "own", fields: { raw: { type: "keyword" } } },
        "@at": { type: "date" },
        deep: { properties: { inner: { type: "keyword", ignore_above: 10 } } },
      },
    },
    aliases: { [ALIAS]: { is_write_index: true }, filtered: { filter: { term: { "deep.inner": "x" } } } },
  }),
  // Mapped by syncs.
  () => ({ mappings: { properties: { name: TEXT, size: { type: "long" }, of: { properties: { who: TEXT } } } } }),
  () => undefined,
];

const ALIAS = "all-content";
const LANGUAGES: Language[] = ["en", "fr", "ja", "pt-br"];
const TEXT = { type: "text", fields: { keyword: { type: "keyword", ignore_above: 256 } } };

/** Ids of the connectors, in the order in which they were made. */
export async function variedConnectors(server: Server, count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let i = 0; i < count; i++) {
    ids.push(await oneConnector(server, i));
  }
  return ids;
}

/** Values that nothing but the stack's configuration and the server may hold. */
export const SECRET = "hunter2-marker";

async function oneConnector(server: Server, i: number): Promise<string> {
  const version = parseVersion(server.version) as ServerVersion;
  const types = serviceTypes(version);
  const type = i % 6 === 5 ? undefined : (serviceType(types[i % types.length] as string, version) as ServiceType);
  const native = version.major < 9 && i % 4 === 0;
  const detached = i % 7 === 6;
  const indexName = `search-${i}-x`;
  const body = {
    name: NAMES[i % NAMES.length],
    service_type: type?.name ?? "my_own source",
    is_native: native,
    ...(i % 3 === 0 ? { description: `What "it" is for: ${i}\n\\ ${"and more ".repeat(i)}` } : {}),
    ...(i % 8 === 1 ? { language: "en" } : {}),
    ...(detached ? {} : { index_name: indexName }),
  };
  const id = i % 3 === 1 ? await posted(server, body) : `by-hand.${i}`;
  if (i % 3 !== 1) {
    await act(server, "PUT", `/_connector/${id}`, body);
  }
  await configure(server, id, type, i);
  const index = INDICES[i % INDICES.length]?.(i) as { aliases?: object } | undefined;
  if (index && !detached) {
    // An alias has one write index.
    const aliases = i === 2 ? index.aliases : {};
    await act(server, "PUT", `/${indexName}`, { ...index, ...(index.aliases ? { aliases } : {}) });
  }
  await aspects(server, id, type, i);
  if (i % 3 !== 2) {
    await key(server, id, native, i);
  }
  return id;
}

async function posted(server: Server, body: object): Promise<string> {
  const { id } = (await act(server, "POST", "/_connector", body)) as { id: string };
  return id;
}

async function configure(server: Server, id: string, type: ServiceType | undefined, i: number): Promise<void> {
  if (!type) {
    const field = (value: unknown, sensitive = false) => ({ label: "a field", value, sensitive });
    const configuration = {
      endpoint: field(`https://reader:${SECRET}-url@one.example/x`),
      "odd name": field(i),
      dial: field(`${SECRET}-dial`, true),
      on: field(i % 2 === 0),
      empty: field(""),
    };
    await act(server, "PUT", `/_connector/${id}/_configuration`, { configuration });
    return;
  }
  const kind = i % 5;
  if (kind === 4) {
    return;
  }
  const chosen = kind % 2 === 0 ? full(type) : minimal(type);
  const values: Values = Object.fromEntries(
    Object.entries(chosen).map(([name, value]) => {
      const field = type.fields.find((each) => each.name === name);
      return [name, field?.secret && field.validations.length === 0 ? `${SECRET}-${i}-${name}` : value];
    }),
  );
  const configuration = registrationSchema(type, kind === 3 ? {} : values);
  await act(server, "PUT", `/_connector/${id}/_configuration`, { configuration });
}

async function aspects(server: Server, id: string, type: ServiceType | undefined, i: number): Promise<void> {
  if (i % 2 === 0) {
    const full = { enabled: i % 4 === 0, interval: "0 0/20 2 * * ?" };
    const scheduling = { full, incremental: { enabled: i % 3 === 0, interval: "0 0 0 * * ?" } };
    await act(server, "PUT", `/_connector/${id}/_scheduling`, { scheduling });
  }
  if (i % 4 === 1) {
    const basic = [
      { policy: "exclude", field: "path", rule: "starts_with", value: '/tmp "x"' },
      { policy: "include", field: "size", rule: "<", value: "10" },
    ] as const;
    const advanced = type?.features.sync_rules.advanced.enabled ? { advanced: [{ "a-b": { $in: [1, "two"] } }] } : {};
    const body = filteringToWrite(
      { basic: [...basic], ...advanced },
      undefined,
      [filteringOf(server, id)],
      new Date(0),
    );
    await act(server, "PUT", `/_connector/${id}/_filtering`, body);
  }
  if (i % 4 === 2) {
    const pipeline = {
      name: `pipe-${i}`,
      extract_binary_content: true,
      reduce_whitespace: false,
      run_ml_inference: true,
    };
    await act(server, "PUT", `/_connector/${id}/_pipeline`, { pipeline });
  }
  if (i % 4 === 3) {
    const features = {
      sync_rules: { basic: { enabled: true }, advanced: { enabled: false } },
      incremental_sync: { enabled: true },
    };
    await act(server, "PUT", `/_connector/${id}/_features`, { features });
  }
  if (i % 10 === 8) {
    const configuration_overrides = { "max-depth": 2, "auth.password": `${SECRET}-override` };
    const crawl = {
      name: "Crawl",
      enabled: true,
      interval: "0 0 3 ? * MON",
      configuration_overrides,
      last_synced: null,
    };
    await change(server, id, { custom_scheduling: { "weekly crawl": crawl } });
  }
}

async function key(server: Server, id: string, native: boolean, i: number): Promise<void> {
  const rights = { cluster: ["monitor"], indices: [{ names: [`search-${i}-x`, ".search-acl*"], privileges: ["all"] }] };
  const made = (await act(server, "POST", "/_security/api_key", {
    name: `key ${i}`,
    ...(i % 9 === 0 ? {} : { role_descriptors: { [`role-${i}`]: rights } }),
    ...(i % 4 === 1 ? { expiration: i % 8 === 1 ? "30d" : "90m" } : {}),
    ...(i % 3 === 0 ? { metadata: { team: 'the "A"', tags: ["a", "b"] } } : {}),
  })) as { id: string; encoded: string };
  let secret: string | undefined;
  if (native) {
    const value = i % 16 === 4 ? `${SECRET}-other` : made.encoded;
    secret = `secret-${i}`;
    await act(server, "PUT", `/_connector/_secret/${secret}`, { value });
  }
  const body = { api_key_id: made.id, ...(secret ? { api_key_secret_id: secret } : {}) };
  await act(server, "PUT", `/_connector/${id}/_api_key_id`, body);
  if (i % 11 === 3) {
    await act(server, "DELETE", "/_security/api_key", { ids: [made.id] });
  }
}
