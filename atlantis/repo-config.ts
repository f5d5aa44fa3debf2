import { Document } from "yaml";
import type { Project } from "../settings/project";

/** The file, at the repository's root, in which Atlantis looks for its projects. */
export const REPO_CONFIG = "atlantis.yaml";

/** Name of the workflow in atlantis/repos.yaml, the file on the server's side. */
export const WORKFLOW = "cdktf";

/**
 * What a plan is made of and reviewed with, as paths from the root. Atlantis's own default looks for `.tf` files, of which
 * there are none. A change of any of these is planned, and an approved plan counts as overtaken where one of them was
 * changed on the main branch meanwhile (`undiverged`).
 */
export const WHEN_MODIFIED = [
  "environments.ts",
  "main.ts",
  "cli/**",
  "lambda/**",
  "modules/**",
  "review/**",
  "settings/**",
  "stacks/**",
  "cdktf.json",
  "package.json",
  "package-lock.json",
  "tsconfig.json",
  ".npmrc",
  ".terraform-version",
  ".terraform.lock.hcl",
  "atlantis.yaml",
  "review-allow.txt",
] as const;

const COMMENT = ` Made from environments.ts by \`npm run atlantis\`: change that file and run it again, not this one.
 Needs the workflow of atlantis/repos.yaml on the server, which also has the requirements: whoever opens a pull request
 could change them here. docs/atlantis.md says how both are set up.`;

/** The text of atlantis.yaml: a project per environment, each of which waits for those before it. */
export function repoConfig({ environments }: Pick<Project, "environments">, terraformVersion: string): string {
  const stages = inOrderOfPromotion(environments);
  const document = new Document(
    {
      version: 3,
      // What synthesis and tests leave behind is no project.
      autodiscover: { mode: "disabled" },
      // One after the other: what fails in the first environment is not tried in the next.
      parallel_plan: false,
      parallel_apply: false,
      abort_on_execution_order_fail: true,
      projects: stages.map(({ name }, index) => ({
        name,
        dir: ".",
        workspace: name,
        workflow: WORKFLOW,
        terraform_version: terraformVersion,
        execution_order_group: index + 1,
        // The order alone is not heeded where one project is applied by itself.
        ...(index > 0 && { depends_on: stages.slice(0, index).map((stage) => stage.name) }),
        autoplan: { enabled: true, when_modified: WHEN_MODIFIED },
      })),
    },
    { aliasDuplicateObjects: false },
  );
  document.commentBefore = COMMENT;
  return document.toString({ lineWidth: 0 });
}

/** As they are written down, but production last: nothing gets there that has not been anywhere else. */
function inOrderOfPromotion(environments: Project["environments"]): Project["environments"] {
  return [...environments].sort((one, other) => Number(one.production) - Number(other.production));
}
