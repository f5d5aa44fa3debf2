import { randomBytes } from "node:crypto";
import type { ProjectSettings } from "../../settings/schema";
import { ProjectCopy } from "../support/project-copy";
import { cognito } from "./support/cognito";
import { describeE2e, story } from "./support/describe-e2e";
import { makeBucket, textOf } from "./support/s3";

const project = `guard-${randomBytes(4).toString("hex")}`;
const bucket = `${project}-terraform-state`;
const settings: ProjectSettings = {
  project,
  region: "eu-west-1",
  environments: {
    dev: {},
    staging: {},
    prod: { applicationUrls: ["https://app.example.com"], deletionProtection: false },
  },
};
/** Each environment's stack, and the workspace of another one that it is run in. */
const WRONG = { dev: "prod", staging: "dev", prod: "staging" } as const;
type Name = keyof typeof WRONG;
const NAMES = Object.keys(WRONG) as Name[];

const COMMANDS = [
  ["plan"],
  ["apply", "-auto-approve"],
  ["refresh"],
  ["destroy", "-auto-approve"],
  ["destroy", "-auto-approve", "-refresh=false"],
  ["destroy", "-auto-approve", "-target=aws_cognito_user_pool_client.user_pool_client"],
  ["destroy", "-auto-approve", "-target=aws_cognito_user_pool.user_pool", "-refresh=false"],
];

describeE2e("a stack in another workspace than its own", () => {
  const step = story();
  let copy: ProjectCopy;
  beforeAll(async () => {
    copy = await ProjectCopy.make(settings);
    await makeBucket(bucket);
  });
  afterAll(() => copy?.remove());

  /** Every environment's state, and the project's pools that there are. */
  async function world(): Promise<unknown> {
    const { UserPools } = (await cognito("ListUserPools", { MaxResults: 60 })) as {
      UserPools: Array<{ Id: string; Name: string }>;
    };
    return {
      states: await Promise.all(NAMES.map((name) => textOf(bucket, `env:/${name}/${project}/terraform.tfstate`))),
      // Other tests make theirs meanwhile.
      pools: UserPools.filter(({ Name }) => Name.startsWith(project))
        .map(({ Id }) => Id)
        .sort(),
    };
  }

  step("(deployed first, each in its own)", async () => {
    const ends = await Promise.all(NAMES.map((name) => copy.script("deploy", name, "--auto-approve")));
    expect(ends.filter(({ code }) => code !== 0)).toEqual([]);
    for (const name of NAMES) {
      expect(await copy.terraform(name, "workspace", "select", WRONG[name])).toMatchObject({ code: 0 });
    }
  });

  for (const how of ["as it is", "with -var naming the workspace in use"] as const) {
    step(`is refused by every command, naming both and what to run, and nothing changes: ${how}`, async () => {
      const before = await world();
      await Promise.all(
        NAMES.map(async (name) => {
          const wrong = WRONG[name];
          const variables = how === "as it is" ? [] : [`-var=workspace=${wrong}`];
          for (const command of COMMANDS) {
            const { code, stderr } = await copy.terraform(name, ...command, ...variables, "-input=false");
            expect([command, code]).toEqual([command, 1]);
            const said = stderr.replaceAll(/[\s│]+/g, " ");
            expect(said).toContain(`belongs to the workspace ${name}, but the workspace in use is ${wrong}`);
            expect(said).toContain(`npm run plan -- ${name}`);
          }
        }),
      );
      expect(await world()).toEqual(before);
    });
  }

  step("is put right by the project's own commands, which select it", async () => {
    for (const name of NAMES) expect(await copy.script("plan", name, "-detailed-exitcode")).toMatchObject({ code: 0 });
  });
});
