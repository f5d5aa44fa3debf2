import { randomUUID } from "node:crypto";
import { mkdir, rename, writeFile } from "node:fs/promises";
import path from "node:path";
import { type BuildOptions, build, type Metafile } from "esbuild";
import { bundleFile, FUNCTIONS, type FunctionName } from "./functions";

/** `module` before `main` lets esbuild leave out what is not used. Lambda's newest two Node.js runtimes run node22 code. */
const OPTIONS = {
  bundle: true,
  minify: true,
  platform: "node",
  target: "node22",
  format: "cjs",
  mainFields: ["module", "main"],
  legalComments: "none",
  // The signer's packages ask for the global `crypto`, for an id that is not used: that would load all of Node's WebCrypto.
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

/** What a function's bundle is made of; writes nothing. */
export async function metafileOf(name: FunctionName): Promise<Metafile> {
  return (await build({ ...OPTIONS, entryPoints: [FUNCTIONS[name].entry], write: false })).metafile;
}

/**
 * Bundles a function into one file. The same sources give the same bytes, on any machine and in any folder: the zip's
 * hash is in every plan.
 */
export async function bundleFunction(name: FunctionName, outfile = bundleFile(name)): Promise<Bundle> {
  const entryPoints = [FUNCTIONS[name].entry];
  const { outputFiles, metafile } = await build({ ...OPTIONS, entryPoints, outfile, write: false });
  const contents = outputFiles[0]?.contents ?? new Uint8Array();
  // Written aside and renamed: another command may be zipping the same bundle.
  const aside = `${outfile}.${randomUUID()}`;
  await mkdir(path.dirname(outfile), { recursive: true });
  await writeFile(aside, contents);
  await rename(aside, outfile);
  return { bytes: contents.length, inputs: Object.keys(metafile.inputs) };
}
