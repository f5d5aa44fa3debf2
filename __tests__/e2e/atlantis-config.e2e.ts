import { execFileSync } from "node:child_process";
import { copyFileSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { parse } from "yaml";
import { REPO_CONFIG } from "../../atlantis/repo-config";
import { finished } from "../support/command";
import type { AtlantisProject } from "./support/atlantis";

const REPOSITORY = "github.com/your-organization/one-person-one-account";
const SERVER_CONFIG = "atlantis/repos.yaml";
const PARSER = path.resolve("__tests__/e2e/atlantis-config");

// Go is needed for nothing else here: whoever has none leaves this to CI.
const withoutGo = missing();
const describeWithGo = withoutGo && !process.env.CI ? describe.skip : describe;

function missing(): string | undefined {
  try {
    execFileSync("go", ["version"]);
    return undefined;
  } catch {
    return "Go is not on PATH";
  }
}

describeWithGo(`Atlantis's own parser${withoutGo ? ` (skipped: ${withoutGo})` : ""}`, () => {
  let folder: string;
  let program: string;

  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), "atlantis-config-"));
    program = path.join(folder, "parser");
    const { code, stderr } = await finished("go", ["build", "-mod=readonly", "-buildvcs=false", "-o", program, "."], {
      cwd: PARSER,
      env: { ...process.env, GOFLAGS: "", GOTOOLCHAIN: process.env.GOTOOLCHAIN ?? "auto" },
    });
    if (code !== 0) throw new Error(stderr);
  }, 300_000);
  afterAll(() => rm(folder, { recursive: true, force: true }));

  /** Has the files parsed, after changing what they say. */
  const parsed = async (changes: Record<string, [from: string, to: string]> = {}, repository = REPOSITORY) => {
    for (const file of [REPO_CONFIG, SERVER_CONFIG]) {
      const [from, to] = changes[file] ?? ["", ""];
      const copy = path.join(folder, path.basename(file));
      copyFileSync(file, copy);
      writeFileSync(
        copy,
        readFileSync(file, "utf8").replace(from, () => to),
      );
    }
    const { code, stdout, stderr } = await finished(program, [path.join(folder, "repos.yaml"), folder, repository]);
    return { code, stderr, projects: code === 0 ? JSON.parse(stdout) : undefined };
  };

  it("accepts both files, and requires of every environment what it should", async () => {
    const { projects, stderr } = await parsed();
    expect(stderr).toBe("");
    const written: AtlantisProject[] = parse(readFileSync(REPO_CONFIG, "utf8")).projects;
    expect(written.length).toBeGreaterThan(0);
    expect(projects).toMatchObject(
      written.map(({ name, depends_on = null, execution_order_group }) => ({
        Name: name,
        Dir: ".",
        Workspace: name,
        Workflow: "cdktf",
        TerraformVersion: readFileSync(".terraform-version", "utf8").trim(),
        ApplyRequirements: ["approved", "mergeable", "undiverged"],
        ImportRequirements: ["approved", "mergeable", "undiverged"],
        DependsOn: depends_on,
        ExecutionOrderGroup: execution_order_group,
        PlanSteps: expect.arrayContaining([expect.stringContaining("npm run --silent review")]),
        ApplySteps: expect.arrayContaining([expect.stringContaining('apply -input=false "$PLANFILE"')]),
      })),
    );
  });

  it.each<[string, [string, string], string]>([
    [
      "requirements of its own",
      ["workflow: cdktf", "workflow: cdktf\n    apply_requirements: []"],
      "apply_requirements",
    ],
    ["another workflow", ["workflow: cdktf", "workflow: default"], "default"],
    ["steps of its own", ["projects:", "workflows:\n  cdktf: {}\nprojects:"], "allow_custom_workflows"],
    ["a key that there is not", ["dir: .", "directory: ."], "directory"],
  ])("refuses an atlantis.yaml with %s", async (_, change, message) => {
    const { code, stderr } = await parsed({ [REPO_CONFIG]: change });
    expect(stderr).toContain(message);
    expect(code).toBe(1);
  });

  it("refuses atlantis.yaml of a repository that the server's file does not name", async () => {
    expect(await parsed({}, "github.com/somebody/else")).toMatchObject({ code: 1 });
  });
});
