import { providerText, typeToken } from "../../sdk/registration";
import { type Entry, filled, type Setting } from "./model";

/** The file that `pulumi import --file` takes. Its inputs are those of the program, with a stand-in for each secret. */
export function importFileText(entries: Entry[]): string {
  const resources = entries.map(({ kind, name, id, inputs }) => {
    const values = filled(inputs, {
      reference: ({ to, output }) => (output === "id" ? to.id : secret(STAND_IN.string)),
      setting: ({ type }) => secret(STAND_IN[type]),
    }) as object;
    const __provider = providerText(kind);
    return {
      type: typeToken(kind),
      name,
      id,
      inputs: { ...values, __provider },
      // It is what it is: nothing that a new one gets is missing.
      outputs: { ...values, __provider, __imported: true },
    };
  });
  return `${JSON.stringify({ resources }, undefined, 2)}\n`;
}

/** The refresh after the import puts the real values in their place. */
const STAND_IN: Record<Setting["type"], unknown> = { string: "unknown until the refresh", number: 0, object: {} };

/** A secret as the engine's file spells it: JSON inside text. */
function secret(value: unknown): object {
  return {
    "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
    plaintext: JSON.stringify(value),
  };
}
