import { randomBytes } from "node:crypto";
import type { ProjectSettings } from "../../settings/schema";
import { signUpEvent } from "../support/events";
import { killAt } from "../support/kill";
import { emulated, ProjectCopy } from "../support/project-copy";
import { RACES, type Racer } from "../support/race";
import { SENT } from "../support/sent";
import { cognito, signUp } from "./support/cognito";
import { describeE2e, story } from "./support/describe-e2e";
import { invoke } from "./support/lambda";
import { keysOf } from "./support/s3";

const project = `e2e-${randomBytes(4).toString("hex")}`;
const bucket = `${project}-terraform-state`;

const settings: ProjectSettings = {
  project,
  region: "eu-west-1",
  environments: {
    dev: { applicationUrls: ["https://app.example.com", "http://localhost:3000"] },
    qa: { alarmTopicArn: "arn:aws:sns:eu-west-1:000000000000:on-call", dashboard: true },
  },
};

/** What `terraform show -json` says of a plan, as far as it is read here. */
interface Plan {
  readonly resource_changes: ReadonlyArray<{
    readonly address: string;
    readonly change: { readonly actions: string[] };
  }>;
}

describeE2e("the synthesized JSON, unchanged, applied by Terraform", () => {
  const step = story();
  let copy: ProjectCopy;
  let outputs: Record<string, { value: string; sensitive: boolean }>;

  beforeAll(async () => {
    copy = await ProjectCopy.make(settings);
  });
  afterAll(() => copy?.remove());

  step("synthesizes a stack per environment and one for the state", async () => {
    expect(await copy.script("synth")).toMatchObject({ code: 0, stderr: "" });
    for (const stack of ["state", "dev", "qa"]) {
      const init = await copy.terraform(stack, "init", "-backend=false", "-input=false");
      expect(init).toMatchObject({ code: 0 });
      expect(await copy.terraform(stack, "validate")).toMatchObject({ code: 0 });
    }
  });

  step("has no bucket to keep state in at first, and says how to make one", async () => {
    const { code, stderr } = await copy.script("plan", "dev");
    expect(code).toBe(1);
    expect(stderr).toContain("make it with `npm run bootstrap -- dev`");
  });

  step(
    "makes the bucket, finishing what was begun by a run that was killed, and keeps the bucket's own state in it",
    async () => {
      await killAt(/aws_s3_bucket\.state_bucket: Creation complete/, copy, "bootstrap", "--auto-approve");
      expect(await copy.script("plan", "state")).toMatchObject({
        code: 1,
        stderr: expect.stringContaining("finish it with `npm run bootstrap -- state`"),
      });

      expect(await copy.script("bootstrap", "--auto-approve")).toMatchObject({ code: 0 });
      expect(await keysOf(bucket)).toEqual([`env:/state/${project}/terraform.tfstate`]);

      const again = await copy.script("bootstrap", "--auto-approve");
      expect(again.stdout).toContain("No changes.");
      expect(again.code).toBe(0);
      expect(await copy.script("plan", "state", "-detailed-exitcode")).toMatchObject({ code: 0 });
    },
  );

  step("plans, applies, and then has nothing left to change", async () => {
    expect(await copy.script("plan", "dev", "-detailed-exitcode")).toMatchObject({ code: 2 });
    const { code, stdout } = await copy.script("deploy", "dev", "--auto-approve");
    expect(stdout).toContain("Apply complete! Resources: 12 added, 0 changed, 0 destroyed.");
    expect(code).toBe(0);
    const second = await copy.script("plan", "dev", "-detailed-exitcode");
    expect(second.stdout).toContain("No changes.");
    expect(second.code).toBe(0);
  });

  step("prints the outputs, and the secret only when asked for it", async () => {
    outputs = JSON.parse((await copy.script("output", "dev", "--json")).stdout);
    const [pool, client] = [outputs.UserPoolId?.value, outputs.UserPoolClientId?.value];
    const hosted = `https://${project}-dev-v2.auth.eu-west-1.amazoncognito.com`;
    expect(outputs).toMatchObject({
      CognitoURLV2: { value: hosted },
      CognitoUspLoginUrlV2: {
        value: `${hosted}/login?client_id=${client}&response_type=code&scope=email+openid+profile&redirect_uri=https%3A%2F%2Fapp.example.com%2Fauth`,
      },
      Issuer: { value: `https://cognito-idp.eu-west-1.amazonaws.com/${pool}` },
      JwksUrl: { value: `https://cognito-idp.eu-west-1.amazonaws.com/${pool}/.well-known/jwks.json` },
      UserPoolClientSecret: { sensitive: true },
    });
    const secret = outputs.UserPoolClientSecret?.value;
    expect(secret).toBeTruthy();
    expect((await copy.script("output", "dev")).stdout).not.toContain(secret);
    expect((await copy.script("output", "dev", "UserPoolClientSecret")).stdout).toBe(`${secret}\n`);
    expect(await copy.script("output", "dev", "Nope")).toMatchObject({
      code: 64,
      stderr: expect.stringContaining("There are: CognitoURLV2"),
    });
  });

  step("keeps the state under the workspace's path", async () => {
    expect(await keysOf(bucket)).toContain(`env:/dev/${project}/terraform.tfstate`);
  });

  // The emulator heeds case: what is refused here is refused by the deployed, zipped function.
  step("admits new users and refuses duplicates", async () => {
    const client = { id: outputs.UserPoolClientId?.value ?? "", secret: outputs.UserPoolClientSecret?.value ?? "" };
    for (const [username, email, answer] of [
      ["username", "a@example.com", "admitted"],
      ["Username", "b@example.com", SENT.usernameTaken],
      ["other", "A@EXAMPLE.COM", SENT.emailTaken],
      ['q"x', "c@example.com", "admitted"],
      ['" or username ^= "', "d@example.com", "admitted"],
      ["ｕsername", "e@example.com", SENT.usernameCompatibility],
      ["user\u200bname", "f@example.com", SENT.usernameInvisible],
      ["newcomer", "new@example.com", "admitted"],
      ["ana", "Ana@Example.com", "admitted"],
      ["benjamin", "ana@example.com", SENT.emailTaken],
      ["Ana", "other@example.com", SENT.usernameTaken],
    ] as const) {
      expect([username, email, await signUp(client, username, email)]).toEqual([
        username,
        email,
        expect.stringContaining(answer),
      ]);
    }
    const { Users } = (await cognito("ListUsers", { UserPoolId: outputs.UserPoolId?.value })) as { Users: unknown[] };
    expect(Users).toHaveLength(5);
  });

  step("admits one of 64 sign-ups at the same moment", async () => {
    const invokeFor = ([username, email]: Racer) =>
      invoke(`${project}-dev-pre-sign-up`, { ...signUpEvent(username, email), userPoolId: outputs.UserPoolId?.value });
    for (const [what, racers] of RACES) {
      let admitted = 0;
      // 64 processes share what the machine has: the one who has the reservation can run out of time, and is refused as
      // well. Then they all try again, under other names, as people would.
      for (let round = 0; admitted === 0 && round < 8; round++) {
        const answers = await Promise.all(racers(round).map(invokeFor));
        const closed = answers.filter(({ errorMessage }) => errorMessage === SENT.unavailable).length;
        admitted = answers.filter(({ userName }) => userName).length;
        process.stdout.write(`${what}, by the deployed function: ${admitted} admitted, ${closed} failed closed\n`);
        expect(admitted).toBeLessThanOrEqual(1);
        expect(answers.filter(({ errorMessage }) => errorMessage)).toHaveLength(64 - admitted);
        expect(admitted + closed).toBeGreaterThanOrEqual(1);
      }
      expect(admitted).toBe(1);
    }
  });

  step("deploys a second environment into the same account without touching the first", async () => {
    const { stdout, code } = await copy.script("deploy", "qa", "--auto-approve");
    expect(stdout).toContain("Apply complete! Resources: 16 added, 0 changed, 0 destroyed.");
    expect(code).toBe(0);
    expect(await copy.script("plan", "dev", "-detailed-exitcode")).toMatchObject({ code: 0 });
    expect(await keysOf(bucket)).toContain(`env:/qa/${project}/terraform.tfstate`);
  });

  // The emulator holds the function to its role (AUTH).
  step("lets the function look into its own pool, and into no other", async () => {
    const qa = JSON.parse((await copy.script("output", "qa", "--json")).stdout);
    const event = signUpEvent("somebody", "somebody@example.com");
    const name = `${project}-dev-pre-sign-up`;
    expect(await invoke(name, { ...event, userPoolId: outputs.UserPoolId?.value })).toMatchObject({
      userName: "somebody",
    });
    expect(await invoke(name, { ...event, userPoolId: qa.UserPoolId.value })).toMatchObject({
      errorMessage: SENT.unavailable,
    });
  });

  step("is deployed by cdktf itself too, once its workspace is selected", async () => {
    const cdktf = await copy.run("node_modules/.bin/cdktf", ["deploy", "dev", "--auto-approve"], {
      ...emulated(),
      CI: "1",
    });
    expect(cdktf.stdout).toContain("CognitoUspLoginUrlV2");
    expect(cdktf).toMatchObject({ code: 0 });
    expect(await copy.script("plan", "dev", "-detailed-exitcode")).toMatchObject({ code: 0 });
  });

  step("gives up the table, and takes it back, without touching the pool", async () => {
    const changes = async (uniqueness: "directory" | "reserved") => {
      await copy.configure({
        ...settings,
        environments: { ...settings.environments, dev: { ...settings.environments.dev, uniqueness } },
      });
      expect(await copy.script("plan", "dev", "-out=switch.tfplan")).toMatchObject({ code: 0 });
      const { stdout } = await copy.terraform("dev", "show", "-json", "switch.tfplan");
      expect(await copy.terraform("dev", "apply", "switch.tfplan")).toMatchObject({ code: 0 });
      expect(await copy.script("plan", "dev", "-detailed-exitcode")).toMatchObject({ code: 0 });
      const { resource_changes } = JSON.parse(stdout) as Plan;
      return Object.fromEntries(
        resource_changes
          .map(({ address, change }) => [address, change.actions.join()])
          .filter(([, actions]) => actions !== "no-op" && actions !== "read"),
      );
    };
    const client = { id: outputs.UserPoolClientId?.value ?? "", secret: outputs.UserPoolClientSecret?.value ?? "" };

    expect(await changes("directory")).toEqual({
      "aws_dynamodb_table.reservations": "delete",
      "aws_iam_role_policy.pre_sign_up_use_reservations": "delete",
      "aws_lambda_function.pre_sign_up": "update",
    });
    expect(await signUp(client, "directory-one", "one@example.com")).toBe("admitted");
    expect(await signUp(client, "Directory-One", "two@example.com")).toContain(SENT.usernameTaken);
    expect(await signUp(client, "directory-two", "one@example.com")).toContain(SENT.emailTaken);

    expect(await changes("reserved")).toEqual({
      "aws_dynamodb_table.reservations": "create",
      "aws_iam_role_policy.pre_sign_up_use_reservations": "create",
      "aws_lambda_function.pre_sign_up": "update",
    });
    expect(await signUp(client, "reserved-one", "ONE@example.com")).toContain(SENT.emailTaken);
  });

  step(
    "makes the reservations of accounts that are older than the table, and finds nothing missing afterwards",
    async () => {
      await cognito("AdminCreateUser", {
        UserPoolId: outputs.UserPoolId?.value,
        Username: "Older",
        UserAttributes: [{ Name: "email", Value: "older@example.com" }],
        MessageAction: "SUPPRESS",
      });
      const missing = await copy.script("reservations", "verify", "dev");
      expect(missing).toMatchObject({ code: 2, stdout: expect.stringContaining("0 reserved, 14 not reserved") });
      const dryRun = await copy.script("reservations", "backfill", "dev");
      expect(dryRun).toMatchObject({ code: 0, stdout: expect.stringContaining("14 would be made") });
      expect(dryRun.stdout).toContain("Nothing was written: this was a dry run.");
      const applied = await copy.script("reservations", "backfill", "dev", "--apply");
      expect(applied).toMatchObject({ code: 0, stdout: expect.stringContaining("0 existed, 14 made") });
      const again = await copy.script("reservations", "backfill", "dev", "--apply");
      expect(again).toMatchObject({ code: 0, stdout: expect.stringContaining("14 existed, 0 made") });
      const verified = await copy.script("reservations", "verify", "dev");
      expect(verified).toMatchObject({
        code: 0,
        stdout: expect.stringContaining("Every account has its reservations."),
      });
      const client = { id: outputs.UserPoolClientId?.value ?? "", secret: outputs.UserPoolClientSecret?.value ?? "" };
      expect(await signUp(client, "OLDER", "x@example.com")).toContain(SENT.usernameTaken);
    },
  );

  step("is destroyed", async () => {
    for (const [environment, count] of [
      ["dev", 12],
      ["qa", 16],
    ] as const) {
      const { code, stdout } = await copy.script("destroy", environment, "--auto-approve", "--allow-all");
      expect(stdout).toContain(`Apply complete! Resources: 0 added, 0 changed, ${count} destroyed.`);
      expect(code).toBe(0);
    }
  });
});
