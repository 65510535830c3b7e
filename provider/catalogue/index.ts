export type { ServerVersion } from "../elasticsearch/version";
export type { Issue } from "../model/issues";
export { secretFields, serviceType, serviceTypes } from "./data";
export type { Features, Field, Scalar, ServiceType } from "./types";
export { validateConfiguration } from "./validate";
export { registrationSchema, wireValue } from "./wire";
