import { createHash, randomBytes } from "node:crypto";
import { appendFile, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import type { EnvironmentSettings, ProjectSettings } from "../../settings/schema";
import { ProjectCopy } from "../support/project-copy";
import { cognito } from "./support/cognito";
import { describeE2e, story } from "./support/describe-e2e";
import { deployedHash, replaceCode } from "./support/lambda";
import { makeBucket, textOf } from "./support/s3";

const project = `reviewed-${randomBytes(4).toString("hex")}`;
const bucket = `${project}-terraform-state`;
const settings = (dev: EnvironmentSettings = {}): ProjectSettings => ({
  project,
  region: "eu-west-1",
  environments: { dev: { applicationUrls: ["https://app.example.com"], deletionProtection: true, ...dev } },
});

const POOL = "aws_cognito_user_pool.user_pool";
const TABLE = "aws_dynamodb_table.reservations";

/** What is deployed is what was reviewed. */
describeE2e("what is reviewed is what is deployed", () => {
  const step = story();
  let copy: ProjectCopy;
  beforeAll(async () => {
    copy = await ProjectCopy.make(settings());
    await makeBucket(bucket);
  });
  afterAll(() => copy?.remove());

  const state = () => textOf(bucket, `env:/dev/${project}/terraform.tfstate`);
  const zips = async () => (await readdir(copy.stack("dev"))).filter((name) => name.endsWith(".zip"));
  const hashOf = async (zip: string) =>
    createHash("sha256")
      .update(await readFile(path.join(copy.stack("dev"), zip)))
      .digest("base64");

  step("the first deployment passes its review, and asks for an answer without --auto-approve", async () => {
    expect(await copy.script("deploy", "dev")).toMatchObject({
      code: 64,
      stdout: expect.stringContaining("Review of dev: changes to sign"),
      stderr: expect.stringContaining("Add --auto-approve"),
    });
    const { code, stdout } = await copy.script("deploy", "dev", "--auto-approve");
    expect(stdout).toContain("Apply complete! Resources: 12 added, 0 changed, 0 destroyed.");
    expect(code).toBe(0);
  });

  step("code that was replaced by hand is found, although Terraform plans nothing", async () => {
    const [zip = ""] = await zips();
    const name = `${project}-dev-pre-sign-up`;
    const content = await readFile(path.join(copy.stack("dev"), zip));
    await replaceCode(name, Buffer.concat([content, Buffer.from("more")]));
    const found = await copy.script("deploy", "dev", "--auto-approve");
    expect(found.stdout).toContain(`aws lambda update-function-code --function-name ${name} --zip-file fileb://${zip}`);
    expect(found.code).toBe(3);
    await replaceCode(name, content);
    expect(await copy.script("deploy", "dev", "--auto-approve")).toMatchObject({
      code: 0,
      stdout: expect.stringContaining("Review of dev: nothing to do"),
    });
  });

  step("a dangerous change is blocked, nothing is changed, and what would have to be allowed is said", async () => {
    const before = await state();
    await copy.configure(settings({ deletionProtection: false, memorySize: 256 }));
    const { code, stdout } = await copy.script("deploy", "dev", "--auto-approve");
    expect(stdout).toContain("Review of dev: blocked");
    expect(stdout).toContain(`npm run deploy -- dev --auto-approve --allow ${POOL} --allow ${TABLE}`);
    expect(code).toBe(3);
    expect(await state()).toBe(before);
  });

  step(
    "what is protected in AWS is not destroyed, whatever the settings say, and nothing else goes before it",
    async () => {
      const before = await state();
      // The settings say false now, which is not deployed.
      const { code, stdout } = await copy.script("destroy", "dev", "--allow-all", "--auto-approve");
      expect(stdout).toContain("AWS refuses to delete this pool (deletion_protection is ACTIVE)");
      expect(stdout).toContain("No allowance helps");
      expect(code).toBe(3);
      expect(await state()).toBe(before);
    },
  );

  step("a saved plan deploys the very function that it was made of", async () => {
    await copy.configure(settings());
    const source = path.join(copy.folder, "lambda/pre-sign-up/index.ts");
    const original = await readFile(source, "utf8");
    const made: string[][] = [];
    for (const name of ["first", "second"]) {
      const before = await zips();
      await writeFile(source, `${original}\nprocess.env.PLANNED_AS = "${name} source";\n`);
      expect(await copy.script("plan", "dev", `-out=${name}.tfplan`)).toMatchObject({ code: 0 });
      made.push((await zips()).filter((zip) => !before.includes(zip)));
    }
    const [first = "", second = ""] = made.flat();
    expect(made.map(({ length }) => length)).toEqual([1, 1]);
    expect((await stat(path.join(copy.stack("dev"), "first.tfplan"))).mode & 0o777).toBe(0o600);

    const { code, stdout } = await copy.script("deploy", "dev", "first.tfplan");
    expect(stdout).toContain("Review of dev: changes to sign");
    expect(code).toBe(0);
    expect(await deployedHash(`${project}-dev-pre-sign-up`)).toBe(await hashOf(first));
    expect(await hashOf(first)).not.toBe(await hashOf(second));
  });

  step("a saved plan whose zip was changed or removed fails, and changes nothing", async () => {
    expect(await copy.script("plan", "dev", "-out=third.tfplan")).toMatchObject({
      code: 0,
      stderr: expect.stringContaining(
        "The plan is in cdktf.out/stacks/dev/third.tfplan. To apply it: npm run deploy -- dev third.tfplan\n",
      ),
    });
    const before = await state();
    for (const zip of await zips()) await appendFile(path.join(copy.stack("dev"), zip), "more");
    const changed = await copy.script("deploy", "dev", "third.tfplan");
    expect(changed).toMatchObject({ code: 1, stderr: expect.stringContaining("its SHA-256 is another") });
    for (const zip of await zips()) await rm(path.join(copy.stack("dev"), zip));
    const removed = await copy.script("deploy", "dev", "third.tfplan");
    expect(removed).toMatchObject({ code: 1, stderr: expect.stringContaining("any more") });
    expect(await state()).toBe(before);
  });

  step("protection is switched off with an allowance, and then everything is destroyed with another", async () => {
    await copy.configure(settings({ deletionProtection: false }));
    const allowed = ["--allow", POOL, "--allow", TABLE];
    expect(await copy.script("deploy", "dev", "--auto-approve", ...allowed)).toMatchObject({ code: 0 });

    const before = await state();
    const blocked = await copy.script("deploy", "dev", "-destroy", "--auto-approve");
    expect(blocked.code).toBe(3);
    expect(blocked.stderr).toContain("npm run deploy -- dev -destroy --auto-approve --allow-all");
    expect(await state()).toBe(before);
    const { code, stdout } = await copy.script("destroy", "dev", "--auto-approve", "--allow-all");
    expect(stdout).toContain("0 added, 0 changed, 12 destroyed.");
    expect(code).toBe(0);
    const { UserPools } = (await cognito("ListUserPools", { MaxResults: 60 })) as {
      UserPools: Array<{ Name: string }>;
    };
    expect(UserPools.filter(({ Name }) => Name.startsWith(project))).toEqual([]);
  });
});
