import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { CustomerKey } from "../../../modules/customer-key/customer-key";
import { PreSignUp, type PreSignUpProps } from "../../../modules/pre-sign-up/pre-sign-up";
import { type Document, only, stackOf, statementsOf } from "../../support/stack";

const KEY = "arn:aws:kms:eu-west-1:111122223333:key/1";
const POOL = "arn:aws:cognito-idp:eu-west-1:111122223333:userpool/eu-west-1_AbCdEfGhI";
const props: Omit<PreSignUpProps, "bundle"> = {
  functionName: "acme-dev-pre-sign-up",
  runtime: "nodejs22.x",
  architecture: "arm64",
  memorySize: 512,
  logRetention: 1,
  tracing: true,
  variables: { LOG_LEVEL: "DEBUG" },
};

function preSignUp(changed: Partial<PreSignUpProps> = {}, options = {}): Document {
  return stackOf((stack, bundle) =>
    new PreSignUp(stack, "pre_sign_up", { ...props, bundle, ...changed }).serve(POOL, options),
  );
}
const fn = (changed: Partial<PreSignUpProps> = {}) => only(preSignUp(changed).resource, "aws_lambda_function");

describe("the function", () => {
  it("is what is in the zip", () => {
    expect(fn()).toMatchObject({
      function_name: "acme-dev-pre-sign-up",
      filename: "${data.archive_file.pre_sign_up_zip.output_path}",
      source_code_hash: "${data.archive_file.pre_sign_up_zip.output_base64sha256}",
      handler: "index.handler",
      role: "${aws_iam_role.pre_sign_up_role.arn}",
    });
  });

  it("ends before Cognito's 5 seconds do", () => {
    expect(fn().timeout).toBe(4);
  });

  it("is sized as asked", () => {
    expect(fn({ runtime: "nodejs24.x", architecture: "x86_64", memorySize: 1024 })).toMatchObject({
      runtime: "nodejs24.x",
      architectures: ["x86_64"],
      memory_size: 1024,
    });
  });

  it("is told its settings", () => {
    expect(fn().environment.variables).toEqual({ LOG_LEVEL: "DEBUG" });
  });

  it("has no layer unless one is named, by an SSM parameter that can be read in a plan", () => {
    expect(fn()).not.toHaveProperty("layers");
    const document = preSignUp({ layerParameter: "acme-dev-lambda-layer-parameter" });
    expect(only(document.data, "aws_ssm_parameter").name).toBe("acme-dev-lambda-layer-parameter");
    expect(only(document.resource, "aws_lambda_function").layers).toEqual([
      "${data.aws_ssm_parameter.pre_sign_up_layer.insecure_value}",
    ]);
  });

  it("encrypts its environment and its log with the key that is named", () => {
    const { resource } = stackOf((stack, bundle) => {
      const kmsKey = new CustomerKey(stack, "key", { arn: KEY, region: "eu-west-1" });
      new PreSignUp(stack, "pre_sign_up", { ...props, bundle, kmsKey });
    });
    expect(only(resource, "aws_lambda_function").kms_key_arn).toBe(KEY);
    expect(only(resource, "aws_cloudwatch_log_group").kms_key_id).toBe(KEY);
    expect(statementsOf(resource.aws_iam_role_policy?.pre_sign_up_read_environment)).toMatchObject([
      { Action: "kms:Decrypt", Resource: KEY },
    ]);
    expect(fn()).not.toHaveProperty("kms_key_arn");
  });
});

describe("tracing", () => {
  it("is X-Ray's, with a grant for it", () => {
    const { resource } = preSignUp();
    expect(only(resource, "aws_lambda_function").tracing_config).toEqual({ mode: "Active" });
    expect(statementsOf(resource.aws_iam_role_policy?.pre_sign_up_write_traces)).toEqual([
      { Effect: "Allow", Action: ["xray:PutTraceSegments", "xray:PutTelemetryRecords"], Resource: "*" },
    ]);
  });

  it("that is switched off takes its grant with it", () => {
    const { resource } = preSignUp({ tracing: false });
    expect(only(resource, "aws_lambda_function").tracing_config).toEqual({ mode: "PassThrough" });
    expect(resource.aws_iam_role_policy).not.toHaveProperty("pre_sign_up_write_traces");
  });
});

it("runs at most so many times at once as are reserved", () => {
  expect(fn({ reservedConcurrency: 20 }).reserved_concurrent_executions).toBe(20);
  expect(fn()).not.toHaveProperty("reserved_concurrent_executions");
});

describe("the zip", () => {
  it("has a fixed file mode", () => {
    expect(only(preSignUp().data, "archive_file")).toMatchObject({
      type: "zip",
      source_file: expect.stringMatching(/^assets\/pre_sign_up_bundle\/[0-9A-F]{32}\/index\.js$/),
      output_file_mode: "0644",
    });
  });

  it("has a name that changes with its content, and with nothing else", () => {
    const name = (changed: Partial<PreSignUpProps> = {}) => only(preSignUp(changed).data, "archive_file").output_path;
    expect(name()).toMatch(/^pre-sign-up-[0-9a-f]{16}\.zip$/);
    expect(name({ memorySize: 1024 })).toBe(name());
    const folder = mkdtempSync(path.join(tmpdir(), "bundle-"));
    try {
      const bundle = path.join(folder, "index.js");
      writeFileSync(bundle, "exports.handler = () => {};\n");
      expect(name({ bundle })).toMatch(/^pre-sign-up-[0-9a-f]{16}\.zip$/);
      expect(name({ bundle })).not.toBe(name());
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe("the log", () => {
  it("belongs to the function and is kept as long as asked", () => {
    const { resource } = preSignUp({ logRetention: 365 });
    expect(only(resource, "aws_cloudwatch_log_group")).toMatchObject({
      name: "/aws/lambda/acme-dev-pre-sign-up",
      retention_in_days: 365,
    });
    expect(only(resource, "aws_lambda_function").logging_config).toEqual({
      log_group: "${aws_cloudwatch_log_group.pre_sign_up_logs.name}",
      log_format: "JSON",
      application_log_level: "TRACE",
    });
  });
});

describe("the grants", () => {
  const { data, resource } = preSignUp();
  const statements = (id: string) => statementsOf(resource.aws_iam_role_policy?.[id]);

  it("are to look up this pool's users, to write this log, and traces, and nothing else", () => {
    expect(Object.keys(resource.aws_iam_role_policy ?? {})).toEqual([
      "pre_sign_up_list_users",
      "pre_sign_up_write_logs",
      "pre_sign_up_write_traces",
    ]);
    expect(statements("pre_sign_up_list_users")).toEqual([
      { Effect: "Allow", Action: "cognito-idp:ListUsers", Resource: POOL },
    ]);
    expect(statements("pre_sign_up_write_logs")).toEqual([
      {
        Effect: "Allow",
        Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
        Resource: "${aws_cloudwatch_log_group.pre_sign_up_logs.arn}:*",
      },
    ]);
  });

  it("are text in the plan: no data source stands between them and a reviewer", () => {
    expect(Object.keys(data).sort()).toEqual(["archive_file", "aws_caller_identity"]);
  });

  it("are of a role that Lambda alone may assume", () => {
    expect(statementsOf(only(resource, "aws_iam_role"), "assume_role_policy")).toEqual([
      { Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "lambda.amazonaws.com" } },
    ]);
  });

  it("are there before the function that needs them", () => {
    const grants = { use_table: [{ actions: ["dynamodb:PutItem"], resources: ["arn:table"] }] };
    const document = preSignUp({ grants });
    expect(statementsOf(document.resource.aws_iam_role_policy?.pre_sign_up_use_table)).toEqual([
      { Effect: "Allow", Action: "dynamodb:PutItem", Resource: "arn:table" },
    ]);
    expect(only(document.resource, "aws_lambda_function").depends_on).toEqual([
      "aws_iam_role_policy.pre_sign_up_write_logs",
      "aws_iam_role_policy.pre_sign_up_write_traces",
      "aws_iam_role_policy.pre_sign_up_use_table",
    ]);
  });

  it("to link identities come only where that is wanted", () => {
    const document = preSignUp({}, { linkIdentities: true });
    expect(statementsOf(document.resource.aws_iam_role_policy?.pre_sign_up_link_identities)).toEqual([
      { Effect: "Allow", Action: "cognito-idp:AdminLinkProviderForUser", Resource: POOL },
    ]);
  });

  it("let this pool, of this account, call the function, and nobody else", () => {
    expect(only(resource, "aws_lambda_permission")).toMatchObject({
      action: "lambda:InvokeFunction",
      principal: "cognito-idp.amazonaws.com",
      source_arn: POOL,
      source_account: "${data.aws_caller_identity.pre_sign_up_account.account_id}",
    });
  });

  it("are not part of what the pool depends on: role ← function ← pool ← grants", () => {
    const needed = JSON.stringify([resource.aws_lambda_function, resource.aws_iam_role]);
    expect(needed).not.toContain("list_users");
    expect(needed).not.toContain(POOL);
  });
});
