import { readdir, rm } from "node:fs/promises";
import path from "node:path";
import { build } from "esbuild";
import { bundleFunction } from "../../lambda/bundle";
import { bundleFile, type DeployedFunction, OWN_FUNCTIONS } from "../../lambda/functions";
import { outputOf } from "../child";
import { note } from "../print";
import { writeProvenance } from "./provenance";
import { writeThirdPartyLicences } from "./third-party-licences";

/** What npm packs: "files" in package.json. */
const FOLDER = "dist";

/** The command that users of the package call: "bin" in package.json. */
const COMMAND = "cli/package/bin.ts";

/** Where bundles are in this repository. */
const BUNDLES = ".build/lambda";

/** For a pool that is kept, and whose own function is asked after this project's. */
const WITH_POOLS_FUNCTION: DeployedFunction = { trigger: "preSignUp", withPoolsFunction: true };

const OPTIONS = {
  platform: "node",
  target: "node20",
  format: "cjs",
  outbase: ".",
  logLevel: "silent",
} as const;

/**
 * Makes what the package consists of: the constructs and the commands as JavaScript, a file for each source file, the constructs' types,
 * and the functions' bundles, the same bytes as this repository deploys.
 */
export async function buildPackage(): Promise<void> {
  await rm(FOLDER, { recursive: true, force: true });
  note("Compiling …");
  const modules = (await readdir("modules", { recursive: true })).filter((file) => file.endsWith(".ts"));
  await compile([...modules.map((file) => path.join("modules", file)), "lambda/bundle.ts", COMMAND]);
  await outputOf("node_modules/.bin/tsc", ["--project", "cli/package"]);
  note("Bundling the functions …");
  const bundled = path.join(FOLDER, "lambda/bundled");
  const bundles = await Promise.all(
    [...OWN_FUNCTIONS, WITH_POOLS_FUNCTION].map(async (fn) => {
      const name = path.relative(BUNDLES, path.dirname(bundleFile(fn)));
      const file = path.join(bundled, name, "index.js");
      return { name, file, ...(await bundleFunction(fn, file)) };
    }),
  );
  await writeProvenance(bundles, path.join(bundled, "provenance.json"));
  await writeThirdPartyLicences(
    bundles.flatMap(({ inputs }) => inputs),
    path.join(bundled, "THIRD-PARTY-LICENCES.txt"),
  );
}

/** Compiles these files and everything of this project that they import. */
async function compile(entryPoints: string[]): Promise<void> {
  const { metafile } = await build({
    ...OPTIONS,
    entryPoints,
    outdir: FOLDER,
    bundle: true,
    packages: "external",
    write: false,
    metafile: true,
  });
  await build({
    ...OPTIONS,
    entryPoints: Object.keys(metafile.inputs),
    outdir: FOLDER,
    // As require, so that a file need not be named with its extension.
    supported: { "dynamic-import": false },
  });
}
