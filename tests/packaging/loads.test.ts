import { join } from "node:path";
import { node, ROOT } from "../support/processes";

interface Loaded {
  packages: string[];
  own: string[];
}

/** What a fresh process has loaded after it required some modules, by Node's own account. */
async function loaded(...modules: string[]): Promise<Loaded> {
  const script = `
    for (const name of ${JSON.stringify(modules)}) require(name);
    console.log(JSON.stringify(Object.keys(require.cache)));
  `;
  const paths = (JSON.parse(await node(["-e", script], ROOT)) as string[]).map((path) => path.replaceAll("\\", "/"));
  const inside = paths.map((path) => /^.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1]);
  return {
    packages: [...new Set(inside.filter((name) => name !== undefined))].sort(),
    own: paths.filter((_, i) => inside[i] === undefined).map((path) => path.slice(ROOT.length + 1)),
  };
}

const without = (list: string[], more: string[]) => list.filter((name) => !more.includes(name));

const entry = (path: string) => join(ROOT, "dist", path);

test("the SDK loads @pulumi/pulumi and its dependencies, and no file of another room", async () => {
  const [sdk, baseline] = await Promise.all([loaded(entry("sdk/index.js")), loaded("@pulumi/pulumi")]);
  expect(sdk.packages).toContain("@pulumi/pulumi");
  expect(without(sdk.packages, baseline.packages)).toEqual([]);
  expect(sdk.packages).not.toEqual(expect.arrayContaining(["zod"]));
  expect(sdk.packages).not.toEqual(expect.arrayContaining(["@elastic/elasticsearch"]));
  expect(sdk.own.length).toBeGreaterThan(0);
  expect(sdk.own.filter((path) => !path.startsWith("dist/sdk/"))).toEqual([]);
});

test("a look-up loads the provider's client when it is called", async () => {
  const script = `
    const { getConnector } = require(${JSON.stringify(entry("sdk/index.js"))});
    const client = () => Object.keys(require.cache).some((path) => /@elastic.elasticsearch/.test(path));
    const before = client();
    getConnector({ connectorId: "c" }).catch(({ message }) => console.log(JSON.stringify([before, client(), message])));
  `;
  const [before, after, message] = JSON.parse(await node(["-e", script], ROOT)) as [boolean, boolean, string];
  expect([before, after]).toEqual([false, true]);
  expect(message).toMatch(/^could not connect to Elasticsearch: no cluster is configured/);
});

test("the provider loads the Elasticsearch client and zod, and no file of another room", async () => {
  const [provider, baseline] = await Promise.all([
    loaded(entry("provider/index.js")),
    loaded("@elastic/elasticsearch", "zod"),
  ]);
  expect(provider.packages).toEqual(expect.arrayContaining(["@elastic/elasticsearch", "zod"]));
  expect(without(provider.packages, baseline.packages)).toEqual([]);
  expect(provider.packages).not.toEqual(expect.arrayContaining(["commander"]));
  expect(provider.packages).not.toEqual(expect.arrayContaining(["@grpc/grpc-js"]));
  expect(provider.own.length).toBeGreaterThan(0);
  expect(provider.own.filter((path) => !path.startsWith("dist/provider/"))).toEqual([]);
});
