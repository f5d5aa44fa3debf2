import { bundleIfChanged } from "./cli/synth/functions";
import { SettingsError } from "./settings/problems";

/** The app that cdktf runs: from environments.ts to `cdktf.out/stacks/<stack>/cdk.tf.json`. */
async function main(): Promise<void> {
  // esbuild, a process of its own, takes longest: it begins before anything else is loaded here.
  const bundling = bundleIfChanged("pre-sign-up");
  bundling.catch(() => {}); // whoever awaits it is told; settings that are wrong end this before
  const { currentProject, synthesisInputs } = await import("./cli/project");
  const { readyToSynthesize } = await import("./cli/synth/ready");
  const { warnings } = await import("./settings/warnings");

  const project = currentProject();
  for (const warning of project.environments.flatMap(warnings)) process.stderr.write(`Warning: ${warning}\n`);
  const { synthesize } = await readyToSynthesize(project, bundling);
  synthesize(project, synthesisInputs());
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof SettingsError ? error.message : (error as Error)?.stack}\n`);
  process.exitCode = 1;
});
