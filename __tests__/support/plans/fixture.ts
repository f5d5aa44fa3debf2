import { readFileSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { type Plan, readPlan } from "../../../review/plan";
import type { Report } from "../../../review/report";
import type { Block } from "../stack";
import { DANGEROUS } from "./dangerous";
import { DRIFT, HARMLESS } from "./harmless";
import { lines, trimmed, withoutChance } from "./kept";
import type { Scenario } from "./scenario";

const FOLDER = "__tests__/review/plans";

export const SCENARIOS: readonly Scenario[] = [...DANGEROUS, ...HARMLESS, ...DRIFT];

const file = (name: string) => path.join(FOLDER, `${name}.json`);

/** The JSON that Terraform made of a scenario's plan, as it was last kept. */
export function planJson(name: string): Block {
  return JSON.parse(readFileSync(file(name), "utf8"));
}

/** Which rules found what in a plan, by address. */
export function findingsOf({ resources, configuration }: Report): Record<string, string[]> {
  return Object.fromEntries(
    [...resources, ...configuration]
      .filter(({ findings }) => findings.length > 0)
      .map(({ address, findings }) => [address, [...new Set(findings.map(({ rule }) => rule))]]),
  );
}

/** Everything that a report says of dangers. */
export function sentencesOf({ resources, configuration, problems }: Report): string[] {
  return [...problems, ...[...resources, ...configuration].flatMap(({ findings }) => findings.map(({ why }) => why))];
}

/** The same, read. */
export function planOf(name: string): Plan {
  return readPlan(planJson(name));
}

/** Keeps a plan for the tests that run without Terraform. */
export async function keep({ name }: Scenario, json: Block): Promise<void> {
  await mkdir(FOLDER, { recursive: true });
  await writeFile(file(name), lines(withoutChance(trimmed(json, name))));
}
