import { LETTERS, letterIds, startLetters } from "./letters";
import { keysOf } from "./requests";
import { playScene } from "./scene";
import { journey } from "./under-test";
import { until } from "./until";

journey("without the connectors API the service does the same on the indices themselves", (service) =>
  playScene(service, async (scene) => {
    await startLetters(scene, { count: 4 }, { connectorsApi: false });
    const rules = [{ id: "not-to-ben", field: "reader", rule: "equals", value: "ben", policy: "exclude", order: 0 }];
    expect((await scene.request("PUT", "/_connector/letters/_filtering", { rules })).status).toBe(200);
    await until("the draft to be active", async () => {
      const { filtering } = await scene.connector("letters");
      return JSON.stringify(filtering).match(/"id":"not-to-ben"/g)?.length === 2;
    });
    await scene.sync("letters");
    expect(letterIds(scene)).toEqual(["letter-0", "letter-2", "letter-3"]);
    expect(scene.documents(LETTERS).get("letter-3")).toMatchObject({ reader: "anna" });
    expect(keysOf(scene.server, / \/_connector/)).toEqual([]);
  }),
);
