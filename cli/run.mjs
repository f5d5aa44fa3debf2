#!/usr/bin/env node
// Runs a TypeScript file of this project: esbuild bundles it (packages stay outside), Node.js loads the bundle.
// Usage: node cli/run.mjs <entry.ts> [arguments]. It is JavaScript because it is what makes TypeScript run.
import { randomUUID } from "node:crypto";
import { renameSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

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
process.chdir(path.dirname(path.dirname(fileURLToPath(import.meta.url))));

const bundle = path.resolve(".build", `${entry.replaceAll(/[\\/]/g, "-").replace(/\.ts$/, "")}.cjs`);
// Written aside and renamed, so that two commands started at once never read half a file.
const aside = `${bundle}.${randomUUID()}`;
await build({
  entryPoints: [entry],
  outfile: aside,
  bundle: true,
  packages: "external",
  platform: "node",
  target: "node20",
  format: "cjs",
  sourcemap: "inline",
  sourcesContent: false,
  logLevel: "error",
}).catch(() => process.exit(1)); // esbuild has printed what is wrong and where
renameSync(aside, bundle);

process.argv = [process.argv[0], path.resolve(entry), ...args];
// Stack traces name the lines of the TypeScript.
process.setSourceMapsEnabled(true);
createRequire(import.meta.url)(bundle);
