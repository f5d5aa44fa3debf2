import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { BundledFunction, type BundledFunctionProps } from "../../../modules/bundled-function/bundled-function";
import { CustomerKey } from "../../../modules/customer-key/customer-key";
import { type Document, only, stackOf, statementsOf } from "../../support/stack";

const KEY = "arn:aws:kms:eu-west-1:111122223333:key/1";

function withFunction(changed: Partial<BundledFunctionProps> = {}, use: (fn: BundledFunction) => void = () => {}) {
  return stackOf((stack, bundle) =>
    use(new BundledFunction(stack, "welcome", { functionName: "acme-welcome", bundle, ...changed })),
  );
}
const fn = (changed: Partial<BundledFunctionProps> = {}) => only(withFunction(changed).resource, "aws_lambda_function");
const statements = ({ resource }: Document, id: string) => statementsOf(resource.aws_iam_role_policy?.[id]);

describe("the function", () => {
  it("is what is in the zip", () => {
    expect(fn()).toMatchObject({
      function_name: "acme-welcome",
      filename: "${data.archive_file.welcome_zip.output_path}",
      source_code_hash: "${data.archive_file.welcome_zip.output_base64sha256}",
      handler: "index.handler",
      role: "${aws_iam_role.welcome_role.arn}",
    });
  });

  it("has the handler of its file, whatever the file is called", () => {
    const folder = mkdtempSync(path.join(tmpdir(), "bundle-"));
    try {
      const bundle = path.join(folder, "welcome.js");
      writeFileSync(bundle, "exports.handler = () => {};\n");
      expect(fn({ bundle }).handler).toBe("welcome.handler");
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it.each(["none.js", "lambda", "package.json"])("cannot be made of %s, which is no JavaScript file", (bundle) => {
    expect(() => fn({ bundle })).toThrow(
      `field "bundle": "${bundle}" is not allowed; allowed: the path of a JavaScript`,
    );
  });

  it("ends before Cognito's 5 seconds do", () => {
    expect(fn().timeout).toBe(4);
  });

  it("has the module's defaults", () => {
    expect(fn()).toMatchObject({ runtime: "nodejs22.x", architectures: ["arm64"], memory_size: 512 });
    expect(fn()).not.toHaveProperty("reserved_concurrent_executions");
    expect(fn()).not.toHaveProperty("layers");
    expect(fn()).not.toHaveProperty("kms_key_arn");
  });

  it("has the size that is asked for", () => {
    const props = { runtime: "nodejs24.x", architecture: "x86_64", memorySize: 1024, reservedConcurrency: 20 } as const;
    expect(fn(props)).toMatchObject({
      runtime: "nodejs24.x",
      architectures: ["x86_64"],
      memory_size: 1024,
      reserved_concurrent_executions: 20,
    });
  });

  it("has its environment variables", () => {
    expect(fn({ variables: { LOG_LEVEL: "DEBUG" } }).environment.variables).toEqual({ LOG_LEVEL: "DEBUG" });
  });

  it("takes a layer by an SSM parameter, whose value a plan shows", () => {
    const document = withFunction({ layerParameter: "layer-parameter" });
    expect(only(document.data, "aws_ssm_parameter").name).toBe("layer-parameter");
    expect(only(document.resource, "aws_lambda_function").layers).toEqual([
      "${data.aws_ssm_parameter.welcome_layer.insecure_value}",
    ]);
  });

  it("encrypts its environment and its log with the key that is named, and may decrypt", () => {
    const document = stackOf((stack, bundle) => {
      const kmsKey = new CustomerKey(stack, "key", { arn: KEY, region: "eu-west-1" });
      new BundledFunction(stack, "welcome", { functionName: "acme-welcome", bundle, kmsKey });
    });
    expect(only(document.resource, "aws_lambda_function").kms_key_arn).toBe(KEY);
    expect(only(document.resource, "aws_cloudwatch_log_group").kms_key_id).toBe(KEY);
    expect(statements(document, "welcome_read_environment")).toMatchObject([{ Action: "kms:Decrypt", Resource: KEY }]);
  });

  it.each([
    [
      { memorySize: 5 },
      'BundledFunction "test/welcome", field "memorySize": 5 is not allowed; allowed: a whole number of MB, 128 to 10240',
    ],
    [
      { functionName: "a b" },
      'BundledFunction "test/welcome", field "functionName": "a b" is not allowed; allowed: a function name of 1 to 64',
    ],
    [
      { logRetentionDays: 2 as 1 },
      'field "logRetentionDays": 2 is not allowed; allowed: days that CloudWatch Logs offers',
    ],
  ])("refuses %j before anything is planned", (props, message) => {
    expect(() => withFunction(props)).toThrow(message);
  });
});

describe("tracing", () => {
  it("is X-Ray's, with a grant for it", () => {
    const document = withFunction();
    expect(only(document.resource, "aws_lambda_function").tracing_config).toEqual({ mode: "Active" });
    expect(statements(document, "welcome_write_traces")).toEqual([
      { Effect: "Allow", Action: ["xray:PutTraceSegments", "xray:PutTelemetryRecords"], Resource: "*" },
    ]);
  });

  it("that is switched off takes its grant with it", () => {
    const { resource } = withFunction({ tracing: false });
    expect(only(resource, "aws_lambda_function").tracing_config).toEqual({ mode: "PassThrough" });
    expect(resource.aws_iam_role_policy).not.toHaveProperty("welcome_write_traces");
  });
});

describe("the zip", () => {
  it("has a fixed file mode", () => {
    expect(only(withFunction().data, "archive_file")).toMatchObject({
      type: "zip",
      source_file: expect.stringMatching(/^assets\/welcome_bundle\/[0-9A-F]{32}\/index\.js$/),
      output_file_mode: "0644",
    });
  });

  it("has a name that changes with its content, and with nothing else", () => {
    const name = (changed: Partial<BundledFunctionProps> = {}) =>
      only(withFunction(changed).data, "archive_file").output_path;
    expect(name()).toMatch(/^acme-welcome-[0-9a-f]{16}\.zip$/);
    expect(name({ memorySize: 1024 })).toBe(name());
    const folder = mkdtempSync(path.join(tmpdir(), "bundle-"));
    try {
      const bundle = path.join(folder, "index.js");
      writeFileSync(bundle, "exports.handler = () => {};\n");
      expect(name({ bundle })).not.toBe(name());
      expect(name({ bundle, zipName: "welcome" })).toMatch(/^welcome-[0-9a-f]{16}\.zip$/);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

it("the log group belongs to the function and keeps events as long as asked", () => {
  const { resource } = withFunction({ logRetentionDays: 30 });
  expect(only(resource, "aws_cloudwatch_log_group")).toMatchObject({
    name: "/aws/lambda/acme-welcome",
    retention_in_days: 30,
  });
  expect(only(resource, "aws_lambda_function").logging_config).toEqual({
    log_group: "${aws_cloudwatch_log_group.welcome_logs.name}",
    log_format: "JSON",
    application_log_level: "TRACE",
  });
});

describe("grants", () => {
  it("belong to a role that Lambda alone may assume", () => {
    expect(statementsOf(only(withFunction().resource, "aws_iam_role"), "assume_role_policy")).toEqual([
      { Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "lambda.amazonaws.com" } },
    ]);
  });

  it("exist before the function that needs them", () => {
    const document = withFunction({}, (fn) => {
      fn.grant("use_table", { actions: ["dynamodb:PutItem"], resources: ["arn:table"] });
    });
    expect(statements(document, "welcome_use_table")).toEqual([
      { Effect: "Allow", Action: "dynamodb:PutItem", Resource: "arn:table" },
    ]);
    expect(only(document.resource, "aws_lambda_function").depends_on).toEqual([
      "aws_iam_role_policy.welcome_write_logs",
      "aws_iam_role_policy.welcome_write_traces",
      "aws_iam_role_policy.welcome_use_table",
    ]);
  });

  it("let the function write its own log and no other", () => {
    expect(statements(withFunction(), "welcome_write_logs")).toEqual([
      {
        Effect: "Allow",
        Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
        Resource: "${aws_cloudwatch_log_group.welcome_logs.arn}:*",
      },
    ]);
  });

  it("are text in the plan: no data source stands between them and a reviewer", () => {
    expect(Object.keys(withFunction().data)).toEqual(["archive_file"]);
  });
});

it("keeps two permissions whose ids differ by a hyphen apart", () => {
  const { resource } = withFunction({}, (fn) => {
    fn.allowInvocationBy("my_pool", "arn:one");
    fn.allowInvocationBy("my-pool", "arn:other");
  });
  const ids = Object.values(resource.aws_lambda_permission ?? {}).map(({ statement_id }) => statement_id);
  expect(ids.sort()).toEqual(["my-pool", expect.stringMatching(/^my-pool-[0-9a-f]{8}$/)]);
});
