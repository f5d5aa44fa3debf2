import { createRequire, Module } from "node:module";
import path from "node:path";

/**
 * Lets cdktf be loaded without archiver, which takes an eighth of a synth. cdktf needs it for zip assets only, and makes
 * those in a process of their own ("archiveSync" in its lib/private/fs.js), which loads archiver itself.
 */
export function withoutArchiver(): void {
  const require = createRequire(path.resolve("package.json"));
  try {
    const file = createRequire(require.resolve("cdktf")).resolve("archiver");
    require.cache[file] ??= Object.assign(new Module(file), { exports: {}, loaded: true });
  } catch {
    // A cdktf that has no archiver needs none left out.
  }
}
