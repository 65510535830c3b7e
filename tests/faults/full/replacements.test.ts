import { replacements } from "../lifecycles";
import { proveAll } from "../prove";

proveAll("replacement of the connector", replacements);
