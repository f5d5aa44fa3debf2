import { type BuildOptions, build, type Metafile } from "esbuild";

/** Where the Pre-SignUp function's bundle is written, relative to the project's folder. */
export const PRE_SIGN_UP_BUNDLE = ".build/lambda/pre-sign-up/index.js";

/** `module` before `main` lets esbuild leave out what is not used. Lambda's newest two Node.js runtimes run node22 code. */
const OPTIONS = {
  entryPoints: ["lambda/pre-sign-up/index.ts"],
  bundle: true,
  minify: true,
  platform: "node",
  target: "node22",
  format: "cjs",
  mainFields: ["module", "main"],
  legalComments: "none",
  logLevel: "error",
  metafile: true,
} as const satisfies BuildOptions;

/**
 * Bundles the Pre-SignUp function into one file. The same sources give the same bytes, on any machine and in any
 * folder: the zip's hash is in every plan. Answers the file's size in bytes.
 */
export async function bundlePreSignUp(outfile = PRE_SIGN_UP_BUNDLE): Promise<number> {
  const { metafile } = await build({ ...OPTIONS, outfile });
  return Object.values(metafile.outputs).reduce((sum, { bytes }) => sum + bytes, 0);
}

/** What the bundle is made of; writes nothing. */
export async function bundledPreSignUp(): Promise<Metafile> {
  return (await build({ ...OPTIONS, write: false })).metafile;
}
