import { describeError } from "./cli/describe-error";
import { synth } from "./cli/synth/synth";

/** The app that cdktf runs: from environments.ts to `cdktf.out/stacks/<stack>/cdk.tf.json`. */
synth().catch((error: unknown) => {
  process.stderr.write(`${describeError(error)}\n`);
  process.exitCode = 1;
});
