import Table from "cli-table3";
import { askedFunction } from "../../lambda/functions";
import type { Json } from "./existing";
import type { Adoption } from "./plan";
import { settingsFile } from "./settings-file";

/** What is taken over, changes, is kept and is left, in lines for a terminal. */
export function report(adoption: Adoption, outside: readonly string[], decisions: readonly string[]): string {
  const { taken, made, changed, refused } = adoption;
  return [
    tableOf(adoption),
    "",
    ...section("Changes in place, with the first deployment:", [
      `aws_cognito_user_pool.user_pool: lambda_config.pre_sign_up, which becomes this project's function${asking(adoption)}`,
      ...Object.entries(changed).flatMap(([address, all]) =>
        Object.entries(all).map(([argument, value]) => `${address}: ${argument}, which is ${shown(value)} today`),
      ),
    ]),
    ...section("Made beside it:", made),
    ...section(
      "Kept as it is, because no setting says it (adopted.keep):",
      taken.flatMap(({ address, keep }) =>
        Object.entries(keep).map(([argument, value]) => `${address}: ${argument} = ${shown(value)}`),
      ),
    ),
    ...section("Why settings do not say it:", refused),
    ...section("Stays outside, as it is, and why:", outside),
    ...section("To be decided or done by a person:", decisions),
  ].join("\n");
}

/** The pool's own function stays in use. */
function asking({ settings }: Adoption): string {
  const asked = askedFunction(settings);
  return asked === undefined
    ? ""
    : `; it asks ${asked} once it has admitted a sign-up itself (triggers.preSignUp, docs/triggers.md)`;
}

function tableOf({ taken }: Adoption): string {
  const rows = new Table({
    head: ["address", "is", "kept arguments"],
    style: { head: [], border: [] },
  });
  for (const { address, existing, keep } of taken) rows.push([address, existing.id, Object.keys(keep).length]);
  return rows.toString();
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [title, ...lines.map((line) => `  - ${line}`), ""];
}

/** An argument that is not there, or its value as JSON. */
function shown(value: Json): string {
  return value === null ? "(not set)" : JSON.stringify(value);
}

/** What to write into environments.ts. The command does not edit that file. */
export function nextSteps(environment: string): string {
  // Never a word of the language, such as new, and none that the file has for itself, such as project.
  const name = `${environment.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase()).replaceAll("-", "_")}Adopted`;
  return [
    `Written: ${settingsFile(environment)}. Add it to environments.ts:`,
    "",
    `  import ${name} from "./adopted/${environment}";`,
    `  …  ${/^\w+$/.test(environment) ? environment : JSON.stringify(environment)}: ${name},`,
    "",
    `next: npm run plan -- ${environment}`,
  ].join("\n");
}
