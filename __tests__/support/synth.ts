import { loadProject } from "../../settings/project";
import type { EnvironmentSettings, ProjectSettings } from "../../settings/schema";
import { synthesize } from "../../stacks/synthesize";
import { everyBundle } from "./bundles";
import { PROJECT } from "./settings";
import { type Document, inFolder, read } from "./stack";

/** The Terraform JSON of every stack of a project. */
export function synthesized(settings: ProjectSettings = PROJECT): Record<string, Document> {
  return inFolder((outdir, bundle) => {
    const project = loadProject(settings);
    synthesize(project, { bundles: everyBundle(bundle) }, { outdir });
    const names = [...project.stateBuckets.map(({ stack }) => stack), ...project.environments.map(({ name }) => name)];
    return Object.fromEntries(names.map((name) => [name, read(outdir, name)]));
  });
}

/** The Terraform JSON of one environment with these settings. */
export function environment(settings: EnvironmentSettings = {}, name = "dev"): Document {
  const document = synthesized({ ...PROJECT, environments: { [name]: settings } })[name];
  if (!document) throw new Error(`no stack ${name}`);
  return document;
}
