import { openCliStack, pulumiOnPath } from "./cli";
import { openEmbeddedStack } from "./embedded";
import type { Stack, StackOptions } from "./types";

export { pulumiOnPath } from "./cli";
export type {
  Change,
  Deployment,
  Diagnostic,
  Operation,
  RefreshOptions,
  RunOptions,
  Selection,
  Stack,
  StackOptions,
  Step,
  UpdateOptions,
} from "./types";

/**
 * Opens a stack on the Pulumi CLI or on the embedded engine. Nothing is deployed yet; the state of an
 * earlier run in the same `home` is picked up.
 */
export async function openStack(options: StackOptions): Promise<Stack> {
  const engine = options.engine ?? "auto";
  const useCli = engine === "cli" || (engine === "auto" && pulumiOnPath() !== undefined);
  return useCli ? openCliStack(options) : openEmbeddedStack(options);
}
