import type { Project } from "../../settings/project";
import { preSignUp, userMigration } from "./functions";

/**
 * Bundles the functions that the project deploys, in esbuild's own process, and meanwhile loads what synthesizes; answers
 * it with the Pre-SignUp bundle's size in bytes. Loading cdktf is most of what takes time here: who does not synthesize
 * goes without. Bundling may have begun already.
 */
export async function readyToSynthesize({ environments }: Project, bundling = preSignUp()) {
  const migrates = environments.some(({ migrateFrom }) => migrateFrom !== undefined);
  const bundled = Promise.all([bundling, migrates && userMigration()]);
  const [[bytes], { synthesize }] = await Promise.all([bundled, import("../../stacks/synthesize")]);
  return { bytes, synthesize };
}
