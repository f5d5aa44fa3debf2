import { lstat, opendir } from "node:fs/promises";
import path from "node:path";
import type { Benchmark, Subject } from "../measure/benchmark";
import { officialTemplate } from "../measure/installed";

const OURS = "this project";
const TEMPLATE = "the official template with both providers";

export const benchmark: Benchmark = {
  title: "Size of node_modules",
  how: "The bytes of all files that npm installs. Both have cdktf's CLI and the two provider packages, which are most of it.",
  rounds: 1,
  goals: [{ what: "against the official template", subject: OURS, baseline: TEMPLATE, unit: "MB", atMost: 1.1 }],
  async prepare(note) {
    const sized = (name: string, folder: string): Subject => ({
      name,
      async measure() {
        return { MB: (await bytesIn(path.join(folder, "node_modules"))) / 1e6 };
      },
    });
    try {
      const template = await officialTemplate("bench/baselines/official-template", note);
      return { subjects: [sized(OURS, "."), sized(TEMPLATE, template)] };
    } catch (error) {
      return { subjects: [sized(OURS, ".")], skipped: [{ subject: TEMPLATE, why: (error as Error).message }] };
    }
  },
};

/** The bytes of all files in a folder, without caches. */
async function bytesIn(folder: string): Promise<number> {
  let bytes = 0;
  for await (const entry of await opendir(folder)) {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) bytes += entry.name === ".cache" ? 0 : await bytesIn(file);
    else if (entry.isFile()) bytes += (await lstat(file)).size;
  }
  return bytes;
}
