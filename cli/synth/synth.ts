import { warnings } from "../../settings/warnings";
import { note } from "../print";
import { currentProject, synthesizeProject } from "../project";

/**
 * Synthesizes every stack of environments.ts, as `npm run synth` and the app that cdktf runs; answers the stacks' names.
 */
export async function synth(): Promise<string[]> {
  const project = currentProject();
  for (const warning of project.environments.flatMap(warnings)) note(`Warning: ${warning}`);
  await synthesizeProject(project);
  return [...project.environments.map(({ name }) => name), ...project.stateBuckets.map(({ stack }) => stack)];
}
