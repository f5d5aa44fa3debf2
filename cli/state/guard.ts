import { NoSuchBucket } from "@aws-sdk/client-s3";
import type { Project } from "../../settings/project";
import { withAwsErrors } from "../aws";
import { Failure } from "../failure";
import { stateOf } from "../project";
import { StateBucket } from "./bucket";
import { legacyKey, stateKey } from "./keys";
import { foreignProjects, projectsOf, resourceCount } from "./state";
import { readState } from "./versions";

/**
 * Throws a {@link Failure} where Terraform would begin with a state that is not this stack's: another project's, or none
 * although there is one at the key that states had earlier. Has to be asked before a workspace is selected, because that
 * writes a state where there is none.
 */
export async function requireOwnState(project: Project, stack: string): Promise<void> {
  await withAwsErrors(async () => {
    const bucket = await StateBucket.of(stateOf(project, stack));
    try {
      await requireMovedState(bucket, project.name, stack);
    } catch (error) {
      // Terraform says how a bucket is made.
      if (!(error instanceof NoSuchBucket)) throw error;
    }
  });
}

/** The same for a bucket that is there. */
export async function requireMovedState(bucket: StateBucket, project: string, stack: string): Promise<void> {
  const key = stateKey(project, stack);
  const state = await readState(bucket, key);
  const [foreign] = foreignProjects(state, project);
  if (foreign !== undefined) {
    throw new Failure(
      `The state of ${stack} (${key} in ${bucket.name}) has resources of the project ${foreign}: nothing was changed.` +
        ` Restore this project's with \`npm run state -- restore ${stack}\`, or correct \`project\` in environments.ts.`,
    );
  }
  if (resourceCount(state) > 0) return;
  const legacy = await readState(bucket, legacyKey(stack));
  if (resourceCount(legacy) > 0 && projectsOf(legacy, project).includes(project)) {
    throw new Failure(
      `The state of ${stack} is still at ${legacyKey(stack)} in ${bucket.name}: move it with` +
        ` \`npm run state -- move ${stack}\`.`,
    );
  }
}
