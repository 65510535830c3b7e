import { onDemand } from "../lifecycles";
import { proveAll } from "../prove";

proveAll("replacement of key and secret on demand", onDemand);
