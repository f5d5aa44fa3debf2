import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import path from "node:path";
import { DynamoDBClient, ScanCommand } from "@aws-sdk/client-dynamodb";
import type { EnvironmentSettings } from "../../settings/schema";
import { HoldingProxy } from "../support/holding-proxy";
import { interrupted } from "../support/interrupt";
import { killTree } from "../support/process-tree";
import { emulated, ProjectCopy } from "../support/project-copy";
import { cognito } from "./support/cognito";
import { deployMeant } from "./support/deploy";
import { describeE2e, story } from "./support/describe-e2e";
import { makeBucket } from "./support/s3";

/** Of the moments below, so many are drawn: a run and its clean-up take half a minute. */
const KILLS = Number(process.env.KILLS ?? 2);

const project = `prove-${randomBytes(4).toString("hex")}`;

/** Pools whose users sign in with something else, or that promise less. */
const OTHERS: Readonly<Record<string, EnvironmentSettings>> = {
  mail: { usernameAttributes: ["email"] },
  names: { aliasAttributes: ["email", "phone_number", "preferred_username"], messages: "neutral" },
  look: { uniqueness: "directory", logLevel: "WARN" },
};

interface Report {
  readonly results: ReadonlyArray<{ readonly promise: string; readonly state: string; readonly answer: string }>;
  readonly assumptions: ReadonlyArray<{ readonly assumed: string; readonly state: string }>;
  readonly notShown: readonly string[];
}

/* The emulator calls the trigger for SignUp only: prove-broken.e2e.ts goes the other way. */
describeE2e("the promises, tried on a deployed pool", () => {
  const step = story();
  let copy: ProjectCopy;
  beforeAll(async () => {
    copy = await ProjectCopy.make({
      project,
      region: "eu-west-1",
      environments: { dev: {}, ...OTHERS },
    });
    await makeBucket(`${project}-terraform-state`);
  });
  afterAll(() => copy?.remove());

  const prove = async (name: string, ...args: string[]) => {
    const { code, stdout, stderr } = await copy.script("prove", name, "--apply", "--format", "json", ...args);
    if (code === 1 || code === 64) throw new Error(stderr);
    return { code, report: JSON.parse(stdout) as Report };
  };
  const left = async (name: string) => {
    const UserPoolId = (await copy.script("output", name, "UserPoolId")).stdout.trim();
    const { Users } = (await cognito("ListUsers", { UserPoolId })) as { Users: unknown[] };
    const TableName = `${project}-${name}-reservations`;
    const { Items = [] } = name === "look" ? {} : await tables().send(new ScanCommand({ TableName }));
    return { accounts: Users.length, reservations: Items.length, listed: existsSync(path.join(copy.folder, ".prove")) };
  };
  const nothing = { accounts: 0, reservations: 0, listed: false };

  step("is not deployed: it is said, and nothing is made", async () => {
    const { code, stdout, stderr } = await copy.script("prove", "dev", "--apply");
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toContain("dev is not deployed: there is no aws_lambda_function.pre_sign_up in its state.");
  });

  step("without credentials it says so", async () => {
    const none = { AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined, AWS_EC2_METADATA_DISABLED: "true" };
    const { code, stderr } = await copy.scriptWith({ ...emulated(), ...none }, "prove", "dev", "--apply");
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining("There are no AWS credentials") });
  });

  step("all are held after a deployment, and nothing is left", async () => {
    await deployMeant(copy, "dev");
    const { code, report } = await prove("dev", "--assumptions");
    expect(report.results.filter(({ state }) => state !== "held")).toEqual([]);
    expect(report.results.length).toBeGreaterThan(25);
    expect(report.assumptions.filter(({ state }) => state === "otherwise")).toEqual([]);
    expect(code).toBe(0);
    expect(await left("dev")).toEqual(nothing);
  });

  // `npm run test:prove` tries all of them.
  const tried = Object.keys(OTHERS).filter((name) => process.env.KILLS || name === "look");
  for (const name of tried) {
    step(`all are held in the pool ${JSON.stringify(OTHERS[name])}`, async () => {
      await deployMeant(copy, name);
      const { code, report } = await prove(name);
      expect(report.results.filter(({ state }) => state !== "held")).toEqual([]);
      expect(code).toBe(0);
      const isRace = ({ promise }: { promise: string }) => promise.includes("at the same moment");
      expect(report.results.some(isRace)).toBe(name !== "look");
      expect(report.notShown.some((text) => text.includes("at the same moment"))).toBe(name === "look");
      expect(await left(name)).toEqual(nothing);
    });
  }

  step("what was made is deleted after an interruption, too", async () => {
    const proxy = await HoldingProxy.start(process.env.E2E_ENDPOINT ?? "");
    const command = ["prove", "dev", "--apply"];
    const at = /^SignUp$/;
    const { code } = await interrupted({ copy, proxy, tmp: copy.folder, command, at, done: true, by: "SIGINT" });
    await proxy.stop();
    expect(code).toBe(130);
    expect(await left("dev")).toEqual(nothing);
  });

  step(`killed at ${KILLS} random moments, it leaves nothing that the next command does not delete`, async () => {
    const moments = [
      /^SignUp$/,
      /^PutItem$/,
      /^FilterLogEvents$/,
      /^AdminGetUser$/,
      /^AdminDeleteUser$/,
      /^DeleteItem$/,
    ];
    for (let kill = 0; kill < KILLS; kill++) {
      const at = moments[Math.floor(Math.random() * moments.length)] ?? /^SignUp$/;
      const proxy = await HoldingProxy.start(process.env.E2E_ENDPOINT ?? "");
      const by = ({ pid = 0 }: { readonly pid?: number | undefined }) => {
        if (Math.random() < 0.5) return killTree(pid);
        // Somewhere behind the moment; where the command has ended by then, it has deleted all by itself.
        proxy.release();
        setTimeout(() => killTree(pid), 4_000 * Math.random());
      };
      const done = Math.random() < 0.5;
      const command = ["prove", "dev", "--apply"];
      const { code } = await interrupted({ copy, proxy, tmp: copy.folder, command, at, ...(done && { done }), by });
      await proxy.stop();
      const before = await left("dev");
      process.stdout.write(
        `killed ${done ? "after" : "before"} ${at.source}, code ${code}: ${JSON.stringify(before)}\n`,
      );
      const again = kill % 2 === 0 ? await copy.script("prove", "dev", "--clean") : await prove("dev");
      expect(again).toMatchObject({ code: 0 });
      expect(await left("dev")).toEqual(nothing);
    }
  });
});

function tables(): DynamoDBClient {
  const credentials = { accessKeyId: "test", secretAccessKey: "test" };
  return new DynamoDBClient({ region: "eu-west-1", endpoint: process.env.E2E_ENDPOINT ?? "", credentials });
}
