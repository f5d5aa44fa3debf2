import { readFile } from "node:fs/promises";
import { REPO_CONFIG, repoConfig } from "../../atlantis/repo-config";
import type { Project } from "../../settings/project";
import type { Files } from "./files";

const TERRAFORM_VERSION = ".terraform-version";

/** atlantis.yaml, a project for every environment. */
export async function repoConfigFile(project: Project): Promise<Files> {
  const text = repoConfig(project, (await readFile(TERRAFORM_VERSION, "utf8")).trim());
  return new Map([[REPO_CONFIG, Buffer.from(text)]]);
}
