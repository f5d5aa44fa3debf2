import { randomUUID } from "node:crypto";
import { mkdir, rename, writeFile } from "node:fs/promises";
import path from "node:path";
import { type BuildOptions, build, type Metafile } from "esbuild";

/** Where each function's bundle is written, relative to the project's folder. */
export const PRE_SIGN_UP_BUNDLE = ".build/lambda/pre-sign-up/index.js";
export const USER_MIGRATION_BUNDLE = ".build/lambda/user-migration/index.js";

const PRE_SIGN_UP = "lambda/pre-sign-up/index.ts";

/** `module` before `main` lets esbuild leave out what is not used. Lambda's newest two Node.js runtimes run node22 code. */
const OPTIONS = {
  bundle: true,
  minify: true,
  platform: "node",
  target: "node22",
  format: "cjs",
  mainFields: ["module", "main"],
  legalComments: "none",
  // The signer's packages ask for the global `crypto`, for an id that nobody needs: that would load all of Node's WebCrypto.
  define: { crypto: "undefined" },
  // Imported by one of their classes that is left out, but dynamically: esbuild would wrap every module for that.
  external: ["@smithy/core/event-streams"],
  logLevel: "error",
  metafile: true,
} as const satisfies BuildOptions;

/** A function in one file. */
export interface Bundle {
  /** The file's size in bytes. */
  readonly bytes: number;
  /** Everything that it is made of, relative to the project's folder. */
  readonly inputs: readonly string[];
}

/** Bundles the Pre-SignUp function. */
export function bundlePreSignUp(outfile = PRE_SIGN_UP_BUNDLE): Promise<Bundle> {
  return bundle(PRE_SIGN_UP, outfile);
}

/** Bundles the function that takes over another pool's accounts. */
export function bundleUserMigration(outfile = USER_MIGRATION_BUNDLE): Promise<Bundle> {
  return bundle("lambda/user-migration/index.ts", outfile);
}

/** What the Pre-SignUp function's bundle is made of; writes nothing. */
export async function bundledPreSignUp(): Promise<Metafile> {
  return (await build({ ...OPTIONS, entryPoints: [PRE_SIGN_UP], write: false })).metafile;
}

/**
 * Bundles a function into one file. The same sources give the same bytes, on any machine and in any folder: the zip's
 * hash is in every plan.
 */
async function bundle(entry: string, outfile: string): Promise<Bundle> {
  const { outputFiles, metafile } = await build({ ...OPTIONS, entryPoints: [entry], outfile, write: false });
  const contents = outputFiles[0]?.contents ?? new Uint8Array();
  // Written aside and renamed: another command may be zipping the same bundle.
  const aside = `${outfile}.${randomUUID()}`;
  await mkdir(path.dirname(outfile), { recursive: true });
  await writeFile(aside, contents);
  await rename(aside, outfile);
  return { bytes: contents.length, inputs: Object.keys(metafile.inputs) };
}
