import { Document } from "yaml";
import type { Project } from "../settings/project";

/** The file, at the repository's root, in which Atlantis looks for its projects. */
export const REPO_CONFIG = "atlantis.yaml";

/**
 * What a plan is made of and reviewed with, as paths from the project's folder. A change of any of these is planned, and an
 * approved plan counts as overtaken where one of them was changed on the main branch meanwhile (`undiverged`).
 */
export const WHEN_MODIFIED = ["**", "../../atlantis.yaml", "../../review-allow.txt", "../../review-types.txt"] as const;

const COMMENT = ` Made from environments.ts by \`npm run generate\`: change that file and run it again, not this one.
 Commands, requirements and the review are on the server, in atlantis/repos.yaml: a pull request could change them here.
 docs/atlantis.md says how both are set up.`;

/** The text of atlantis.yaml: a project per environment, each of which waits for those before it. */
export function repoConfig({ environments }: Pick<Project, "environments">, terraformVersion: string): string {
  const stages = inOrderOfPromotion(environments);
  const document = new Document(
    {
      version: 3,
      autodiscover: { mode: "disabled" },
      // What fails in one group stops the next ones, but only where runs are parallel. Each group has one project.
      parallel_plan: true,
      parallel_apply: true,
      abort_on_execution_order_fail: true,
      projects: stages.map(({ name }, index) => ({
        name,
        dir: `synthesized/${name}`,
        workspace: name,
        terraform_version: terraformVersion,
        execution_order_group: index + 1,
        // Atlantis ignores the order where one project is applied by itself.
        ...(index > 0 && { depends_on: stages.slice(0, index).map((stage) => stage.name) }),
        autoplan: { enabled: true, when_modified: WHEN_MODIFIED },
      })),
    },
    { aliasDuplicateObjects: false },
  );
  document.commentBefore = COMMENT;
  return document.toString({ lineWidth: 0 });
}

/** In the order of environments.ts, but production last, so that nothing reaches it that was not deployed elsewhere. */
function inOrderOfPromotion(environments: Project["environments"]): Project["environments"] {
  return [...environments].sort((one, other) => Number(one.production) - Number(other.production));
}
