import { bundlePreSignUp, bundleUserMigration } from "../../lambda/bundle";
import type { Project } from "../../settings/project";
import { withoutArchiver } from "./without-archiver";

/**
 * Bundles the functions that the project deploys, in esbuild's own process, and meanwhile loads what synthesizes; answers
 * it with the Pre-SignUp bundle's size in bytes. Loading cdktf is most of what takes time here: who does not synthesize
 * goes without.
 */
export async function readyToSynthesize({ environments }: Project) {
  const migrates = environments.some(({ migrateFrom }) => migrateFrom !== undefined);
  const bundling = Promise.all([bundlePreSignUp(), migrates && bundleUserMigration()]);
  withoutArchiver();
  const [[bytes], { synthesize }] = await Promise.all([bundling, import("../../stacks/synthesize")]);
  return { bytes, synthesize };
}
