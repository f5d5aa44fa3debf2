import { currentProject, synthesisInputs } from "./cli/project";
import { readyToSynthesize } from "./cli/synth/ready";
import { SettingsError } from "./settings/problems";
import { warnings } from "./settings/warnings";

/** The app that cdktf runs: from environments.ts to `cdktf.out/stacks/<stack>/cdk.tf.json`. */
async function main(): Promise<void> {
  const project = currentProject();
  for (const warning of project.environments.flatMap(warnings)) process.stderr.write(`Warning: ${warning}\n`);
  const { synthesize } = await readyToSynthesize(project);
  synthesize(project, synthesisInputs());
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof SettingsError ? error.message : (error as Error)?.stack}\n`);
  process.exitCode = 1;
});
