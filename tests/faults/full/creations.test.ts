import { creations } from "../lifecycles";
import { proveAll } from "../prove";

proveAll("creation and destruction", creations);
