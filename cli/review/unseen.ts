import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { type ConfigurationFile, isConfiguration, unseenProblems } from "../../review/config/unseen";
import { Failure } from "../failure";
import { typesIn } from "./allow-file";
import { TYPES_FILE } from "./allowances";
import { zipEntries } from "./zip";

/** Throws a {@link Failure} with exit code 3 where Terraform would do what no plan shows, while it plans or when it applies. */
export function requireSeenFolder(folder: string): void {
  const files = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => !entry.isDirectory() && isConfiguration(entry.name))
    .map(({ name }) => ({ name, text: readFileSync(path.join(folder, name), "utf8") }));
  refuse(files, `Terraform was not run in ${folder}`);
}

/** The configuration that a saved plan was made of, and is applied with, stands in its file. */
const ROOT_MODULE = "tfconfig/m-/";

/** The same for the configuration in a saved plan, which may have been made elsewhere, or meanwhile. */
export function requireSeenPlan(file: string): void {
  const files = zipEntries(readFileSync(file), ROOT_MODULE)?.map(({ name, content }) => ({
    name,
    text: content.toString(),
  }));
  if (files === undefined || files.length === 0) {
    throw new Failure(`${path.basename(file)} does not hold the configuration that it was made of: make a new plan.`);
  }
  refuse(files, "Nothing was changed: the plan is blocked");
}

function refuse(files: readonly ConfigurationFile[], what: string): void {
  const problems = unseenProblems(files, existsSync(TYPES_FILE) ? typesIn(TYPES_FILE) : []);
  if (problems.length === 0) return;
  throw new Failure([`${what}. No allowance helps:`, ...problems.map((problem) => `  ${problem}`)].join("\n"), 3);
}
