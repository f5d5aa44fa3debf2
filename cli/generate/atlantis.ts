import { readFile, writeFile } from "node:fs/promises";
import { REPO_CONFIG, repoConfig } from "../../atlantis/repo-config";
import type { Project } from "../../settings/project";
import { Failure } from "../failure";

const TERRAFORM_VERSION = ".terraform-version";

/** What atlantis.yaml should say now. */
export async function currentRepoConfig(project: Project): Promise<string> {
  return repoConfig(project, (await readFile(TERRAFORM_VERSION, "utf8")).trim());
}

export async function writeRepoConfig(project: Project): Promise<void> {
  await writeFile(REPO_CONFIG, await currentRepoConfig(project));
}

/** Throws a {@link Failure} where atlantis.yaml says something else than it should now. */
export async function checkRepoConfig(project: Project): Promise<void> {
  const text = await readFile(REPO_CONFIG, "utf8").catch(() => "");
  if (text === (await currentRepoConfig(project))) return;
  throw new Failure(`${REPO_CONFIG} is not what environments.ts makes of it: run \`npm run atlantis\` and commit it.`);
}
