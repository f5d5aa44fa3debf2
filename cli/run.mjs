#!/usr/bin/env node
// Runs a TypeScript file of this project: bundles it with esbuild (packages stay outside) and loads the result.
// Usage: node cli/run.mjs <entry.ts> [arguments]. It is JavaScript because it is what makes TypeScript run.
import { randomUUID } from "node:crypto";
import { mkdir, rename, writeFile } from "node:fs/promises";
import module from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { mapStackTraces } from "./stack-traces.mjs";

const require = module.createRequire(import.meta.url);
const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const [entry, ...args] = process.argv.slice(2);
if (!entry) {
  process.stderr.write("Usage: node cli/run.mjs <entry.ts> [arguments]\n");
  process.exit(64);
}

// Every command runs in the project's folder, wherever it was called from: paths in the code are relative to it.
process.chdir(root);
// From Node.js 22 on, packages are compiled once and not by every command.
module.enableCompileCache?.(path.join(root, ".build", "compile-cache"));
// Not imported: Node.js would first read all of it, to find the names of what it exports.
const { build } = require("esbuild");

const bundle = path.join(root, ".build", `${entry.replaceAll(/[\\/]/g, "-").replace(/\.ts$/, "")}.cjs`);
const {
  outputFiles: [sourceMap, code],
} = await build({
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
  write: false,
}).catch(() => process.exit(1)); // esbuild has printed what is wrong and where

// Written aside and renamed, so that two commands started at once never read half a file.
const aside = `${bundle}.${randomUUID()}`;
await mkdir(path.dirname(bundle), { recursive: true });
await writeFile(aside, code.contents);
await rename(aside, bundle);

process.argv = [process.argv[0], path.resolve(entry), ...args];
mapStackTraces(bundle, sourceMap.text);
require(bundle);
