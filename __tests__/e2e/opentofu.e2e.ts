import { randomBytes } from "node:crypto";
import { copyFile, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { lockedVersions } from "../../cli/generate/lock-file";
import type { EnvironmentSettings, ProjectSettings } from "../../settings/schema";
import type { Finished } from "../support/command";
import { killAt } from "../support/kill";
import { ProjectCopy, testedLockFile } from "../support/project-copy";
import { describeE2e, story } from "./support/describe-e2e";
import { textOf } from "./support/s3";
import { tofuMirror, tofuMissing } from "./support/tofu";

const project = `tofu-${randomBytes(4).toString("hex")}`;
const bucket = `${project}-terraform-state`;
const settings = (dev: EnvironmentSettings = {}): ProjectSettings => ({
  project,
  region: "eu-west-1",
  environments: { dev, qa: {} },
});

const LOCK_FILE = ".terraform.lock.hcl";
const CLIENT = "aws_cognito_user_pool_client.user_pool_client";
const ARCHITECTURES: Readonly<Record<string, string>> = { x64: "amd64" };
const PLATFORM = `${process.platform}_${ARCHITECTURES[process.arch] ?? process.arch}`;

describeE2e(
  "a project that goes from Terraform to OpenTofu",
  () => {
    const step = story();
    let copy: ProjectCopy;
    let mirror: string;
    const { TF_CLI_CONFIG_FILE = "", TF_PLUGIN_CACHE_DIR = "" } = process.env;
    const before = { TF_CLI_CONFIG_FILE, TF_PLUGIN_CACHE_DIR };
    beforeAll(async () => {
      copy = await ProjectCopy.make(settings());
      // In CI providers must be those of the lock file. jest gives every test file an environment of its own.
      process.env.CI = "1";
    });
    afterAll(() => copy?.remove());

    async function done(script: string, ...args: string[]): Promise<Finished> {
      const finished = await copy.script(script, ...args);
      const { code, stdout, stderr } = finished;
      expect({ code, said: code ? stdout + stderr : "" }).toEqual({ code: 0, said: "" });
      return finished;
    }

    step("(the bucket and dev are deployed by Terraform)", async () => {
      await done("bootstrap", "--auto-approve");
      await done("deploy", "dev", "--auto-approve");
    });

    step("is told in CI that the lock file has no hashes of OpenTofu's providers", async () => {
      const tofu = tofuMirror(copy.folder);
      mirror = tofu.mirror;
      process.env.TERRAFORM = "tofu";
      process.env.TF_CLI_CONFIG_FILE = tofu.config;
      process.env.TF_PLUGIN_CACHE_DIR = "";
      const { code, stderr } = await copy.script("plan", "dev");
      expect(stderr).toContain(
        "OpenTofu would install other providers, or from another registry, than .terraform.lock.hcl",
      );
      expect(code).toBe(1);
    });

    step("locks the same versions, with the hashes of OpenTofu's registry", async () => {
      const file = path.join(copy.folder, LOCK_FILE);
      const before = await readFile(file, "utf8");
      const lock = () => done("lock", "--mirror", mirror, "--platform", PLATFORM);
      expect((await lock()).stdout).toContain(`${LOCK_FILE} has changed`);
      const after = await readFile(file, "utf8");
      expect([...lockedVersions(after)]).toEqual([...lockedVersions(before)]);
      expect(after).not.toContain("registry.terraform.io");
      expect(after).toMatch(/^provider "registry\.opentofu\.org\/hashicorp\/aws" \{\n[^}]*"h1:/m);
      expect((await lock()).stdout).toContain(`${LOCK_FILE} was up to date.`);
    });

    step("plans no changes to what Terraform has deployed", async () => {
      for (const stack of ["dev", "state"]) {
        const { stdout } = await done("plan", stack, "-detailed-exitcode");
        expect(stdout).toContain("No changes. Your infrastructure matches the configuration.");
        expect(stdout).toContain("OpenTofu has compared your real infrastructure");
      }
    });

    step("deploys a change, after which nothing is left to change", async () => {
      await copy.configure(settings({ logLevel: "ERROR" }));
      const { stdout } = await done("deploy", "dev", "--auto-approve");
      expect(stdout).toMatch(/Apply complete! Resources: 0 added, \d changed, 0 destroyed\./);
      expect((await done("plan", "dev", "-detailed-exitcode")).stdout).toContain("No changes.");
      expect(await textOf(bucket, `env:/dev/${project}/terraform.tfstate`)).toContain("registry.opentofu.org");
    });

    step("prints outputs, lists versions of the state, and finds no drift", async () => {
      expect((await done("output", "dev", "UserPoolClientId")).stdout).toMatch(/^\S+\n$/);
      const versions = JSON.parse((await done("state", "versions", "dev", "--json")).stdout);
      expect(versions.length).toBeGreaterThan(1);
      expect((await done("drift", "dev")).stdout).toContain("nothing was changed outside of Terraform");
    });

    step(
      "reviews a saved plan, and blocks one that leaves something out, which OpenTofu's JSON does not say",
      async () => {
        await copy.configure(settings({ logLevel: "INFO" }));
        await copy.script("plan", "dev", "-out=whole.tfplan");
        expect((await copy.script("review", "dev", "--plan", "whole.tfplan")).stdout).toContain(
          "Review of dev: changes to sign",
        );
        await copy.script("plan", "dev", `-target=${CLIENT}`, "-out=part.tfplan");
        for (const [command, ...plan] of [
          ["review", "--plan", "part.tfplan"],
          ["deploy", "part.tfplan"],
        ] as const) {
          const { code, stdout } = await copy.script(command, "dev", ...plan);
          expect(stdout).toContain("Something was left out (-target");
          expect(code).toBe(3);
        }
        const json = await copy.run("tofu", [`-chdir=${copy.stack("dev")}`, "show", "-json", "whole.tfplan"]);
        await writeFile(path.join(copy.folder, "whole.json"), json.stdout);
        const byJson = await copy.script("review", "dev", "--plan", "whole.json");
        expect(byJson.stdout).toContain("The JSON does not say whether something was left out");
        expect(byJson.code).toBe(3);
      },
    );

    step("does not run beside configuration that only OpenTofu reads", async () => {
      const file = path.join(copy.stack("dev"), "cdk.tofu.json");
      await writeFile(file, "{}");
      const { code, stderr } = await copy.script("plan", "dev");
      expect(stderr).toContain("cdk.tofu.json: Terraform would read this file");
      expect(code).toBe(3);
      await rm(file);
    });

    step("recovers a first deployment that was killed", async () => {
      await killAt(/aws_cognito_user_pool\.user_pool: Creation complete/, copy, "deploy", "qa", "--auto-approve");
      const locked = await copy.script("plan", "qa");
      expect(locked.stderr).toContain("npm run recover -- qa");
      const { ID } = JSON.parse(await textOf(bucket, `env:/qa/${project}/terraform.tfstate.tflock`)) as { ID: string };
      await done("recover", "qa", "--auto-approve", "--unlock", ID);
      expect((await done("plan", "qa", "-detailed-exitcode")).stdout).toContain("No changes.");
    });

    step("refuses dev's stack in the workspace of qa, and nothing changes there", async () => {
      const key = `env:/qa/${project}/terraform.tfstate`;
      const state = await textOf(bucket, key);
      const tofu = (...args: string[]) => copy.run("tofu", [`-chdir=${copy.stack("dev")}`, ...args]);
      expect(await tofu("workspace", "select", "qa")).toMatchObject({ code: 0 });
      for (const command of [
        ["plan"],
        ["apply", "-auto-approve"],
        ["apply", "-auto-approve", "-var=workspace=qa"],
        ["destroy", "-auto-approve"],
        ["destroy", "-auto-approve", `-target=${CLIENT}`],
        ["destroy", "-auto-approve", `-exclude=${CLIENT}`, "-refresh=false"],
      ]) {
        const { code, stderr } = await tofu(...command, "-input=false");
        expect({ command, code }).toEqual({ command, code: 1 });
        expect(stderr.replaceAll(/[\s│]+/g, " ")).toContain(
          "belongs to the workspace dev, but the workspace in use is qa",
        );
      }
      expect(await textOf(bucket, key)).toBe(state);
    });

    step("deletes an environment", async () => {
      expect((await done("destroy", "qa", "--auto-approve", "--allow-all")).stdout).toMatch(
        /0 added, 0 changed, \d+ destroyed/,
      );
    });

    step("goes back to Terraform with the lock file of before, and its registry's name in the state", async () => {
      Object.assign(process.env, { TERRAFORM: "", ...before });
      await copy.configure(settings({ logLevel: "ERROR" }));
      await copyFile(testedLockFile(), path.join(copy.folder, LOCK_FILE));
      await done("synth");
      const replaced = (name: string) => [`registry.opentofu.org/hashicorp/${name}`, `hashicorp/${name}`];
      for (const command of [
        ["init", "-input=false", "-reconfigure"],
        ["workspace", "select", "dev"],
        ["state", "replace-provider", "-auto-approve", ...replaced("aws")],
        ["state", "replace-provider", "-auto-approve", ...replaced("archive")],
      ]) {
        const { code, stdout, stderr } = await copy.terraform("dev", ...command);
        expect({ command, code, said: code ? stdout + stderr : "" }).toEqual({ command, code: 0, said: "" });
      }
      expect((await done("plan", "dev", "-detailed-exitcode")).stdout).toContain("No changes.");
    });
  },
  tofuMissing(),
);
