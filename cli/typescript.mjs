// What run.mjs does: esbuild bundles a TypeScript file of this project (packages stay outside), Node.js loads the bundle.
// It is JavaScript because it is what makes TypeScript run.
import { randomUUID } from "node:crypto";
import { renameSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { build, formatMessages } from "esbuild";

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

// Every command runs in the project's folder, wherever it was called from: paths in the code are relative to it. Paths that
// the user types are relative to where the command was called, which npm says in this variable.
process.env.INIT_CWD ??= process.cwd();
process.chdir(path.dirname(path.dirname(fileURLToPath(import.meta.url))));

const bundle = path.resolve(".build", `${entry.replaceAll(/[\\/]/g, "-").replace(/\.ts$/, "")}.cjs`);
// Written aside and renamed, so that two commands started at once never read half a file.
const aside = `${bundle}.${randomUUID()}`;
await build({
  // esbuild has noted the folder that this process was started in.
  absWorkingDir: process.cwd(),
  entryPoints: [entry],
  outfile: aside,
  bundle: true,
  packages: "external",
  platform: "node",
  target: "node20",
  format: "cjs",
  sourcemap: "inline",
  sourcesContent: false,
  logLevel: "silent",
}).catch(async ({ message, errors = [] }) => {
  process.stderr.write(await explanation(message, errors));
  process.exit(1);
});
renameSync(aside, bundle);

process.argv = [process.argv[0], path.resolve(entry), ...args];
// Stack traces name the lines of the TypeScript.
process.setSourceMapsEnabled(true);
createRequire(import.meta.url)(bundle);

/** What is wrong and where, as esbuild says it; a sentence where the one file that an adopter edits is the cause. */
async function explanation(message, errors) {
  if (errors.some(({ text }) => /^Could not resolve "[./]+\/environments"$/.test(text))) {
    return "There is no file environments.ts in the project's folder: it holds the settings (README, Settings).\n";
  }
  if (errors.length === 0) return `${message}\n`;
  return (await formatMessages(errors, { kind: "error", color: process.stderr.isTTY && !process.env.NO_COLOR })).join(
    "",
  );
}
