import { deployedFunctions } from "../../lambda/functions";
import type { Project } from "../../settings/project";
import { bundleIfChanged } from "./functions";

/**
 * Bundles the functions that the project deploys, in esbuild's own process, and meanwhile loads what synthesizes; answers
 * it with the Pre-SignUp bundle's size in bytes. Loading cdktf is most of what takes time here: who does not synthesize
 * goes without. Bundling may have begun already.
 */
export async function readyToSynthesize({ environments }: Project, bundling = bundleIfChanged("pre-sign-up")) {
  const others = new Set(environments.flatMap(deployedFunctions));
  others.delete("pre-sign-up");
  const bundled = Promise.all([bundling, ...[...others].map(bundleIfChanged)]);
  const [[bytes], { synthesize }] = await Promise.all([bundled, import("../../stacks/synthesize")]);
  return { bytes, synthesize };
}
