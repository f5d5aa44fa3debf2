import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { build } from "esbuild";
import { nodeBinary } from "../support/node-binary";
import { EXPECTED } from "./digest";

const run = promisify(execFile);

/** The oldest supported version, and others with older and newer Unicode data. */
const VERSIONS = ["20.19.0", "20.20.2", "22.12.0", "22.23.3", "24.0.0", "24.9.0", "26.12.1"];

/** Says what each version of Node.js makes of every code point; fails where one differs. */
async function main(): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), "runtimes-"));
  try {
    const entry = path.resolve("__tests__/runtimes/digest.ts");
    const contents = `import { digest } from ${JSON.stringify(entry)};
      process.stdout.write(JSON.stringify([process.versions.unicode, digest()]));`;
    const outfile = path.join(folder, "digest.cjs");
    await build({ stdin: { contents, resolveDir: "." }, bundle: true, platform: "node", outfile, logLevel: "error" });
    for (const version of VERSIONS) {
      const [unicode, digest] = JSON.parse((await run(await nodeBinary(version), [outfile])).stdout);
      const same = digest === EXPECTED;
      process.stdout.write(`Node.js ${version}, Unicode ${unicode}: ${digest}${same ? "" : ", not as expected"}\n`);
      if (!same) process.exitCode = 1;
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

void main();
