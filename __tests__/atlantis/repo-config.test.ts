import { readFileSync } from "node:fs";
import path from "node:path";
import { build } from "esbuild";
import { parse } from "yaml";
import { REPO_CONFIG, repoConfig, WHEN_MODIFIED, WORKFLOW } from "../../atlantis/repo-config";
import { checkRepoConfig } from "../../cli/generate/atlantis";
import { currentProject } from "../../cli/project";
import { loadProject } from "../../settings/project";
import type { ProjectSettings } from "../../settings/schema";

const projects = (environments: ProjectSettings["environments"]) =>
  parse(repoConfig(loadProject({ project: "acme", region: "eu-west-1", environments }), "1.11.4")).projects;

it("atlantis.yaml is what environments.ts makes of it (otherwise: npm run atlantis)", async () => {
  await expect(checkRepoConfig(currentProject())).resolves.toBeUndefined();
});

it("an environment is a project of its name, in its workspace, with its workflow and its Terraform", () => {
  expect(projects({ dev: {} })).toEqual([
    {
      name: "dev",
      dir: ".",
      workspace: "dev",
      workflow: WORKFLOW,
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

describe("a plan is made anew", () => {
  const isCovered = (file: string) =>
    WHEN_MODIFIED.some((pattern) =>
      pattern.endsWith("/**") ? file.startsWith(pattern.slice(0, -2)) : file === pattern,
    );

  it("where anything changes that synthesis is made of", async () => {
    const { metafile } = await build({
      entryPoints: ["main.ts", "lambda/pre-sign-up/index.ts"],
      bundle: true,
      packages: "external",
      platform: "node",
      outdir: path.resolve(".build/metafile"),
      write: false,
      metafile: true,
    });
    const inputs = Object.keys(metafile.inputs).filter((file) => !file.startsWith("node_modules/"));
    expect(inputs).toEqual(expect.arrayContaining(["environments.ts", "lambda/pre-sign-up/handler.ts"]));
    expect(inputs.filter((file) => !isCovered(file))).toEqual([]);
  });

  it.each(["package-lock.json", ".terraform.lock.hcl", ".terraform-version", "cdktf.json", "cli/run.mjs", REPO_CONFIG])(
    "where %s changes",
    (file) => expect(isCovered(file)).toBe(true),
  );

  it.each(["README.md", "docs/policy.md", "__tests__/readme.test.ts"])("not where %s changes", (file) =>
    expect(isCovered(file)).toBe(false),
  );
});

describe("the server's side", () => {
  const { repos, workflows } = parse(readFileSync("atlantis/repos.yaml", "utf8"));

  it("requires approval, and lets nobody lower what it requires", () => {
    expect(repos).toHaveLength(1);
    expect(repos[0]).toMatchObject({
      apply_requirements: ["approved", "mergeable", "undiverged"],
      import_requirements: ["approved", "mergeable", "undiverged"],
      allowed_overrides: ["workflow"],
      allowed_workflows: [WORKFLOW],
      allow_custom_workflows: false,
    });
  });

  it("applies the plan that was reviewed, and makes no other", () => {
    const runs = workflows[WORKFLOW].apply.steps.filter((step: object) => "run" in step);
    expect(runs).toEqual([{ run: '"$TERRAFORM" -chdir="cdktf.out/stacks/$WORKSPACE" apply -input=false "$PLANFILE"' }]);
  });
});
