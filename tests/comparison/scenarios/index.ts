import { credentials, failures, interrupts, kills } from "./failures";
import { life, targets } from "./life";
import { options } from "./options";
import { providers, values } from "./values";

export const scenarios = { life, targets, options, providers, values, failures, interrupts, kills, credentials };

export type Scenarios = keyof typeof scenarios;
