export { caller, licence } from "./ask";
export { inspect, type Row } from "./inspect";
export type { Subject } from "./needs";
export { preflight } from "./preflight";
export { missingOf, type Role, roleOf, tableOf } from "./report";
