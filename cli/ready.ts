import { bundlePreSignUp } from "../lambda/bundle";
import { withoutArchiver } from "./without-archiver";

/**
 * Bundles the function, in esbuild's own process, and meanwhile loads what synthesizes; answers it with the bundle's size
 * in bytes. Loading cdktf is most of what takes time here: who does not synthesize goes without.
 */
export async function readyToSynthesize() {
  const bundling = bundlePreSignUp();
  withoutArchiver();
  const [bytes, { synthesize }] = await Promise.all([bundling, import("../stacks/synthesize")]);
  return { bytes, synthesize };
}
