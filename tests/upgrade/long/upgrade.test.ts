import { engines } from "../../support/stage";
import { upgrade, versions } from "../upgrade";

describe.each(engines)("on the %s engine", (engine) => {
  test.each(versions)("what %s has written needs no change, and is changed and destroyed", (version) =>
    upgrade(version, { engine }),
  );
});
