import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { repoConfig, WHEN_MODIFIED } from "../../atlantis/repo-config";
import { loadProject } from "../../settings/project";
import type { ProjectSettings } from "../../settings/schema";

const projects = (environments: ProjectSettings["environments"]) =>
  parse(repoConfig(loadProject({ project: "acme", region: "eu-west-1", environments }), "1.11.4")).projects;

it("an environment is a project of its name, in its synthesized folder and its workspace, with its Terraform", () => {
  expect(projects({ dev: {} })).toEqual([
    {
      name: "dev",
      dir: "synthesized/dev",
      workspace: "dev",
      terraform_version: "1.11.4",
      execution_order_group: 1,
      autoplan: { enabled: true, when_modified: [...WHEN_MODIFIED] },
    },
  ]);
});

describe("promotion", () => {
  const order = (environments: ProjectSettings["environments"]) =>
    projects(environments).map(({ name, execution_order_group, depends_on = [] }: Record<string, unknown>) => [
      execution_order_group,
      name,
      depends_on,
    ]);

  it("is the order of environments.ts: each waits for all before it", () => {
    expect(order({ dev: {}, staging: {}, prod: {} })).toEqual([
      [1, "dev", []],
      [2, "staging", ["dev"]],
      [3, "prod", ["dev", "staging"]],
    ]);
  });

  it("comes to production last, wherever it is written down", () => {
    expect(order({ prod: {}, "prod-us": { production: true }, qa: {}, dev: {} })).toEqual([
      [1, "qa", []],
      [2, "dev", ["qa"]],
      [3, "prod", ["qa", "dev"]],
      [4, "prod-us", ["qa", "dev", "prod"]],
    ]);
  });
});

it("a failed environment stops the next ones, which Atlantis does in parallel runs only", () => {
  expect(parse(readFileSync("atlantis.yaml", "utf8"))).toMatchObject({
    autodiscover: { mode: "disabled" },
    parallel_plan: true,
    parallel_apply: true,
    abort_on_execution_order_fail: true,
  });
});

describe("the server's side", () => {
  const { repos, workflows } = parse(readFileSync("atlantis/repos.yaml", "utf8"));
  type Run = { readonly run: string | { readonly command: string; readonly output?: string } };
  const commands = (stage: string) =>
    workflows.cdktf[stage].steps
      .filter((step: object) => "run" in step)
      .map(({ run }: Run) => (typeof run === "string" ? run : run.command).trim());

  it("pins workflow and requirements; a pull request can override nothing", () => {
    expect(repos).toHaveLength(1);
    expect(repos[0]).toMatchObject({
      workflow: "cdktf",
      apply_requirements: ["approved", "mergeable", "undiverged"],
      import_requirements: ["approved", "mergeable", "undiverged"],
      allowed_overrides: [],
      allowed_workflows: [],
      allow_custom_workflows: false,
      autodiscover: { mode: "disabled" },
    });
  });

  it("checks the folder before anything else, in every stage", () => {
    for (const stage of ["plan", "apply"]) expect(commands(stage)[0]).toMatch(/^one-account-review folder \|\| /);
  });

  it("runs no code of the pull request", () => {
    const all = ["plan", "apply"].flatMap(commands).join("\n");
    expect(all).not.toMatch(/npm|npx|node\b|cdktf/);
  });

  it("applies the plan that was reviewed, makes no other, and leaves no plan behind", () => {
    expect(commands("apply").slice(1)).toEqual([
      '"$TERRAFORM" apply -input=false -no-color "$PLANFILE" && rm -f "$PLANFILE"',
    ]);
  });

  it("refuses imports and removals from the state in every way", () => {
    for (const stage of ["import", "state_rm"]) expect(commands(stage)).toEqual([expect.stringMatching(/exit 3$/)]);
  });
});
