import { describeE2e, story } from "../e2e/support/describe-e2e";
import { Scene } from "./scene";

const APPLIED = "Apply complete! Resources: 12 added, 0 changed, 0 destroyed.";
const UNAPPROVED = "Pull request must be approved according to the project's approval rules before running apply.";

describeE2e("Atlantis promotes a pull request", () => {
  const step = story();
  let scene: Scene;
  /** What the comment advises for review-allow.txt. */
  let lines: string[] = [];

  beforeAll(async () => {
    scene = await Scene.make();
  });
  afterAll(() => scene?.remove());

  step("every environment is planned, and the comment begins with the verdict, in sight", async () => {
    const said = await scene.opened("first", () => scene.repository.write("review-allow.txt", "# Nothing yet.\n"));
    for (const name of ["dev", "staging", "prod"]) {
      const project = `project: \`${name}\` dir: \`synthesized/${name}\` workspace: \`${name}\``;
      expect(said).toContain(`${project}\n\`\`\`diff\nReview of ${name}: changes to sign\n`);
      expect(scene.hasPlan(name)).toBe(true);
    }
    expect(said.match(/<details><summary>Terraform's plan<\/summary>/g)).toHaveLength(3);
    expect(said).toContain("\nPlan: 12 to add, 0 to change, 0 to destroy.\n");
    expect(said).toContain("\nThis pull request changes what decides: review-allow.txt.\n");
    expect(said).not.toMatch(/Initializing|Switched to workspace|Saved the plan/);
  });

  step("nothing is applied without an approval, or with one that is not a code owner's", async () => {
    expect(await scene.says("atlantis apply -p dev")).toContain(UNAPPROVED);
    scene.github.approve(scene.pull, "bob");
    expect(await scene.says("atlantis apply -p dev")).toContain("must be mergeable before running apply");
    scene.github.approve(scene.pull, "ana");
  });

  step("an environment is not applied before those that come first", async () => {
    const refused = "Can't apply your project unless you apply its dependencies: [dev]";
    expect(await scene.says("atlantis apply -p staging")).toContain(refused);
  });

  step("one environment is applied, and then all others in order", async () => {
    expect(await scene.says("atlantis apply -p dev")).toContain(APPLIED);
    expect(scene.hasPlan("dev")).toBe(false);
    const said = await scene.says("atlantis apply");
    expect(said.split(APPLIED)).toHaveLength(3);
    expect(said.indexOf("project: `staging`")).toBeLessThan(said.indexOf("project: `prod`"));
    expect(said).not.toMatch(/Error|Failed/);
    await scene.github.merge(scene.pull);
  });

  step("a plan is shown whole whose values say what Atlantis cuts at, and only what changes is planned", async () => {
    const said = await scene.opened("tags", () =>
      scene.configure({ dev: { tags: { note: "x: Refreshing state..." } } }),
    );
    expect(said).toContain("Review of dev: changes to sign");
    expect(said.split('"x: Refreshing state..."').length).toBeGreaterThan(3);
    expect(said).toMatch(/\nPlan: 0 to add, \d+ to change, 0 to destroy\.\n/);
    expect(said).not.toMatch(/^aws_\S+: Refreshing state/m);
    expect(said).not.toContain("staging");
  });

  step(
    "an approval does not outlive a later commit where stale ones are dismissed, and does where they are not",
    async () => {
      scene.github.approve(scene.pull, "ana");
      await scene.pushed(() => scene.configure({ dev: { tags: { note: "later" } } }));
      expect(await scene.says("atlantis apply -p dev")).toContain(UNAPPROVED);

      scene.github.approve(scene.pull, "ana");
      scene.github.protection.dismissStale = false;
      await scene.pushed(() => scene.configure({ dev: { tags: { note: "later still" } } }));
      expect(await scene.says("atlantis apply -p dev")).toContain("Apply complete!");
      scene.github.protection.dismissStale = true;
      await scene.github.merge(scene.pull);
    },
  );

  step(
    "a plan that loses something is blocked, whatever the pull request's own scripts say, and stops what comes after it",
    async () => {
      const said = await scene.opened("blocked", async () => {
        const { scripts, ...rest } = JSON.parse(scene.repository.read("package.json"));
        const scriptsThatPass = {
          ...scripts,
          review: "echo nothing to do",
          reviewer: "true",
          preinstall: "touch /ran",
        };
        scene.repository.write("package.json", JSON.stringify({ ...rest, scripts: scriptsThatPass }));
        await scene.configure({ dev: { uniqueness: "directory" }, staging: { uniqueness: "directory" } });
        scene.repository.write("review/report.ts", "export const review = () => ({ exitCode: 0 });\n");
      });
      expect(said).toContain("**Plan Error**\n```diff\nReview of dev: blocked\n");
      lines = [...said.matchAll(/^ {4}(dev aws_\S+)$/gm)].map(([, line = ""]) => line);
      expect(lines).toContain("dev aws_dynamodb_table.reservations");
      expect(said).toContain("review-allow.txt");
      expect(said).not.toMatch(/--allow\b|<details>|review of staging/i);
      expect(scene.hasPlan("dev")).toBe(false);
      scene.github.approve(scene.pull, "ana");
      expect(await scene.says("atlantis apply")).not.toContain("Apply complete");
    },
  );

  step(
    "the lines that the comment advises let it through; used up, they do not stand in the way of the next environment",
    async () => {
      const { repository } = scene;
      const allow = (allowed: readonly string[]) => repository.write("review-allow.txt", `${allowed.join("\n")}\n`);
      await scene.pushed(() => allow(lines));
      scene.github.approve(scene.pull, "ana");
      expect(await scene.says("atlantis apply -p dev")).toContain("Apply complete!");

      const staging = lines.map((line) => line.replace("dev", "staging"));
      const said = await scene.pushed(() => allow([...lines, ...staging]));
      expect(said).toContain("Review of dev: nothing to do");
      expect(said).toContain("Review of staging: changes to sign");
      scene.github.approve(scene.pull, "ana");
      expect(await scene.says("atlantis apply -p staging")).toContain("Apply complete!");
    },
  );
});
