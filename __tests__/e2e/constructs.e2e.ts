import { cp, mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { EMULATOR_OVERRIDE, emulated, ProjectCopy } from "../support/project-copy";
import { PROJECT } from "../support/settings";
import type { Block } from "../support/stack";
import { cognito } from "./support/cognito";
import { describeE2e, story } from "./support/describe-e2e";

const OWN_APP = "__tests__/support/own-app/app.ts";
const STACK = "own.out/stacks/own";

describeE2e("the constructs, in a CDKTF app of another team", () => {
  const step = story();
  let copy: ProjectCopy;
  let userPoolId: string;
  beforeAll(async () => {
    copy = await ProjectCopy.make(PROJECT);
    await cp(path.dirname(OWN_APP), path.join(copy.folder, path.dirname(OWN_APP)), { recursive: true });
    await writeFile(path.join(copy.folder, "welcome.js"), "exports.handler = async (event) => event;\n");
    const made = (await cognito("CreateUserPool", { PoolName: "made-elsewhere" })) as { UserPool: { Id: string } };
    userPoolId = made.UserPool.Id;
  });
  afterAll(() => copy?.remove());

  const terraform = (...args: string[]) =>
    copy.run("terraform", [`-chdir=${STACK}`, ...args], { ...emulated(), TF_VAR_user_pool_id: userPoolId });
  async function done(...args: string[]): Promise<string> {
    const { code, stdout, stderr } = await terraform(...args);
    expect({ code, said: code ? stderr : "" }).toEqual({ code: 0, said: "" });
    return stdout;
  }

  step("are synthesized and valid: two pools in one stack, and a function around a third", async () => {
    expect(await copy.script("build")).toMatchObject({ code: 0 });
    expect(await copy.run(process.execPath, ["cli/run.mjs", OWN_APP])).toMatchObject({ code: 0, stderr: "" });
    await mkdir(path.join(copy.folder, STACK), { recursive: true });
    const override = path.join(copy.folder, STACK, "emulator_override.tf.json");
    await writeFile(override, JSON.stringify(EMULATOR_OVERRIDE));
    await done("init", "-input=false");
    expect(await done("validate")).toContain("The configuration is valid");
  });

  step("are deployed, and a second plan says no changes", async () => {
    await done("apply", "-input=false", "-auto-approve");
    expect(await done("plan", "-input=false", "-detailed-exitcode")).toContain("No changes.");
  });

  step("have a function of its own for each pool, which that pool alone may call", async () => {
    const { values } = JSON.parse(await done("show", "-json"));
    const of = (type: string): Block[] =>
      values.root_module.resources.filter((one: Block) => one.type === type && one.mode === "managed");
    expect(
      of("aws_cognito_user_pool")
        .map((pool) => pool.values.name)
        .sort(),
    ).toEqual(["own-customers", "own-staff"]);
    const arns = Object.fromEntries(of("aws_cognito_user_pool").map(({ values }) => [values.name, values.arn]));
    const callers = of("aws_lambda_permission").map(({ values }) => [values.function_name, values.source_arn]);
    expect(callers.sort()).toEqual([
      ["own-customers-pre-sign-up", arns["own-customers"]],
      ["own-protected-pre-sign-up", expect.stringContaining(userPoolId)],
      ["own-staff-pre-sign-up", arns["own-staff"]],
      ["own-welcome", arns["own-customers"]],
    ]);
    expect(
      of("aws_dynamodb_table")
        .map(({ values }) => values.name)
        .sort(),
    ).toEqual(["own-customers-reservations", "own-protected-reservations"]);
  });

  step("are destroyed without the pool that is made elsewhere", async () => {
    await done("destroy", "-input=false", "-auto-approve");
    expect(await cognito("DescribeUserPool", { UserPoolId: userPoolId })).toMatchObject({
      UserPool: { Name: "made-elsewhere" },
    });
  });
});
