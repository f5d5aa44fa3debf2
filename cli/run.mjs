#!/usr/bin/env node
// Runs a TypeScript file of this project: bundles it with esbuild (packages stay outside) and loads the result.
// Usage: node cli/run.mjs <entry.ts> [arguments]. It is JavaScript because it is what makes TypeScript run.
import { mkdirSync } from "node:fs";
import module from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { bundlePackages, loadPackages, packagesOfManyFiles, replace } from "./packages.mjs";
import { mapStackTraces } from "./stack-traces.mjs";

const require = module.createRequire(import.meta.url);
const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const [entry, ...args] = process.argv.slice(2);
if (!entry) {
  process.stderr.write("Usage: node cli/run.mjs <entry.ts> [arguments]\n");
  process.exit(64);
}

// `npm start | head`: output that cannot be written any more is dropped, and the work goes on to its end.
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error) => {
    if (error.code !== "EPIPE" && error.code !== "EIO") throw error;
  });
}

// Every command runs in the project's folder, wherever it was called from: paths in the code are relative to it.
process.chdir(root);
// From Node.js 22 on, packages are compiled once and not by every command.
module.enableCompileCache?.(path.join(root, ".build", "compile-cache"));
// Not imported: Node.js would first read all of it, to find the names of what it exports.
const esbuild = require("esbuild");

const stem = path.join(root, ".build", entry.replaceAll(/[\\/]/g, "-").replace(/\.ts$/, ""));
const bundle = `${stem}.cjs`;
const bundling = esbuild.build({
  entryPoints: [entry],
  outfile: bundle,
  bundle: true,
  packages: "external",
  platform: "node",
  target: "node20",
  format: "cjs",
  sourcemap: "external",
  sourcesContent: false,
  logLevel: "error",
  metafile: true,
  write: false,
});

// esbuild is a process of its own; this one has time meanwhile.
const packages = `${stem}-packages`;
const loaded = loadPackages(packages, require);
const {
  outputFiles: [sourceMap, code],
  metafile,
} = await bundling.catch(() => process.exit(1)); // esbuild has printed what is wrong and where

const required = packagesOfManyFiles(metafile);
if (required.some((name) => !loaded.includes(name))) {
  try {
    await bundlePackages(required, packages, esbuild);
    loadPackages(packages, require);
  } catch {
    // They are loaded file by file then, which tells better what is missing.
  }
}

mkdirSync(path.dirname(bundle), { recursive: true });
replace(bundle, code.contents);

process.argv = [process.argv[0], path.resolve(entry), ...args];
mapStackTraces(bundle, sourceMap.text);
require(bundle);
