import type { EnvironmentSettings, ProjectSettings } from "../../settings/schema";
import { ProjectCopy } from "../support/project-copy";
import type { Block } from "../support/stack";
import { describeE2e, story } from "./support/describe-e2e";

const PLAN = "change.tfplan";
const settings = (dev: EnvironmentSettings): ProjectSettings => ({
  project: "quiet",
  region: "eu-west-1",
  environments: { dev },
});

/** By resource: a setting that changes one of its attributes. */
const CHANGES: Readonly<Record<string, EnvironmentSettings>> = {
  "aws_cognito_user_pool.user_pool": { selfSignUp: true },
  "aws_cognito_user_pool_client.user_pool_client": { applicationUrls: ["http://localhost:4000"] },
  "aws_lambda_function.pre_sign_up": { memorySize: 1024 },
  "aws_cloudwatch_log_group.pre_sign_up_logs": { logRetentionDays: 7 },
};

describeE2e("a plan shows what changes, and nothing else", () => {
  const step = story();
  let copy: ProjectCopy;
  beforeAll(async () => {
    copy = await ProjectCopy.make(settings({}));
    await copy.keepStateLocally("dev");
  });
  afterAll(() => copy?.remove());

  /** What a plan of these settings does, as `action address`. */
  async function planned(dev: EnvironmentSettings, edit?: (document: Block) => void): Promise<string[]> {
    await copy.configure(settings(dev));
    expect(await copy.script("plan", "dev", `-out=${PLAN}`)).toMatchObject({ code: 0 });
    if (edit) await copy.edit("dev", edit);
    if (edit) expect(await copy.terraform("dev", "plan", `-out=${PLAN}`)).toMatchObject({ code: 0 });
    const { resource_changes } = JSON.parse((await copy.terraform("dev", "show", "-json", PLAN)).stdout);
    return resource_changes
      .map(({ address, change }: Block) => `${change.actions} ${address}`)
      .filter((line: string) => !line.startsWith("no-op "));
  }

  step("after a deployment: nothing", async () => {
    expect(await copy.script("deploy", "dev", "--auto-approve")).toMatchObject({ code: 0 });
    expect(await planned({})).toEqual([]);
  });

  for (const [address, change] of Object.entries(CHANGES)) {
    step(`of ${address}: one resource, and no data source to be read`, async () => {
      expect(await planned(change)).toEqual([`update ${address}`]);
    });
  }

  step("of aws_dynamodb_table.reservations: one resource, and no data source to be read", async () => {
    const table = "aws_dynamodb_table.reservations";
    const protect = (document: Block) => {
      document.resource.aws_dynamodb_table.reservations.deletion_protection_enabled = true;
    };
    expect(await planned({}, protect)).toEqual([`update ${table}`]);
  });
});
