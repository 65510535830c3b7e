import { rotations } from "../lifecycles";
import { proveAll } from "../prove";

proveAll("a new key, a new index", rotations);
