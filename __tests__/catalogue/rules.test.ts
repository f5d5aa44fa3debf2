import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { RULES } from "../../catalogue/rules/all";
import type { Absent, Kept, Refused, Resources, Reviewed, Rule, Warned, Written } from "../../catalogue/rules/rule";
import { SettingsError } from "../../settings/problems";
import { loadProject } from "../../settings/project";
import type { ProjectSettings } from "../../settings/schema";
import { warnings } from "../../settings/warnings";
import { exampleStacks } from "./examples";

const rules = RULES.flatMap(([, chapter]) => chapter);
type Of<T extends Kept> = Rule & { readonly kept: T };
const kept = <T extends Kept>(kind: T["kind"]) => rules.filter((rule): rule is Of<T> => rule.kept.kind === kind);

it("rules have different, plain names", () => {
  const ids = rules.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.filter((id) => !/^[a-z]+(?:-[a-z]+)*$/.test(id))).toEqual([]);
});

function problemsOf(settings: unknown): readonly string[] {
  try {
    loadProject(settings);
    return [];
  } catch (error) {
    if (error instanceof SettingsError) return error.problems;
    throw error;
  }
}

describe("settings that break a rule", () => {
  it.each(kept<Refused>("refused"))(
    "$id: they are refused where they are wrong, their legal neighbours are not",
    ({ kept }) => {
      const problems = problemsOf(kept.wrong);
      expect(problems).toEqual([expect.stringContaining(" allowed: ")]);
      expect(problems[0]?.startsWith(kept.where) ? kept.where : problems[0]).toBe(kept.where);
      expect(problemsOf(kept.right)).toEqual([]);
    },
  );

  it.each(kept<Warned>("warned"))("$id: they are warned of, their neighbours are not", ({ kept }) => {
    const warningsOf = (settings: ProjectSettings) => loadProject(settings).environments.flatMap(warnings);
    expect(warningsOf(kept.wrong)).toHaveLength(1);
    expect(warningsOf(kept.right)).toEqual([]);
  });
});

describe("what is written, with any settings that are allowed", () => {
  let stacks: readonly Resources[] = [];
  beforeAll(() => {
    stacks = exampleStacks();
  });
  const all = (type: string) =>
    stacks.flatMap((resources) => Object.values(resources[type] ?? {}).map((block) => ({ block, resources })));

  it.each(kept<Written>("written"))("$id: it keeps the rule", ({ kept: { type, holds } }) => {
    const resources = all(type);
    expect(resources.length).toBeGreaterThan(0);
    expect(resources.filter(({ block, resources }) => !holds(block, resources))).toEqual([]);
  });

  it.each(kept<Written>("written"))(
    "$id: a resource that breaks it is noticed",
    ({ kept: { type, holds, breach, beside } }) => {
      expect(holds(breach, { [type]: { one: breach, other: breach }, ...beside })).toBe(false);
    },
  );

  it.each(kept<Absent>("absent"))("$id: what it is about is not made", ({ kept: { type, argument } }) => {
    const found = all(type).filter(({ block }) => argument === undefined || block[argument] !== undefined);
    expect(found).toEqual([]);
    // A type that is made, for an argument that is not.
    if (argument !== undefined) expect(all(type).length).toBeGreaterThan(0);
  });
});

it.each(kept<Reviewed>("reviewed"))("$id: the review has the finding", ({ kept: { finding } }) => {
  const folder = path.join(__dirname, "../../review/types");
  const sources = readdirSync(folder).map((name) => readFileSync(path.join(folder, name), "utf8"));
  expect(sources.some((source) => source.includes(`"${finding}"`))).toBe(true);
});
