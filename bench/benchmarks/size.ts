import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { deflateRawSync } from "node:zlib";
import { bundleFunction } from "../../lambda/bundle";
import type { Benchmark } from "../measure/benchmark";
import { bundleWithSdk } from "../measure/functions";
import { remove } from "../measure/project-copy";

const OURS = "this function";
const SDK = "the article's in Node.js with the AWS SDK";
const SDK_MINIFIED = "the same, minified";

/** Bytes of a zip with one entry beside the deflated content: three headers, two of them with the name. */
const HEADERS = 30 + 46 + 22 + 2 * "index.js".length;

export const benchmark: Benchmark = {
  title: "Size of the function",
  how: "The zip with everything in it that the function needs beside Node.js. The baseline calls Cognito only; this function calls DynamoDB as well.",
  rounds: 1,
  goals: [
    { what: "against the SDK by esbuild's defaults", subject: OURS, baseline: SDK, unit: "kB", atMost: 0.1 },
    { what: "against the SDK minified", subject: OURS, baseline: SDK_MINIFIED, unit: "kB" },
  ],
  async prepare() {
    const zipped = (name: string, bundle: (file: string) => Promise<unknown>) => ({
      name,
      async measure() {
        const file = path.join(tmpdir(), `bench-${process.pid}.js`);
        await bundle(file);
        const content = await readFile(file);
        await remove(file);
        return { kB: (deflateRawSync(content).length + HEADERS) / 1000 };
      },
    });
    return {
      subjects: [
        zipped(OURS, (outfile) => bundleFunction("pre-sign-up", outfile)),
        zipped(SDK, bundleWithSdk),
        zipped(SDK_MINIFIED, (file) => bundleWithSdk(file, true)),
      ],
    };
  },
};
