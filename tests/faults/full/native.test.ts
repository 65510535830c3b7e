import { native } from "../lifecycles";
import { proveAll } from "../prove";

proveAll("native on 8.19", native);
