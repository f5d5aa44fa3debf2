import type { Part } from "../measure";
import { copyOfProject, NPM_RUN_SYNTH, remove, synthesis } from "../project-copy";

const ONE = "1 environment";
const MANY = "100 environments";

/** `npm run synth` of a project with one environment, and of one with a hundred. */
export const part: Part = {
  title: "Growth",
  unit: "s",
  rounds: 7,
  goals: [{ subject: MANY, baseline: ONE, atMost: 7 }],
  async prepare() {
    const names = Array.from({ length: 100 }, (_, index) => `env-${index}`);
    const folders = { [ONE]: await copyOfProject(names.slice(0, 1)), [MANY]: await copyOfProject(names) };
    return {
      subjects: Object.entries(folders).map(([name, folder]) =>
        synthesis(name, folder, "environments.ts", NPM_RUN_SYNTH),
      ),
      close: () => remove(...Object.values(folders)),
    };
  },
};
