import { randomUUID } from "node:crypto";
import { rename, stat } from "node:fs/promises";
import { type BuildOptions, build } from "esbuild";
import { bundleFile, FUNCTIONS, type FunctionName } from "./functions";

/** `module` before `main` lets esbuild remove unused code. Lambda's newest two Node.js runtimes run node22 code. */
const OPTIONS = {
  bundle: true,
  minify: true,
  platform: "node",
  target: "node22",
  format: "cjs",
  mainFields: ["module", "main"],
  legalComments: "none",
  logLevel: "error",
} as const satisfies BuildOptions;

/**
 * Bundles a function into one file and returns its size in bytes. The same sources give the same bytes on any machine and in
 * any folder, because the zip's hash is in every plan.
 */
export async function bundleFunction(name: FunctionName, outfile = bundleFile(name)): Promise<number> {
  // Written to a temporary file and renamed, because another command may be zipping the same bundle.
  const aside = `${outfile}.${randomUUID()}`;
  await build({ ...OPTIONS, entryPoints: [FUNCTIONS[name].entry], outfile: aside });
  await rename(aside, outfile);
  return (await stat(outfile)).size;
}
