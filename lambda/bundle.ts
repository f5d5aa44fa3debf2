import { build } from "esbuild";

/** Where the Pre-SignUp function's bundle is written, relative to the project's folder. */
export const PRE_SIGN_UP_BUNDLE = ".build/lambda/pre-sign-up/index.js";

/**
 * Bundles the Pre-SignUp function into one file. The same sources give the same bytes, on any machine and in any
 * folder: the zip's hash is in every plan. Answers the file's size in bytes.
 *
 * `module` before `main` lets esbuild leave out what is not used. Lambda's newest two Node.js runtimes run node22 code.
 */
export async function bundlePreSignUp(outfile = PRE_SIGN_UP_BUNDLE): Promise<number> {
  const { metafile } = await build({
    entryPoints: ["lambda/pre-sign-up/index.ts"],
    outfile,
    bundle: true,
    minify: true,
    platform: "node",
    target: "node22",
    format: "cjs",
    mainFields: ["module", "main"],
    legalComments: "none",
    logLevel: "error",
    metafile: true,
  });
  return Object.values(metafile.outputs).reduce((sum, { bytes }) => sum + bytes, 0);
}
