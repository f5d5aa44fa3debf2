import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { type Plan, readPlan, UnreadablePlan } from "../../review/plan";
import { quoted } from "../../review/render/words";
import { Failure } from "../failure";
import { readableFile, typedPath } from "../files";

/** A file as it was named: from where the command was called, or, as Terraform takes it, from the stack's folder. */
export function planFile(named: string, stackFolder: string): string {
  const [here, there] = [typedPath(named), path.resolve(stackFolder, named)];
  if (existsSync(here) || !existsSync(there)) {
    if (existsSync(here) || path.isAbsolute(named)) return readableFile(here);
    throw new Failure(
      `There is no file ${here}, and no file ${there}: \`npm run plan -- ${path.basename(stackFolder)} -out=<file>\` saves one.`,
      64,
    );
  }
  return readableFile(there);
}

/** Terraform saves plans as zip archives, which begin with these bytes. */
const ZIP = Buffer.from("PK\u0003\u0004");

export function isSavedPlan(content: Buffer): boolean {
  return content.subarray(0, ZIP.length).equals(ZIP);
}

/** Throws a {@link Failure} for a file that Terraform cannot apply, such as the JSON of a plan. */
export function requireSavedPlan(file: string): string {
  if (isSavedPlan(readFileSync(file))) return file;
  throw new Failure(
    `${file} is not a plan that Terraform saved: \`npm run plan -- <environment> -out=<file>\` makes one.`,
    64,
  );
}

/** The plan in a document. A plan of another environment, reviewed as if it were this one's, would be signed for the wrong one. */
export function planOf(stack: string, file: string, document: unknown): Plan {
  const plan = anyPlan(document, file);
  if (plan.workspace === stack) return plan;
  throw new Failure(
    plan.workspace === undefined
      ? `${file} does not say which environment it is of: it was not made of one of this project's stacks.`
      : `${file} is a plan of ${plan.workspace}, not of ${stack}: review it with` +
          ` \`npm run review -- ${plan.workspace} --plan ${quoted(file)}\`.`,
    64,
  );
}

/** The document in a file that is no saved plan. Throws a {@link Failure} where it is no JSON. */
export function parsedPlan(content: Buffer, file: string): unknown {
  try {
    return JSON.parse(content.toString());
  } catch {
    throw new Failure(`${file} is neither a plan that Terraform saved, nor the JSON of \`terraform show -json\`.`);
  }
}

/** A plan of any stack. Throws a {@link Failure} for a document that is no plan, or of a format that is not known. */
export function anyPlan(document: unknown, file: string): Plan {
  try {
    return readPlan(document);
  } catch (error) {
    if (error instanceof UnreadablePlan) throw new Failure(`${file} cannot be reviewed. ${error.message}`);
    throw error;
  }
}
