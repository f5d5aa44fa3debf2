import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type { Refused, Reviewed, Warned } from "../../catalogue/rules/rule";
import { SettingsError } from "../../settings/problems";
import { loadProject } from "../../settings/project";
import type { ProjectSettings } from "../../settings/schema";
import { warnings } from "../../settings/warnings";
import { kept, rules } from "./kept";

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

it.each(kept<Reviewed>("reviewed"))("$id: the review has the finding", ({ kept: { finding } }) => {
  const folder = path.join(__dirname, "../../review/types");
  const sources = readdirSync(folder).map((name) => readFileSync(path.join(folder, name), "utf8"));
  expect(sources.some((source) => source.includes(`"${finding}"`))).toBe(true);
});
