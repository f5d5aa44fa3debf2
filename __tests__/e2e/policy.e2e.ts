import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { checkovProgram, scan } from "../../cli/policy/checkov";
import { CHECKS, EXCEPTIONS } from "../../cli/policy/policy";
import environments from "../../environments";
import { AWS } from "../../modules/terraform/providers";
import type { Finding } from "../../policy/findings";
import { withoutNulls, withTexts } from "../../policy/plan";
import { finished } from "../support/command";
import { emulated, ProjectCopy } from "../support/project-copy";
import { describeE2e } from "./support/describe-e2e";

const POOL = {
  name: "pool",
  deletion_protection: "ACTIVE",
  username_configuration: [{ case_sensitive: false }],
  user_attribute_update_settings: [{ attributes_require_verification_before_update: ["email"] }],
  auto_verified_attributes: ["email"],
  lambda_config: [{ pre_sign_up: "arn:aws:lambda:eu-west-1:111122223333:function:pre-sign-up" }],
};
const CLIENT = {
  name: "client",
  user_pool_id: "eu-west-1_Pool",
  generate_secret: true,
  explicit_auth_flows: ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
  prevent_user_existence_errors: "ENABLED",
};
const PERMISSION = {
  action: "lambda:InvokeFunction",
  function_name: "pre-sign-up",
  principal: "cognito-idp.amazonaws.com",
  source_arn: "arn:aws:cognito-idp:eu-west-1:111122223333:userpool/eu-west-1_Pool",
  source_account: "111122223333",
};

/** By check: what it looks at, what fails it, and what does not. Each differs from the above in what it says. */
const FIXTURES: Record<
  string,
  { type: string; base: object; fail: Record<string, object>; pass: Record<string, object> }
> = {
  COGNITO_CASE_INSENSITIVE: {
    type: "aws_cognito_user_pool",
    base: POOL,
    fail: {
      case_sensitive: { username_configuration: [{ case_sensitive: true }] },
      case_by_default: { username_configuration: undefined },
    },
    pass: { as_it_should_be: {} },
  },
  COGNITO_DELETION_PROTECTED: {
    type: "aws_cognito_user_pool",
    base: POOL,
    fail: { deletable: { deletion_protection: "INACTIVE" }, deletable_by_default: { deletion_protection: undefined } },
    pass: {},
  },
  COGNITO_CHANGED_EMAIL_VERIFIED: {
    type: "aws_cognito_user_pool",
    base: POOL,
    fail: {
      unverified: { user_attribute_update_settings: undefined },
      only_telephone: {
        user_attribute_update_settings: [{ attributes_require_verification_before_update: ["phone_number"] }],
        auto_verified_attributes: ["email", "phone_number"],
      },
    },
    pass: {},
  },
  COGNITO_PRE_SIGN_UP_ATTACHED: {
    type: "aws_cognito_user_pool",
    base: POOL,
    fail: {
      no_trigger: { lambda_config: undefined },
      another_trigger: { lambda_config: [{ post_confirmation: POOL.lambda_config[0]?.pre_sign_up }] },
    },
    pass: { trigger_known_after_apply: { lambda_config: [{ pre_sign_up: "${aws_cloudwatch_log_group.new.arn}" }] } },
  },
  COGNITO_EXISTENCE_HIDDEN: {
    type: "aws_cognito_user_pool_client",
    base: CLIENT,
    fail: {
      legacy: { prevent_user_existence_errors: "LEGACY" },
      legacy_by_default: { prevent_user_existence_errors: undefined },
    },
    pass: { client: {} },
  },
  COGNITO_TOKENS_REVOCABLE: {
    type: "aws_cognito_user_pool_client",
    base: CLIENT,
    fail: { irrevocable: { enable_token_revocation: false } },
    pass: { revocable: { enable_token_revocation: true } },
  },
  COGNITO_PASSWORD_FLOW_CONFIDENTIAL: {
    type: "aws_cognito_user_pool_client",
    base: CLIENT,
    fail: {
      public_client: { generate_secret: false },
      public_by_default: { generate_secret: undefined, explicit_auth_flows: ["USER_PASSWORD_AUTH"] },
    },
    pass: { public_without_passwords: { generate_secret: false, explicit_auth_flows: ["ALLOW_USER_SRP_AUTH"] } },
  },
  COGNITO_PERMISSION_BOUND: {
    type: "aws_lambda_permission",
    base: PERMISSION,
    fail: {
      any_pool: { source_arn: undefined },
      every_pool: { source_arn: "arn:aws:cognito-idp:eu-west-1:111122223333:userpool/*" },
      any_account: { source_account: undefined },
      no_pool: { source_arn: "arn:aws:s3:::bucket" },
      no_pool_after_apply: { source_arn: "${aws_cloudwatch_log_group.new.arn}" },
    },
    pass: {
      bound: {},
      bound_after_apply: { source_arn: "${aws_cognito_user_pool.as_it_should_be.arn}" },
      not_cognito: { principal: "s3.amazonaws.com", source_arn: "arn:aws:s3:::bucket" },
    },
  },
};

const grant = (Action: string) =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action, Resource: "${aws_cloudwatch_log_group.new.arn}:*" }],
  });

describeE2e("policies of one's own", () => {
  let folder: string;
  let findings: Finding[];

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "policy-"));
    await writeFile(path.join(folder, "main.tf.json"), JSON.stringify(configuration()));
    const terraform = async (...args: string[]) => {
      const done = await finished("terraform", [`-chdir=${folder}`, ...args], { env: emulated() });
      if (done.code !== 0) throw new Error(done.stderr);
      return done.stdout;
    };
    await terraform("init", "-input=false");
    await terraform("plan", "-input=false", "-out=fixtures.tfplan");
    const plan: unknown = JSON.parse(await terraform("show", "-json", "fixtures.tfplan"));
    await writeFile(path.join(folder, "fixtures.json"), JSON.stringify(withoutNulls(withTexts(plan, configuration()))));
    findings = await scan(folder, ["fixtures"], CHECKS);
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  function configuration() {
    const resource: Record<string, Record<string, object>> = {
      aws_cloudwatch_log_group: { new: { name: "new" } },
      // A policy as JSON text, known only after apply because of what it names.
      aws_iam_role_policy: {
        everything: { role: "role", policy: grant("*") },
        little: { role: "role", policy: grant("logs:PutLogEvents") },
      },
    };
    for (const { type, base, fail, pass } of Object.values(FIXTURES)) {
      for (const [name, change] of Object.entries({ ...fail, ...pass })) {
        resource[type] = { ...resource[type], [name]: { ...base, ...change } };
      }
    }
    return { terraform: { required_providers: { aws: AWS } }, provider: { aws: { region: "eu-west-1" } }, resource };
  }

  /** What our own checks say of a resource, apart from those that pass it. */
  const failed = (type: string, name: string) => said(type, name, false);
  const said = (type: string, name: string, passed: boolean) =>
    findings
      .filter((each) => each.passed === passed && each.check.startsWith("COGNITO_"))
      .filter(({ resource }) => resource === `${type}.${name}`)
      .map(({ check }) => check);

  it("checkov reads policies that are known only after apply", () => {
    const of = (name: string) =>
      findings
        .filter(({ check, resource }) => check === "CKV_AWS_63" && resource === `aws_iam_role_policy.${name}`)
        .map(({ passed }) => passed);
    expect([of("everything"), of("little")]).toEqual([[false], [true]]);
  });

  it("there is a fixture for every check", async () => {
    const ids = await Promise.all(
      (await readdir(CHECKS))
        .filter((file) => file.endsWith(".py"))
        .map(async (file) => /^ {4}id = "(\w+)"/m.exec(await readFile(path.join(CHECKS, file), "utf8"))?.[1]),
    );
    expect(ids.filter(Boolean).sort()).toEqual(Object.keys(FIXTURES).sort());
  });

  describe.each(Object.entries(FIXTURES))("%s", (check, { type, fail, pass }) => {
    it.each(Object.keys(fail))("fails %s, and no other check does", (name) => {
      expect(failed(type, name)).toEqual([check]);
    });

    if (Object.keys(pass).length > 0) {
      it.each(Object.keys(pass))("passes %s, as all others do", (name) => {
        expect(failed(type, name)).toEqual([]);
        if (name !== "not_cognito") expect(said(type, name, true)).toContain(check);
      });
    }
  });
});

describeE2e("npm run policy", () => {
  let copy: ProjectCopy;
  beforeAll(async () => {
    await checkovProgram();
    copy = await ProjectCopy.make(environments);
  });
  afterAll(() => copy?.remove());

  const state = async (exceptions: string) => {
    await writeFile(path.join(copy.folder, EXCEPTIONS), exceptions);
    return copy.script("policy", "state");
  };

  it("finds nothing to object to in what this repository deploys, and needs every exception", async () => {
    const { code, stdout, stderr } = await copy.script("policy");
    expect({ code, said: code ? stdout + stderr : "" }).toEqual({ code: 0, said: "" });
    expect(stdout).toMatch(/^\d{3} passed, 0 failed, \d+ excepted by \d+ exceptions \(policy\/exceptions.yaml\)\.\n$/);
  });

  it("finds nothing to object to in what settings add, with the same exceptions", async () => {
    const kmsKeyArn = "arn:aws:kms:eu-west-1:000000000000:key/1234abcd-12ab-34cd-56ef-1234567890ab";
    const migrateFrom = { userPoolId: "eu-west-1_OldPool01", clientId: "1example23456789" };
    const roleArn = "arn:aws:iam::111122223333:role/old-pool-reader";
    await copy.configure({
      project: environments.project,
      region: "eu-west-1",
      state: { kmsKeyArn },
      environments: {
        dev: { migrateFrom, dashboard: true, alarmTopicArn: "arn:aws:sns:eu-west-1:000000000000:on-call" },
        prod: {
          ...{ production: true, migrateFrom: { ...migrateFrom, roleArn, externalId: "external" }, kmsKeyArn },
          ...{ federated: "link", identityProviders: ["Google"], reservedConcurrency: 5, messages: "neutral" },
        },
        staging: { uniqueness: "directory", deletionProtection: true, logRetentionDays: 365, tracing: false },
      },
    });
    const { code, stdout, stderr } = await copy.script("policy");
    expect({ code, said: code ? stdout + stderr : "" }).toEqual({ code: 0, said: "" });
    expect(stdout).toMatch(/^\d{3} passed, 0 failed, \d+ excepted by \d+ exceptions \(policy\/exceptions.yaml\)\.\n$/);
    await copy.configure(environments);
  });

  it("names what fails, and exceptions that are of no use", async () => {
    const stale = `
- check: CKV_AWS_21
  resource: aws_s3_bucket.state_bucket
  environments: [state]
  reason: This one is here although the bucket is versioned.
- check: CKV_AWS_18
  resource: aws_s3_bucket.state_bucket
  reason: todo
`;
    const { code, stdout } = await state(stale);
    expect(code).toBe(3);
    expect(stdout).toContain("✗ state: CKV_AWS_18 on aws_s3_bucket.state_bucket\n    Ensure the S3 bucket has access");
    expect(stdout).toContain(
      "✗ policy/exceptions.yaml, line 2: CKV_AWS_21 on aws_s3_bucket.state_bucket is not needed in state: the check passes, so delete the exception",
    );
    expect(stdout).toContain(
      "✗ policy/exceptions.yaml, line 6: wanted reason: a sentence that says why it is accepted",
    );
    expect(stdout).toMatch(
      / 4 failed, 0 excepted by 0 exceptions \(policy\/exceptions.yaml\)\. 2 exceptions to put right\.\n$/,
    );
  });

  it("says that a plan was not looked at, or that a check is broken, rather than nothing", async () => {
    const [folder, broken] = ["no-plan", "broken-checks"].map((name) => path.join(copy.folder, name)) as [
      string,
      string,
    ];
    await mkdir(folder);
    await writeFile(path.join(folder, "dev.json"), "{}");
    await expect(scan(folder, ["dev"], CHECKS)).rejects.toThrow("could not be scanned with checkov");

    await cp(CHECKS, broken, { recursive: true });
    await writeFile(path.join(broken, "another.py"), "from nowhere import nothing\n");
    const plans = path.join(copy.folder, ".build/policy");
    await expect(scan(plans, ["state"], broken)).rejects.toThrow("Cannot load external check 'another'");
  });
});
