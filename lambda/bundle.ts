import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { rename, stat } from "node:fs/promises";
import path from "node:path";
import { type BuildFailure, type BuildOptions, build } from "esbuild";
import { bundleFile, type DeployedFunction, FUNCTIONS, IS_PACKAGE, TRIGGERS } from "./functions";

/** `module` before `main` lets esbuild remove unused code. Lambda's newest two Node.js runtimes run node22 code. */
const OPTIONS = {
  bundle: true,
  minify: true,
  platform: "node",
  target: "node22",
  format: "cjs",
  mainFields: ["module", "main"],
  legalComments: "none",
  logLevel: "silent",
} as const satisfies BuildOptions;

/** Relative to the project's folder; in a package, beside this file. */
const OWN_CHECK = IS_PACKAGE
  ? path.join(__dirname, "pre-sign-up/with-own-check")
  : "./lambda/pre-sign-up/with-own-check";

/** The name of the lines that lead to a file of environments.ts. */
const ENTRY = "entry.ts";

/** A function that cannot be bundled. The message is what has to be changed, as what is allowed. */
export class BundleError extends Error {
  override readonly name = "BundleError";
}

export interface Bundled {
  /** Size of the file. */
  readonly bytes: number;
  /** Paths of the files that it was made of. */
  readonly inputs: readonly string[];
}

/**
 * Bundles a function into one file. The same sources give the same bytes on any machine and in
 * any folder, because the zip's hash is in every plan. Throws a {@link BundleError}.
 */
export async function bundleFunction(fn: DeployedFunction, outfile = bundleFile(fn)): Promise<Bundled> {
  if (fn.file !== undefined && !existsSync(fn.file)) throw new BundleError("a file of the project's folder");
  // Written to a temporary file and renamed, because another command may be zipping the same bundle.
  const aside = `${outfile}.${randomUUID()}`;
  let inputs: string[];
  try {
    const { metafile } = await build({ ...OPTIONS, ...inputOf(fn), outfile: aside, metafile: true });
    inputs = Object.keys(metafile.inputs);
  } catch (error) {
    throw new BundleError(
      `a file that exports ${exportOf(fn)} and that esbuild bundles; it says: ${firstError(error)}`,
    );
  }
  await rename(aside, outfile);
  return { bytes: (await stat(outfile)).size, inputs };
}

/** What the file of a function must export. */
function exportOf({ trigger }: DeployedFunction): "check" | "handler" {
  return trigger === "preSignUp" ? "check" : "handler";
}

/** The project's entry; or a few lines that lead to a file of environments.ts, so that esbuild refuses one without the export. */
function inputOf(fn: DeployedFunction): BuildOptions {
  const { trigger, file, withPoolsFunction } = fn;
  if (withPoolsFunction) return { entryPoints: [FUNCTIONS["pre-sign-up"].withPoolsFunction] };
  if (file === undefined) return { entryPoints: [FUNCTIONS[TRIGGERS[trigger] as keyof typeof FUNCTIONS].entry] };
  const from = JSON.stringify(`./${file}`);
  const contents =
    exportOf(fn) === "handler"
      ? `export { handler } from ${from};`
      : `import { check } from ${from};
         import { withOwnCheck } from ${JSON.stringify(OWN_CHECK)};
         export const handler = withOwnCheck(check);`;
  return { stdin: { contents, resolveDir: process.cwd(), loader: "js", sourcefile: ENTRY } };
}

function firstError(error: unknown): string {
  const [first] = (error as Partial<BuildFailure>).errors ?? [];
  if (first === undefined) return String(error);
  const { location, text } = first;
  return location && location.file !== ENTRY ? `${location.file}:${location.line}: ${text}` : text;
}
