// Nothing can be taken from the rights of a service's key. That all of them together suffice is what the other journeys show.

import { LETTERS, startLetters } from "./letters";
import { keysOf } from "./requests";
import { role, serviceRole } from "./roles";
import { playScene, type Scene } from "./scene";
import { journey } from "./under-test";
import { until } from "./until";

const OWN = ".elastic-connectors*";

/** A right, where it is taken away, and what the service is refused without it. */
const REFUSALS: [right: string, on: string, refused: RegExp][] = [
  ["monitor", "the cluster", /^GET \/$/],
  ["manage_connector", "the cluster", /^PUT \/_connector\/letters\/_check_in$/],
  ["view_index_metadata", OWN, /^HEAD \/\.elastic-connectors-v1$/],
  ["create_index", OWN, /^PUT \/\.elastic-connectors-sync-jobs-v1$/],
  ["read", OWN, /^POST \/\.elastic-connectors\/_search/],
  ["write", OWN, /^POST \/\.elastic-connectors\/_update\/letters/],
];

for (const [right, on, refused] of REFUSALS) {
  journey(
    `the rights of a service: without ${right} on ${on} it is refused ${refused.source}`,
    (service) =>
      playScene(service, async (scene) => {
        const running = await startLetters(scene, { rights: without(right, on) });
        const { control } = scene.server;
        const answers = () =>
          control.requests.filter(({ status }) => status === 403).map(({ method, path }) => `${method} ${path}`);
        await until("the refusal", () => answers().some((line) => refused.test(line)), 30_000, answers);
        await running.stop();
        expect(keysOf(scene.server, refused)).toEqual(["service"]);
        control.clearRequests();
      }),
    // Connector privileges are enforced from 9.0 on.
    right === "manage_connector" ? { profile: "9.x" } : {},
  );
}

journey("the rights of a service: without those on the content it takes what was synchronised for nothing", (service) =>
  playScene(service, async (scene) => {
    await startLetters(scene, { count: 3, rights: without("read", LETTERS) });
    // What a key may not see is passed over, since the service asks to ignore what is unavailable.
    expect(await scene.sync("letters")).toMatchObject({
      indexed_document_count: 3,
      total_document_count: 0,
      error: null,
    });
    expect(await seen(scene, "nothing missing", serviceRole([LETTERS]))).toEqual({ refreshed: 1, counted: 3 });
    expect(await seen(scene, "no read", without("read", LETTERS))).toEqual({ refreshed: 1, counted: 0 });
    expect(await seen(scene, "no refresh", without("maintenance", LETTERS))).toEqual({ refreshed: 0, counted: 3 });
  }),
);

/** What the service's two requests after a sync find with a key of these rights. */
async function seen(scene: Scene, name: string, rights: ReturnType<typeof serviceRole>) {
  const key = await scene.key(name, rights);
  const ask = async (what: string) => {
    const answer = await scene.request("POST", `/${LETTERS}/${what}?ignore_unavailable=true`, undefined, key);
    expect(answer.status).toBe(200);
    return answer.body as { count: number; _shards: { successful: number } };
  };
  const { _shards } = await ask("_refresh");
  const { count } = await ask("_count");
  return { refreshed: Math.min(_shards.successful, 1), counted: count };
}

/** All that a service's key may do, less one right. */
function without(right: string, on: string) {
  const { cluster, indices } = serviceRole([LETTERS]).only;
  const less = (held: string[]) => held.filter((each) => each !== right);
  return role(
    on === "the cluster" ? less(cluster) : cluster,
    indices.map(({ names, privileges }) => ({
      names,
      privileges: names.includes(on) ? less(privileges) : privileges,
    })),
  );
}
