import { LETTERS, startLetters } from "./letters";
import { keysOf } from "./requests";
import { playScene } from "./scene";
import { journey } from "./under-test";

const ACL_INDEX = `.search-acl-filter-${LETTERS}`;

journey("access control: identities go to an index of their own, documents carry who may read them", (service) =>
  playScene(service, async (scene) => {
    await startLetters(scene, { count: 3 });
    expect(await scene.connector("letters")).toMatchObject({
      features: { document_level_security: { enabled: true } },
    });

    const job = await scene.sync("letters", "access_control");
    expect(job).toMatchObject({ job_type: "access_control", indexed_document_count: 3, error: null });
    const identities = scene.documents(ACL_INDEX);
    expect([...identities.keys()].sort()).toEqual(["anna", "ben", "cleo"]);
    expect(identities.get("ben")).toMatchObject({
      identity: { username: "ben" },
      query: { template: { params: { access_control: ["user:ben"] } } },
    });
    expect(scene.server.control.store.indices()).not.toContain(LETTERS);

    await scene.sync("letters");
    expect(scene.documents(LETTERS).get("letter-1")).toMatchObject({
      reader: "ben",
      _allow_access_control: ["user:ben"],
    });
    expect(keysOf(scene.server, /^GET \/_license/)).toEqual(["letters", "service"]);
    expect(keysOf(scene.server, /^PUT \/_bulk/)).toEqual(["letters"]);
  }),
);
