export { secretFields, serviceType, serviceTypes } from "./data";
export type { Field, ServiceType } from "./types";
export { validateConfiguration } from "./validate";
export { registrationSchema, wireValue } from "./wire";
