import { readFileSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { type Plan, readPlan } from "../../../review/plan";
import type { Report } from "../../../review/report";
import type { Block } from "../stack";
import { DANGEROUS } from "./dangerous";
import { DRIFT, HARMLESS } from "./harmless";
import type { Scenario } from "./scenario";

const FOLDER = "__tests__/review/plans";

export const SCENARIOS: readonly Scenario[] = [...DANGEROUS, ...HARMLESS, ...DRIFT];

const file = (name: string) => path.join(FOLDER, `${name}.json`);

/** The JSON that Terraform made of a scenario's plan, as it was last kept. */
export function planJson(name: string): Block {
  return JSON.parse(readFileSync(file(name), "utf8"));
}

/** Which rules found what in a plan, by address. */
export function findingsOf({ resources }: Report): Record<string, string[]> {
  return Object.fromEntries(
    resources
      .filter(({ findings }) => findings.length > 0)
      .map(({ address, findings }) => [address, findings.map(({ rule }) => rule)]),
  );
}

/** The same, read. */
export function planOf(name: string): Plan {
  return readPlan(planJson(name));
}

/** Keeps a plan for the tests that run without Terraform. */
export async function keep({ name }: Scenario, json: Block): Promise<void> {
  await mkdir(FOLDER, { recursive: true });
  await writeFile(file(name), `${JSON.stringify(withoutChance(trimmed(json, name)), null, 1)}\n`);
}

/** What is not looked at goes: resources that do not change, but in the plan of nothing. */
function trimmed(json: Block, name: string): Block {
  const { format_version, terraform_version, variables, resource_changes = [], output_changes = {} } = json;
  const { resource_drift = [], prior_state, applyable, complete, errored } = json;
  const changes = resource_changes.filter(({ change, previous_address }: Block) => {
    return name === "nothing" || change.actions.join() !== "no-op" || change.importing || previous_address;
  });
  const outputs = Object.entries<Block>(output_changes).filter(([, { actions }]) => actions.join() !== "no-op");
  return {
    ...{ format_version, terraform_version, variables, applyable, complete, errored },
    resource_changes: changes,
    output_changes: Object.fromEntries(outputs),
    ...(resource_drift.length > 0 && { resource_drift }),
    ...(name.startsWith("drift") && { prior_state }),
  };
}

/** Ids and secrets that come out differently each time, written as if they did not. */
function withoutChance(json: Block): Block {
  const text = JSON.stringify(json);
  const chance: Array<[RegExp, string]> = [
    [/"client_secret":"([^"]+)"/, "the-secret-of-the-client"],
    [/"(eu-west-1_(?!Vanished1|Another01)\w+)"/, "eu-west-1_Example01"],
    [/client_id=(\w+)/, "1example23456789"],
    [/"type":"aws_cognito_user_pool_client"[^{]*"change":\{[^{]*"before":\{[^{]*?"id":"(\w+)"/, "1example23456789"],
  ];
  return JSON.parse(
    chance.reduce((replaced, [pattern, value]) => {
      const found = pattern.exec(replaced)?.[1];
      return found === undefined ? replaced : replaced.replaceAll(found, value);
    }, text),
  );
}
