import { officialTemplate } from "../installed";
import type { Part } from "../measure";
import { copyOfProject, NPM_RUN_SYNTH, remove, synthesis } from "../project-copy";

const OURS = "npm run synth";
const TEMPLATE = "the official template: npx cdktf synth";

/**
 * Three environments, with a source that has changed since the last run. The template's app makes the baseline's stacks, which
 * are smaller than this project's, and bundles nothing.
 */
export const part: Part = {
  title: "Synth",
  unit: "s",
  rounds: 9,
  goals: [{ subject: OURS, baseline: TEMPLATE, atMost: 0.3 }],
  async prepare(note) {
    const project = await copyOfProject(["dev", "staging", "prod"]);
    const subjects = [synthesis(OURS, project, "environments.ts", NPM_RUN_SYNTH)];
    const skipped: string[] = [];
    try {
      const template = await officialTemplate("bench/baselines/official-template", note);
      subjects.push(synthesis(TEMPLATE, template, "main.ts", ["npx", "cdktf", "synth"]));
    } catch (error) {
      skipped.push(`${TEMPLATE}: ${(error as Error).message}`);
    }
    return { subjects, skipped, close: () => remove(project) };
  },
};
