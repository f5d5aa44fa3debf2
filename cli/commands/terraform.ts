import type { Command } from "commander";
import { Failure } from "../failure";
import { STACK } from "../options";

const COMMANDS = [
  ["plan", "plan", "show what a deployment would change"],
  ["deploy", "apply", "show what would change, ask, and do it"],
  ["destroy", "destroy", "show what would be deleted, ask, and do it"],
] as const;

export function register(program: Command): void {
  for (const [name, terraformCommand, description] of COMMANDS) {
    program
      .command(name)
      .description(description)
      .argument("<environment>", STACK)
      .argument(
        "[options...]",
        `anything that terraform ${terraformCommand} takes, such as -target=… or --auto-approve`,
      )
      .allowUnknownOption()
      .action(async (environment: string, options: string[]) => {
        if (name === "destroy") await refuseToDestroyProtected(environment);
        const { withStack } = await import("../stack");
        await withStack(environment, name, async (terraform) => {
          process.exitCode = await terraform.show([terraformCommand, ...options]);
        });
      });
  }
}

/** AWS would refuse to delete the pool, but only after the rest is gone. */
async function refuseToDestroyProtected(environment: string): Promise<void> {
  const { currentProject } = await import("../project");
  const found = currentProject().environments.find(({ name }) => name === environment);
  if (!found?.deletionProtection) return;
  throw new Failure(
    `${environment} is protected against deletion: set deletionProtection to false in environments.ts and run` +
      ` \`npm run deploy -- ${environment}\` first.`,
  );
}
