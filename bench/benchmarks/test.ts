import { mkdtemp, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { compilerOptions } from "../../tsconfig.json";
import type { Benchmark, Prepared } from "../measure/benchmark";
import { officialTemplate } from "../measure/installed";
import { timed } from "../measure/process";
import { remove } from "../measure/project-copy";

const OURS = "jest with esbuild";
const TS_JEST = "jest with ts-jest";

/** Tests whose time is jest's. What waits, starts processes or tries thousands of cases takes the same under either. */
const TESTS =
  "/__tests__/(?:(?:modules|settings|stacks)/.*|lambda/(?:pre-sign-up|trigger|uniqueness)/" +
  "(?:event|federated|list-users|log|messages|metrics|options|refusal|reservations))\\.test\\.ts$";

export const benchmark: Benchmark = {
  title: "Unit tests",
  how:
    "The tests of `modules`, `settings` and `stacks` and most of `lambda`, with caches filled, as `jest.config.js` has them run: what somebody waits for who runs them again. " +
    "ts-jest is what the official template has; it checks types as well, which takes `npm run check:types` here.",
  rounds: 9,
  goals: [{ what: "against ts-jest", subject: OURS, baseline: TS_JEST, unit: "s", atMost: 0.4 }],
  async prepare(note): Promise<Prepared> {
    const { projects, maxWorkers } = createRequire(path.resolve("package.json"))("./jest.config.js") as Jest;
    const folder = await mkdtemp(path.join(tmpdir(), "bench-jest-"));
    const close = () => remove(folder);
    const subject = async (name: string, transform: object) => {
      const config = path.join(folder, `${name.replaceAll(/\W+/g, "-")}.config.json`);
      const settings = {
        ...projects[0],
        // A configuration has one or the other.
        testMatch: undefined,
        testRegex: [TESTS],
        displayName: undefined,
        maxWorkers,
        cacheDirectory: path.join(folder, "cache"),
        transform,
      };
      await writeFile(config, JSON.stringify(settings));
      const args = ["node_modules/jest/bin/jest.js", "--config", config, "--silent"];
      return {
        name,
        async measure() {
          const { ms } = await timed(process.execPath, args);
          return { s: ms / 1000 };
        },
      };
    };
    const ours = await subject(OURS, projects[0].transform);
    try {
      const template = await officialTemplate("bench/baselines/official-template", note);
      const tsconfig = { module: "commonjs", moduleResolution: "node10", isolatedModules: false };
      const options = { tsconfig: { ...compilerOptions, ...tsconfig }, diagnostics: { warnOnly: true } };
      const tsJest = await subject(TS_JEST, { "\\.ts$": [path.join(template, "node_modules/ts-jest"), options] });
      return { subjects: [ours, tsJest], close };
    } catch (error) {
      return { subjects: [ours], skipped: [{ subject: TS_JEST, why: (error as Error).message }], close };
    }
  },
};

interface Jest {
  readonly maxWorkers: number;
  readonly projects: readonly [{ readonly transform: object }];
}
