import { randomBytes } from "node:crypto";
import { MESSAGES } from "../../lambda/pre-sign-up/messages";
import { signUpEvent } from "../support/events";
import { emulated, ProjectCopy } from "../support/project-copy";
import { cognito, signUp } from "./support/cognito";
import { describeE2e, story } from "./support/describe-e2e";
import { invoke } from "./support/lambda";
import { keysOf } from "./support/s3";

const project = `e2e-${randomBytes(4).toString("hex")}`;
const bucket = `${project}-terraform-state`;

describeE2e("the synthesized JSON, unchanged, applied by Terraform", () => {
  const step = story();
  let copy: ProjectCopy;
  let outputs: Record<string, { value: string; sensitive: boolean }>;

  beforeAll(async () => {
    copy = await ProjectCopy.make({
      project,
      region: "eu-west-1",
      environments: { dev: { applicationUrls: ["https://app.example.com", "http://localhost:3000"] }, qa: {} },
    });
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
    expect(stderr).toContain("make it with `npm run deploy -- state`");
  });

  step(
    "makes the bucket",
    async () => {
      expect(await copy.script("deploy", "state", "--auto-approve")).toMatchObject({ code: 0 });
      expect(await copy.script("plan", "state", "-detailed-exitcode")).toMatchObject({ code: 0 });
    },
    300,
  );

  step("plans, applies, and then has nothing left to change", async () => {
    expect(await copy.script("plan", "dev", "-detailed-exitcode")).toMatchObject({ code: 2 });
    const { code, stdout } = await copy.script("deploy", "dev", "--auto-approve");
    expect(stdout).toContain("Apply complete! Resources: 9 added, 0 changed, 0 destroyed.");
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
    expect(await keysOf(bucket)).toContain("env:/dev/terraform.tfstate");
  });

  // The emulator heeds case: what is refused here is refused by the deployed, zipped function.
  step("signs up whoever is new and refuses whoever is not", async () => {
    const client = { id: outputs.UserPoolClientId?.value ?? "", secret: outputs.UserPoolClientSecret?.value ?? "" };
    for (const [username, email, answer] of [
      ["username", "a@example.com", "admitted"],
      ["Username", "b@example.com", MESSAGES.usernameTaken],
      ["other", "A@EXAMPLE.COM", MESSAGES.emailTaken],
      ['q"x', "c@example.com", "admitted"],
      ['" or username ^= "', "d@example.com", "admitted"],
      ["ｕsername", "e@example.com", MESSAGES.usernameCompatibility],
      ["user\u200bname", "f@example.com", MESSAGES.usernameInvisible],
      ["newcomer", "new@example.com", "admitted"],
    ] as const) {
      expect([username, email, await signUp(client, username, email)]).toEqual([
        username,
        email,
        expect.stringContaining(answer),
      ]);
    }
    const { Users } = (await cognito("ListUsers", { UserPoolId: outputs.UserPoolId?.value })) as { Users: unknown[] };
    expect(Users).toHaveLength(4);
  });

  step("deploys a second environment into the same account without touching the first", async () => {
    const { stdout, code } = await copy.script("deploy", "qa", "--auto-approve");
    expect(stdout).toContain("Apply complete! Resources: 9 added, 0 changed, 0 destroyed.");
    expect(code).toBe(0);
    expect(await copy.script("plan", "dev", "-detailed-exitcode")).toMatchObject({ code: 0 });
    expect(await keysOf(bucket)).toContain("env:/qa/terraform.tfstate");
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
      errorMessage: MESSAGES.unavailable,
    });
  });

  step("refuses to run in another environment's workspace", async () => {
    await copy.terraform("dev", "workspace", "select", "qa");
    for (const args of [["plan"], ["apply", "-auto-approve"], ["destroy", "-auto-approve"]]) {
      const { code, stderr } = await copy.terraform("dev", ...args, "-input=false");
      expect(code).toBe(1);
      expect(stderr.replaceAll(/[\s│]+/g, " ")).toContain(
        "belongs to the workspace dev, but the workspace in use is qa",
      );
    }
  });

  step("is deployed by cdktf itself too, once its workspace is selected", async () => {
    expect(await copy.terraform("dev", "workspace", "select", "dev")).toMatchObject({ code: 0 });
    const cdktf = await copy.run("node_modules/.bin/cdktf", ["deploy", "dev", "--auto-approve"], {
      ...emulated(),
      CI: "1",
    });
    expect(cdktf.stdout).toContain("CognitoUspLoginUrlV2");
    expect(cdktf).toMatchObject({ code: 0 });
    expect(await copy.script("plan", "dev", "-detailed-exitcode")).toMatchObject({ code: 0 });
  });

  step("is destroyed", async () => {
    for (const environment of ["dev", "qa"]) {
      const { code, stdout } = await copy.script("destroy", environment, "--auto-approve");
      expect(stdout).toContain("Destroy complete! Resources: 9 destroyed.");
      expect(code).toBe(0);
    }
  });
});
