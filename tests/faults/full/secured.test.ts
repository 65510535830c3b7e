import { secured } from "../lifecycles";
import { proveAll } from "../prove";

proveAll("with document-level security on 9.x", secured);
