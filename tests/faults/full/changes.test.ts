import { changes } from "../lifecycles";
import { proveAll } from "../prove";

proveAll("changes in place", changes);
