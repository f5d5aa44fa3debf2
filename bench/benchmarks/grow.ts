import path from "node:path";
import type { Benchmark } from "../measure/benchmark";
import { timed } from "../measure/process";
import { change, copyOfProject, remove } from "../measure/project-copy";

const SIZES = [1, 10, 50, 100];
const nameOf = (size: number) => (size === 1 ? "1 environment" : `${size} environments`);

export const benchmark: Benchmark = {
  title: "Growth",
  how: "`node cli/run.mjs main.ts`, which is what `npm run synth` runs, for apps with more and more environments. Memory is the most that the process had.",
  rounds: 9,
  goals: [
    { what: "100 against 1: time", subject: nameOf(100), baseline: nameOf(1), unit: "s", atMost: 7 },
    { what: "100 against 1: memory", subject: nameOf(100), baseline: nameOf(1), unit: "MB", atMost: 2.2 },
  ],
  async prepare() {
    const projects = await Promise.all(
      SIZES.map(async (size) => {
        const names = Array.from({ length: size }, (_, index) => `env-${index}`);
        return { size, folder: await copyOfProject(names) };
      }),
    );
    const args = ["--require", path.resolve("bench/baselines/memory.cjs"), "cli/run.mjs", "main.ts"];
    return {
      subjects: projects.map(({ size, folder }) => ({
        name: nameOf(size),
        async measure(round) {
          await change(folder, "environments.ts", round);
          const start = performance.now();
          const { answer } = await timed(process.execPath, args, { cwd: folder });
          return { s: (performance.now() - start) / 1000, MB: Number(answer) / 1000 };
        },
      })),
      close: () => remove(...projects.map(({ folder }) => folder)),
    };
  },
};
