import { randomBytes } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import type { ProjectSettings } from "../../settings/schema";
import { type AtlantisClone, AtlantisServer, type Stage } from "./support/atlantis";
import { describeE2e, story } from "./support/describe-e2e";
import { makeBucket, resourcesIn } from "./support/s3";

const project = `e2e-${randomBytes(4).toString("hex")}`;
const bucket = `${project}-terraform-state`;
const settings: ProjectSettings = {
  project,
  region: "eu-west-1",
  environments: { dev: {}, staging: {}, prod: {} },
};

describeE2e("the workflow's steps, run as Atlantis runs them", () => {
  const step = story();
  let server: AtlantisServer;
  let dev: AtlantisClone;
  let staging: AtlantisClone;

  beforeAll(async () => {
    await makeBucket(bucket);
    server = new AtlantisServer(settings);
    dev = server.clone("dev");
    staging = server.clone("staging");
  }, 60_000);
  // Every clone has its own packages and providers.
  afterAll(() => server?.remove(), 120_000);

  const allWell = ({ ok, comment }: Stage) => {
    if (!ok) throw new Error(comment);
    return comment;
  };

  step(
    "plan in a clean clone a workspace, into the plan file",
    async () => {
      for (const clone of [dev, staging]) {
        const comment = allWell(await clone.run("plan"));
        expect(comment).toContain("Plan: 12 to add, 0 to change, 0 to destroy.");
        // What is installed and synthesized is of no interest to a reviewer.
        expect(comment).not.toMatch(/packages in|Initializing|Switched to workspace/);
        expect(existsSync(clone.planFile)).toBe(true);
        expect(JSON.parse(readFileSync(clone.showFile, "utf8"))).toMatchObject({ terraform_version: "1.11.4" });
      }
      expect(await resourcesIn(bucket, `env:/dev/${project}/terraform.tfstate`)).toBe(0);
    },
    420,
  );

  step("do not apply the plan of another workspace", async () => {
    const { ok, comment } = await staging.run("apply", { planFile: dev.planFile });
    expect(comment).toContain("Saved plan does not match the given state");
    expect(ok).toBe(false);
    expect(await resourcesIn(bucket, `env:/dev/${project}/terraform.tfstate`)).toBe(0);
  });

  step("do not apply from a clone that was made anew since", async () => {
    expect(await server.clone("dev").run("apply", { planFile: dev.planFile })).toMatchObject({ ok: false });
    expect(await resourcesIn(bucket, `env:/dev/${project}/terraform.tfstate`)).toBe(0);
  });

  step("apply exactly that plan, from the clone it was made in", async () => {
    const comment = allWell(await dev.run("apply"));
    expect(comment).toContain("Apply complete! Resources: 12 added, 0 changed, 0 destroyed.");
    expect(await resourcesIn(bucket, `env:/dev/${project}/terraform.tfstate`)).toBe(12);
  });

  step("apply a second project beside it, which was planned before", async () => {
    const comment = allWell(await staging.run("apply"));
    expect(comment).toContain("Apply complete! Resources: 12 added, 0 changed, 0 destroyed.");
    expect(await resourcesIn(bucket, `env:/staging/${project}/terraform.tfstate`)).toBe(12);
  });

  step("do not apply a plan twice", async () => {
    const { ok, comment } = await dev.run("apply");
    expect(comment).toContain("Saved plan is stale");
    expect(ok).toBe(false);
  });

  step(
    "leave no plan behind that is blocked, until the pull request allows it",
    async () => {
      const changed = { ...settings, environments: { ...settings.environments, dev: { uniqueness: "directory" } } };
      server.commit("environments.ts", `export default ${JSON.stringify(changed)};\n`);
      dev.update();
      const { ok, comment } = await dev.run("plan", { installed: true });
      expect(comment).toContain("aws_dynamodb_table.reservations");
      expect(ok).toBe(false);
      expect(existsSync(dev.planFile)).toBe(false);

      server.commit("review-allow.txt", "dev aws_dynamodb_table.reservations\n");
      dev.update();
      allWell(await dev.run("plan", { installed: true }));
      expect(existsSync(dev.planFile)).toBe(true);
    },
    240,
  );
});
