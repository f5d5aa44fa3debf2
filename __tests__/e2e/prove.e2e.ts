import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import path from "node:path";
import { HoldingProxy } from "../support/holding-proxy";
import { interrupted } from "../support/interrupt";
import { ProjectCopy } from "../support/project-copy";
import { cognito } from "./support/cognito";
import { describeE2e, story } from "./support/describe-e2e";
import { makeBucket } from "./support/s3";

const project = `prove-${randomBytes(4).toString("hex")}`;

/* The emulator calls the trigger for SignUp only. */
describeE2e("the promises, tried on a deployed pool", () => {
  const step = story();
  let copy: ProjectCopy;
  let poolId: string;
  beforeAll(async () => {
    copy = await ProjectCopy.make({ project, region: "eu-west-1", environments: { dev: {} } });
    await makeBucket(`${project}-terraform-state`);
  });
  afterAll(() => copy?.remove());

  const prove = (...args: string[]) => copy.script("prove", "dev", "--apply", "--through", "sign-up", ...args);
  const accounts = async () => ((await cognito("ListUsers", { UserPoolId: poolId })) as { Users: unknown[] }).Users;

  step("all are held after a deployment, and nothing is left", async () => {
    expect(await copy.script("deploy", "dev", "--auto-approve")).toMatchObject({ code: 0 });
    poolId = (await copy.script("output", "dev", "UserPoolId")).stdout.trim();
    const { code, stdout, stderr } = await prove("--format", "json");
    expect({ code, stderr: code === 1 ? stderr : "" }).toEqual({ code: expect.any(Number), stderr: "" });
    const { results } = JSON.parse(stdout) as { results: Array<{ promise: string; state: string }> };
    // On a busy machine all 32 functions may end at their time limit: then none was admitted, which is no proof.
    const wrong = results.filter(
      ({ promise, state }) => state !== "held" && !(state === "not seen" && /at the same moment/.test(promise)),
    );
    expect(wrong).toEqual([]);
    expect(results.length).toBeGreaterThan(15);
    expect([0, 2]).toContain(code);
    expect(await accounts()).toEqual([]);
    expect(existsSync(path.join(copy.folder, ".prove/dev.json"))).toBe(false);
  });

  step("what was made is deleted after an interruption, too", async () => {
    const proxy = await HoldingProxy.start(process.env.E2E_ENDPOINT ?? "");
    const command = ["prove", "dev", "--apply", "--through", "sign-up"];
    const { code } = await interrupted({
      copy,
      proxy,
      tmp: copy.folder,
      command,
      at: /^SignUp$/,
      done: true,
      by: "SIGINT",
    });
    await proxy.stop();
    expect(code).toBe(130);
    expect(await accounts()).toEqual([]);
    expect(existsSync(path.join(copy.folder, ".prove/dev.json"))).toBe(false);
  });

  step("a pool that does not call the function breaks promises, and is named", async () => {
    await cognito("UpdateUserPool", { UserPoolId: poolId, LambdaConfig: {} });
    const { code, stdout } = await prove("--format", "json");
    const { results } = JSON.parse(stdout) as { results: Array<{ promise: string; state: string }> };
    const broken = results.filter(({ state }) => state === "broken").map(({ promise }) => promise);
    expect(broken).toContain("the pool calls the function before a sign-up");
    expect(broken).toEqual(expect.arrayContaining([expect.stringMatching(/in another letter case/)]));
    expect(code).toBe(3);
    expect(await accounts()).toEqual([]);
  });
});
