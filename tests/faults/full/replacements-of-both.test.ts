import { replacementsOfBoth } from "../lifecycles";
import { proveAll } from "../prove";

proveAll("replacement of connector and index", replacementsOfBoth);
