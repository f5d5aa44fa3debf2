#!/usr/bin/env node
// Runs a TypeScript file of this project. Usage: node cli/run.mjs <entry.ts> [arguments].
// This file parses on every Node.js that knows modules, so that an old one is told apart before anything else fails.

/** As "engines" in package.json says, which a test compares. */
const OLDEST = [20, 19];

const [major, minor] = process.versions.node.split(".").map(Number);
if (major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1])) {
  process.stderr.write(`Node.js ${OLDEST.join(".")} or newer is needed; this is ${process.versions.node}.\n`);
  process.exit(1);
}
import("./typescript.mjs");
