// Lets jest run TypeScript by the compiler that also makes the functions' bundles.
// Without this, every file would start a process of esbuild's own.
process.env.ESBUILD_WORKER_THREADS = "1";
const { createHash } = require("node:crypto");
const { readFileSync } = require("node:fs");
const { version } = require("esbuild/package.json");

const TRANSFORMER = readFileSync(__filename);

module.exports = {
  getCacheKey: (source, file) =>
    [TRANSFORMER, version, source, file]
      .reduce((hash, part) => hash.update(part).update("\0"), createHash("sha256"))
      .digest("hex"),
  // Loaded where something has changed only.
  process: (source, file) =>
    require("esbuild").transformSync(source, {
      loader: "ts",
      format: "cjs",
      platform: "node",
      target: "node20",
      // jest has require only for what it runs.
      supported: { "dynamic-import": false },
      sourcemap: "external",
      sourcefile: file,
    }),
};
