import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import path from "node:path";
import type { ProjectSettings } from "../../settings/schema";
import { cdkTerrain, switchToCdkTerrain } from "../support/cdk-terrain";
import { ProjectCopy } from "../support/project-copy";
import { describeE2e, story } from "./support/describe-e2e";
import { makeBucket, textOf } from "./support/s3";

const project = `terrain-${randomBytes(4).toString("hex")}`;
const bucket = `${project}-terraform-state`;
const settings: ProjectSettings = {
  project,
  region: "eu-west-1",
  environments: { dev: { applicationUrls: ["https://app.example.com"] } },
};

const { folder, missing } = cdkTerrain();

describeE2e(
  "an environment that was deployed with CDKTF",
  () => {
    const step = story();
    let copy: ProjectCopy;
    beforeAll(async () => {
      copy = await ProjectCopy.make(settings);
      await makeBucket(bucket);
    });
    afterAll(() => copy?.remove());

    const state = () => textOf(bucket, `env:/dev/${project}/terraform.tfstate`);
    const writtenBy = async () => {
      const document = JSON.parse(await readFile(path.join(copy.stack("dev"), "cdk.tf.json"), "utf8"));
      return document["//"].metadata.version as string;
    };

    async function done(script: string, ...args: string[]): Promise<string> {
      const { code, stdout, stderr } = await copy.script(script, ...args);
      expect({ code, said: code ? stdout + stderr : "" }).toEqual({ code: 0, said: "" });
      return stdout;
    }

    step("(deployed)", async () => {
      await done("deploy", "dev", "--auto-approve");
      expect(await writtenBy()).toBe("0.21.0");
    });

    step("plans no changes with CDK Terrain, and its deployment leaves the state as it is", async () => {
      const before = await state();
      await switchToCdkTerrain(copy, folder);
      expect(await done("plan", "dev", "-detailed-exitcode")).toContain("No changes.");
      expect(await writtenBy()).not.toBe("0.21.0");
      await done("deploy", "dev", "--auto-approve");
      expect(await state()).toBe(before);
    });

    step("is deleted with CDK Terrain", async () => {
      expect(await done("destroy", "dev", "--auto-approve", "--allow-all")).toMatch(
        /0 added, 0 changed, \d+ destroyed/,
      );
    });
  },
  missing,
);
