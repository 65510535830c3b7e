import { z } from "zod";
import { field } from "../../model/fields";

const PUT = "PUT /_connector/_secret/{id}";

export const connectorSecretInputs = z.strictObject({
  value: field(z.string().min(1, "must not be empty"), {
    description: "The value to store: the `encoded` of the connector's API key.",
    change: "in place",
    endpoint: PUT,
    secret: true,
  }),
  valueVersion: field(z.string().optional(), {
    description:
      "Names the version of the value, such as the id of the API key. While it stays the same, a value that a preview doesn't know yet counts as unchanged.",
    change: "in place",
  }),
});

export const connectorSecretFacts = z.strictObject({});

export type ConnectorSecretInputs = z.infer<typeof connectorSecretInputs>;
