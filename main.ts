import settings from "./environments";
import { bundlePreSignUp, PRE_SIGN_UP_BUNDLE } from "./lambda/bundle";
import { SettingsError } from "./settings/problems";
import { loadProject } from "./settings/project";
import { warnings } from "./settings/warnings";
import { synthesize } from "./stacks/synthesize";

/** The app that cdktf runs: from environments.ts to `cdktf.out/stacks/<stack>/cdk.tf.json`. */
async function main(): Promise<void> {
  const project = loadProject(settings);
  for (const warning of project.environments.flatMap(warnings)) process.stderr.write(`Warning: ${warning}\n`);
  await bundlePreSignUp();
  synthesize(project, { preSignUp: PRE_SIGN_UP_BUNDLE });
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof SettingsError ? error.message : (error as Error)?.stack}\n`);
  process.exitCode = 1;
});
