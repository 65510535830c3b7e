import { z } from "zod";
import { field, named } from "../../../model/fields";

/** Id of the rule that includes everything else. It is always there and always last. */
export const DEFAULT_RULE = "DEFAULT";

const text = z.string().min(1, "must not be empty");

const basicRule = named(
  "BasicSyncRule",
  z.strictObject({
    policy: field(z.enum(["include", "exclude"]), { description: "What becomes of a document that the rule matches." }),
    field: field(text, { description: "Field of the document that is compared." }),
    rule: field(z.enum(["equals", "contains", "starts_with", "ends_with", "regex", ">", "<"]), {
      description: "How it is compared.",
    }),
    value: field(text, { description: "What it is compared with. Numbers and dates are text as well." }),
    id: field(text.refine((id) => id !== DEFAULT_RULE, `must not be '${DEFAULT_RULE}'`).optional(), {
      description: "Id of the rule, by which the service reports errors.",
      default: "`rule-<position>`, or the id that an equal rule has already",
    }),
  }),
);

export const syncRules = named(
  "SyncRules",
  z.strictObject({
    basic: field(z.array(basicRule).optional(), {
      description:
        "Basic rules, in the order in which they are tried: the first that matches a document decides. What none matches is included. They are checked as the service would, and count at once.",
    }),
    advanced: field(z.union([z.record(z.string(), z.unknown()), z.array(z.unknown())]).optional(), {
      description:
        "Advanced rules, in the form that the service type asks for. Only a running connectors service can check them: until it has, they are a draft, and the former ones count. `up` waits for that when a service was seen lately, and fails with its reasons when it refuses them.",
    }),
  }),
);

export type SyncRules = z.infer<typeof syncRules>;
export type BasicRule = z.infer<typeof basicRule>;
