import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { DEFAULT_PASSPHRASE } from "../../embedded/stack/embedded";
import { type Finished, run } from "./processes";
import type { Stage } from "./stage";

/** A command of the Pulumi CLI on the stack of a stage that runs on it, as a user would type it; what it prints. */
export function pulumi({ home }: Pick<Stage, "home">, args: string[], env: NodeJS.ProcessEnv = {}): Promise<Finished> {
  const never = ["--non-interactive", "--color", "never", "--stack", "dev"];
  return run("pulumi", [...args, ...never], join(home, "workspace"), {
    PULUMI_HOME: join(home, "pulumi"),
    PULUMI_BACKEND_URL: pathToFileURL(join(home, "backend")).href,
    PULUMI_CONFIG_PASSPHRASE: DEFAULT_PASSPHRASE,
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    PROGRAM_SPEC: join(home, "../program.json"),
    ...env,
  });
}
