import { mkdtemp, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { deflateRawSync } from "node:zlib";
import { build } from "esbuild";
import { bundleFunction } from "../../lambda/bundle";
import type { Part } from "../measure";
import { remove } from "../project-copy";

const OURS = "this function";
const SDK = "the baseline's in Node.js with the AWS SDK";

/** Bytes of a zip with one entry beside the deflated content: three headers, two of them with the name. */
const HEADERS = 30 + 46 + 22 + 2 * "index.js".length;

/** The zip with everything that the function needs besides Node.js. The baseline is bundled with esbuild's defaults. */
export const part: Part = {
  title: "Size of the zip",
  unit: "kB",
  rounds: 1,
  goals: [{ subject: OURS, baseline: SDK, atMost: 0.1 }],
  async prepare() {
    const folder = await mkdtemp(path.join(tmpdir(), "bench-size-"));
    const zipped = (name: string, bundle: (outfile: string) => Promise<unknown>) => ({
      name,
      async measure() {
        const file = path.join(folder, "index.js");
        await bundle(file);
        return (deflateRawSync(await readFile(file)).length + HEADERS) / 1000;
      },
    });
    const entryPoints = ["bench/baselines/sdk.ts"];
    return {
      subjects: [
        zipped(OURS, (outfile) => bundleFunction({ trigger: "preSignUp" }, outfile)),
        zipped(SDK, (outfile) => build({ entryPoints, outfile, bundle: true, platform: "node", logLevel: "error" })),
      ],
      close: () => remove(folder),
    };
  },
};
