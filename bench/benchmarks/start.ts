import path from "node:path";
import type { Benchmark } from "../measure/benchmark";
import { timed } from "../measure/process";
import { copyOfProject, remove } from "../measure/project-copy";

const START = "npm start";

export const benchmark: Benchmark = {
  title: "npm start",
  how: "The first `npm start` after `npm ci`: nothing is left of an earlier one.",
  rounds: 5,
  goals: [{ what: "after npm ci", subject: START, unit: "s", atMost: 10 }],
  async prepare() {
    const folder = await copyOfProject();
    const npm = process.platform === "win32" ? "npm.cmd" : "npm";
    return {
      subjects: [
        {
          name: START,
          async measure() {
            await remove(path.join(folder, ".build"), path.join(folder, "cdktf.out"));
            const { ms } = await timed(npm, ["start", "--silent"], { cwd: folder });
            return { s: ms / 1000 };
          },
        },
      ],
      close: () => remove(folder),
    };
  },
};
