import type { JsonObject } from "../../embedded";
import { LETTERS, letterIds, startLetters } from "./letters";
import { playScene, type Scene } from "./scene";
import { journey } from "./under-test";
import { until } from "./until";

journey("basic sync rules: the service validates and activates a draft, and syncs by it", (service) =>
  playScene(service, async (scene) => {
    await startLetters(scene, { count: 6 });
    await scene.sync("letters");
    expect(scene.documents(LETTERS).size).toBe(6);

    await draft(scene, [rule("not-to-ben", "equals", "ben")]);
    const active = await until("the rule to be active", async () => {
      const { active } = await filtering(scene);
      return rulesOf(active).includes("not-to-ben") && active;
    });
    expect(active).toMatchObject({ validation: { state: "valid", errors: [] } });
    expect(await scene.sync("letters")).toMatchObject({ deleted_document_count: 2 });
    expect(letterIds(scene)).toEqual(["letter-0", "letter-2", "letter-3", "letter-5"]);
  }),
);

journey("basic sync rules: a draft that the service finds invalid stays a draft", (service) =>
  playScene(service, async (scene) => {
    await startLetters(scene, { count: 3 });
    await draft(scene, [rule("everything", "regex", ".*")]);
    const invalid = await until("the verdict", async () => {
      const { draft } = await filtering(scene);
      const { state } = (draft?.validation ?? {}) as JsonObject;
      return state === "invalid" && draft;
    });
    expect(invalid).toMatchObject({ validation: { errors: [{ ids: ["everything"] }] } });
    expect(rulesOf((await filtering(scene)).active)).toEqual(["DEFAULT"]);
  }),
);

function rule(id: string, comparison: string, value: string): JsonObject {
  return { id, field: "reader", rule: comparison, value, policy: "exclude", order: 0 };
}

async function draft(scene: Scene, rules: JsonObject[]): Promise<void> {
  expect((await scene.request("PUT", "/_connector/letters/_filtering", { rules })).status).toBe(200);
}

async function filtering(scene: Scene): Promise<Record<string, JsonObject>> {
  const [first] = (await scene.connector("letters")).filtering as unknown as Record<string, JsonObject>[];
  return first ?? {};
}

function rulesOf(rules: JsonObject | undefined): unknown[] {
  return ((rules?.rules ?? []) as JsonObject[]).map(({ id }) => id);
}
