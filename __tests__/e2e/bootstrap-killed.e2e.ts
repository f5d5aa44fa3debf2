import { randomBytes, randomUUID } from "node:crypto";
import { rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { killAt } from "../support/kill";
import { ProjectCopy } from "../support/project-copy";
import { describeE2e } from "./support/describe-e2e";
import { keysOf } from "./support/s3";

// Terraform says that the bucket is made, and then writes it into its state: a run that dies in between leaves one of these.
const LEFT_BEHIND: ReadonlyArray<[string, (file: string) => Promise<void>]> = [
  [
    "a state without the bucket that was made",
    (file) => {
      const state = { version: 4, terraform_version: "1.11.4", serial: 1, lineage: randomUUID(), outputs: {} };
      return writeFile(file, JSON.stringify({ ...state, resources: [], check_results: null }));
    },
  ],
  ["half of a state", (file) => writeFile(file, '{ "version": 4, "terraform_version": "1.11.4", "ser')],
  ["an empty state file", (file) => writeFile(file, "")],
  ["no state", (file) => rm(file)],
];

describeE2e("bootstrap, after a run that was killed", () => {
  it.concurrent.each(LEFT_BEHIND)("finishes what left %s", async (_, leave) => {
    const project = `e2e-${randomBytes(4).toString("hex")}`;
    const environments = { dev: { applicationUrls: ["https://app.example.com"] } };
    const copy = await ProjectCopy.make({ project, region: "eu-west-1", environments });
    try {
      await killAt(/aws_s3_bucket\.state_bucket: Creation complete/, copy, "bootstrap", "--auto-approve");
      await leave(path.join(copy.stack("state"), "bootstrap.tfstate.d/state/terraform.tfstate"));

      const { code, stdout, stderr } = await copy.script("bootstrap", "--auto-approve");
      expect({ code, said: code ? stdout + stderr : "" }).toEqual({ code: 0, said: "" });
      expect(await keysOf(`${project}-terraform-state`)).toEqual([`env:/state/${project}/terraform.tfstate`]);
      expect(await copy.script("plan", "state", "-detailed-exitcode")).toMatchObject({ code: 0 });
    } finally {
      await copy.remove();
    }
  });
});
