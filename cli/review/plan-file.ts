import { existsSync } from "node:fs";
import path from "node:path";
import { type Plan, readPlan, UnreadablePlan } from "../../review/plan";
import { Failure } from "../failure";

/** A file as it was named: from the project's folder, or, as Terraform takes it, from the stack's. */
export function planFile(named: string, stackFolder: string): string {
  const found = [path.resolve(named), path.resolve(stackFolder, named)].find((file) => existsSync(file));
  if (found !== undefined) return found;
  throw new Failure(
    `There is no file ${named}, neither here nor in ${stackFolder}, where \`npm run plan -- ${path.basename(stackFolder)}` +
      " -out=<file>` saves one.",
    64,
  );
}

/** The plan in a document. A plan of another environment, reviewed as if it were this one's, would be signed for the wrong one. */
export function planOf(stack: string, file: string, document: unknown): Plan {
  const plan = readable(document, file);
  if (plan.workspace === stack) return plan;
  throw new Failure(
    plan.workspace === undefined
      ? `${file} does not say which environment it is of: it was not made of one of this project's stacks.`
      : `${file} is a plan of ${plan.workspace}, not of ${stack}: review it with \`npm run review -- ${plan.workspace}\`.`,
    64,
  );
}

function readable(document: unknown, file: string): Plan {
  try {
    return readPlan(document);
  } catch (error) {
    if (error instanceof UnreadablePlan) throw new Failure(`${file} cannot be reviewed. ${error.message}`);
    throw error;
  }
}
