import { readdirSync, readFileSync } from "node:fs";
import { folderProblems, type StackFolder } from "../../../review/config/folder";
import { environment } from "../../support/synth";

const LOCK = readFileSync(".terraform.lock.hcl", "utf8");
const CONFIG = readFileSync("synthesized/dev/cdk.tf.json", "utf8");
const FILES = ["cdk.tf.json", ".terraform.lock.hcl", `assets/pre_sign_up_bundle/${"A".repeat(32)}/index.js`].map(
  (path) => ({ path, mode: "100644" }),
);
const FOLDER: StackFolder = { files: FILES, config: CONFIG, lock: LOCK };

// biome-ignore lint/suspicious/noExplicitAny: a stack's JSON, as a caller edits it
type Config = any;

/** What is said of a folder whose JSON was edited; of a stack that is new, or that the main branch has as it was. */
const edited = (edit: (config: Config) => void, { isNew = false, types = [] as string[] } = {}) => {
  const config = JSON.parse(CONFIG);
  edit(config);
  const approved = isNew ? { types } : { config: CONFIG, types };
  return folderProblems({ ...FOLDER, config: JSON.stringify(config, null, 2) }, approved);
};

describe("a folder that synthesis wrote", () => {
  it.each(readdirSync("synthesized"))("%s has no problems, new or as the main branch has it", (stack) => {
    const config = readFileSync(`synthesized/${stack}/cdk.tf.json`, "utf8");
    const lock = readFileSync(`synthesized/${stack}/.terraform.lock.hcl`, "utf8");
    expect(folderProblems({ files: FILES, config, lock })).toEqual([]);
    expect(folderProblems({ files: FILES, config, lock }, { config })).toEqual([]);
  });

  it("may have every setting that there is", () => {
    const key = "arn:aws:kms:eu-west-1:111111111111:key/11111111-2222-3333-4444-555555555555";
    const { text } = environment({
      production: true,
      domainPrefix: "acme-auth",
      applicationUrls: ["https://app.example.com"],
      federated: "link",
      identityProviders: ["Google"],
      messages: "neutral",
      migrateFrom: {
        userPoolId: "eu-west-1_abcdefghi",
        clientId: "abcdefghijklmnopqrstuvwxyz",
        roleArn: "arn:aws:iam::222222222222:role/old-pool",
        externalId: "an-external-id",
      },
      reservedConcurrency: 5,
      alarmTopicArn: "arn:aws:sns:eu-west-1:111111111111:alarms",
      dashboard: true,
      lambdaLayer: true,
      kmsKeyArn: key,
      tags: { team: "identity" },
      allowedAccountIds: ["111111111111"],
      state: { bucket: "acme-dev-state", region: "eu-west-1", kmsKeyArn: key },
    });
    expect(folderProblems({ ...FOLDER, config: text })).toEqual([]);
  });

  it.each<[string, (config: Config) => void]>([
    [
      "a resource of AWS",
      (config) => Object.assign(config.resource, { aws_sns_topic: { alarms: { name: "alarms" } } }),
    ],
    [
      "functions that compute",
      (config) => Object.assign(config.output, { x: { value: '${jsonencode({ a = upper("b") })}' } }),
    ],
    [
      "a tag that is called like what runs commands",
      (config) =>
        Object.assign(config.resource, { aws_sns_topic: { x: { tags: { connection: "a", provisioner: "b" } } } }),
    ],
    [
      "other accounts that its state's credentials may be of",
      (config) => Object.assign(config.terraform.backend.s3, { allowed_account_ids: ["111111111111"] }),
    ],
    ["a move", (config) => Object.assign(config, { moved: [{ from: "aws_iam_role.a", to: "aws_iam_role.b" }] })],
    [
      "another Region and tags",
      (config) =>
        Object.assign(config.provider.aws[0], { region: "eu-central-1", default_tags: [{ tags: { a: "b" } }] }),
    ],
  ])("may have %s", (_, edit) => {
    expect(edited(edit)).toEqual([]);
  });

  it("is taken for too much, never for too little, in a text between two templates", () => {
    const value = "${var.workspace} file (see ${var.workspace})";
    expect(edited((config) => Object.assign(config.output, { x: { value } }))).toEqual([
      expect.stringContaining("the function file,"),
    ]);
  });
});

describe("a file that is not expected", () => {
  it.each([
    "main.tf",
    "x.tf.json",
    "cdk_override.tf.json",
    "terraform.tfvars",
    ".terraformrc",
    ".terraform/environment",
    "assets/x/index.js",
    "assets/x/../../../y/index.js",
    `assets/x/${"A".repeat(32)}/package.json`,
    "pre-sign-up.zip",
    "cdk.tofu.json",
    "dev-dev.tfplan",
  ])("%s is refused", (path) => {
    expect(folderProblems({ ...FOLDER, files: [...FILES, { path, mode: "100644" }] })).toEqual([
      expect.stringContaining("does not belong there"),
    ]);
  });

  it.each(["120000", "160000", "100755"])("a file of mode %s is refused", (mode) => {
    const files = FILES.map((file, index) => (index === 0 ? { ...file, mode } : file));
    expect(folderProblems({ ...FOLDER, files })).toEqual([`cdk.tf.json is not a regular file (mode ${mode}).`]);
  });

  it("a folder without its lock file is refused", () => {
    const files = FILES.filter(({ path }) => path !== ".terraform.lock.hcl");
    expect(folderProblems({ ...FOLDER, files })).toEqual(["There is no .terraform.lock.hcl in it."]);
  });
});

describe("a lock file", () => {
  it("may be OpenTofu's", () => {
    const lock = LOCK.replaceAll("registry.terraform.io", "registry.opentofu.org");
    expect(folderProblems({ ...FOLDER, lock })).toEqual([]);
  });

  it.each([
    ["another provider", `${LOCK}\n${LOCK.replaceAll("hashicorp/aws", "evil/aws")}`],
    ["another registry", LOCK.replaceAll("registry.terraform.io", "registry.example.com")],
  ])("of %s is refused", (_, lock) => {
    expect(folderProblems({ ...FOLDER, lock }).join()).toContain("names the provider");
  });

  it.each([`/* */ ${LOCK}`, `${LOCK}\nprovider "x" {}\n`, `${LOCK}\nprovider x {}\n`])(
    "in another form is refused",
    (lock) => {
      expect(folderProblems({ ...FOLDER, lock })).toEqual([
        ".terraform.lock.hcl is not in the form that Terraform writes.",
      ]);
    },
  );
});

describe("a configuration that is read before anybody approved it", () => {
  it.each<[title: string, edit: (config: Config) => void, problem: string]>([
    ["a module", (c) => Object.assign(c, { module: { x: { source: "./x" } } }), 'a block "module"'],
    ["an ephemeral resource", (c) => Object.assign(c, { ephemeral: {} }), 'a block "ephemeral"'],
    ["a check", (c) => Object.assign(c, { check: {} }), 'a block "check"'],
    ["Terraform Cloud", (c) => Object.assign(c.terraform, { cloud: {} }), "terraform.cloud is set"],
    [
      "another backend",
      (c) => Object.assign(c.terraform, { backend: { http: { address: "http://x" } } }),
      "kept elsewhere",
    ],
    [
      "another state key",
      (c) => Object.assign(c.terraform.backend.s3, { key: "other/terraform.tfstate" }),
      "kept elsewhere",
    ],
    [
      "a provider of its own",
      (c) => Object.assign(c.terraform.required_providers, { aws: { source: "evil/aws" } }),
      'the provider aws from "evil/aws"',
    ],
    [
      "a provider without a source",
      (c) => Object.assign(c.terraform.required_providers, { external: { version: "1" } }),
      "the provider external from undefined",
    ],
    [
      "a program for credentials",
      (c) => Object.assign(c.provider.aws[0], { shared_config_files: ["x"] }),
      "argument shared_config_files",
    ],
    [
      "another endpoint",
      (c) => Object.assign(c.provider.aws[0], { endpoints: [{ s3: "http://x" }] }),
      "argument endpoints",
    ],
    [
      "another role",
      (c) => c.provider.aws.push({ alias: "x", assume_role: [{ role_arn: "x" }] }),
      "argument assume_role",
    ],
    [
      "a command",
      (c) =>
        Object.assign(c.resource.aws_iam_role.pre_sign_up_role, { provisioner: [{ "local-exec": { command: "id" } }] }),
      "aws_iam_role has a provisioner",
    ],
    [
      "a command of what is forgotten",
      (c) => Object.assign(c, { removed: [{ from: "x.y", provisioner: {} }] }),
      "removed has a provisioner",
    ],
    [
      "a command of what is forgotten, a level deeper",
      (c) => Object.assign(c, { removed: [[{ from: "x.y", provisioner: [{}] }]] }),
      "removed has a provisioner",
    ],
    [
      "a resource of another provider",
      (c) => Object.assign(c.resource, { null_resource: { x: {} } }),
      "null_resource is of another provider",
    ],
    [
      "a resource of a provider called like what every object has",
      (c) => Object.assign(c.resource, { constructor_x: { x: {} } }),
      "constructor_x is of another provider",
    ],
    [
      "a data source that runs a program",
      (c) => Object.assign(c.data, { external: { x: { program: ["id"] } } }),
      "data.external.x would be read",
    ],
    [
      "a data source that calls a function",
      (c) => Object.assign(c.data, { aws_lambda_invocation: { x: {} } }),
      "data.aws_lambda_invocation.x would be read",
    ],
    [
      "a zip of another file",
      (c) => Object.assign(c.data.archive_file.pre_sign_up_zip, { source_file: "/proc/self/environ" }),
      "(source_file)",
    ],
    [
      "a zip elsewhere",
      (c) => Object.assign(c.data.archive_file.pre_sign_up_zip, { output_path: "../../../x.zip" }),
      "(output_path)",
    ],
    [
      "a zip of a folder",
      (c) => Object.assign(c.data.archive_file.pre_sign_up_zip, { source_dir: "/" }),
      "(source_dir)",
    ],
    [
      "a list of blocks",
      (c) => Object.assign(c, { data: [{ external: { x: { program: ["id"] } } }] }),
      "data is a list of blocks",
    ],
    [
      "a list of blocks further in",
      (c) => Object.assign(c.data, { archive_file: [{ x: {} }] }),
      "data.archive_file is a list of blocks",
    ],
    [
      "a list of bodies",
      (c) => Object.assign(c.data.archive_file, { pre_sign_up_zip: [{}] }),
      "data.archive_file.pre_sign_up_zip is a list of blocks",
    ],
    [
      "a file that is read",
      (c) => Object.assign(c.output, { x: { value: '${file("/etc/passwd")}' } }),
      "the function file,",
    ],
    [
      "a file that is read in a name",
      (c) => Object.assign(c.output, { x: { value: { '${file("x")}': 1 } } }),
      "the function file,",
    ],
    [
      "a file that is read behind a comment",
      (c) => Object.assign(c.output, { x: { value: '${filebase64 /* x */ ("x")}' } }),
      "the function filebase64,",
    ],
    [
      "a file that is read in a directive",
      (c) => Object.assign(c.output, { x: { value: '%{ if fileexists("x") }a%{ endif }' } }),
      "the function fileexists,",
    ],
    [
      "a template in a text",
      (c) => Object.assign(c.output, { x: { value: "${templatestring(local.x, {})}" } }),
      "the function templatestring,",
    ],
    [
      "a provider's function",
      (c) => Object.assign(c.output, { x: { value: "${provider::aws::arn_parse(1)}" } }),
      "the function provider::aws::arn_parse,",
    ],
    [
      "a secret without its mark",
      (c) => Object.assign(c.output, { x: { value: "${nonsensitive(aws_x.y.z)}" } }),
      "the function nonsensitive,",
    ],
  ])("is refused with %s", (_, edit, problem) => {
    expect(edited(edit).join("\n")).toContain(problem);
  });

  it("is refused where it says a name twice: Terraform reads both, JSON.parse the last", () => {
    const config = CONFIG.replace('  "data": {', '  "data": {"external": {"x": {"program": ["id"]}}},\n  "data": {');
    expect(folderProblems({ ...FOLDER, config })).toEqual([
      "cdk.tf.json is not JSON in the form that synthesis writes.",
    ]);
  });

  it("is refused where it is new and keeps its state under another key, or anywhere but in S3", () => {
    expect(edited((c) => Object.assign(c.terraform.backend.s3, { key: "terraform.tfstate" }), { isNew: true })).toEqual(
      ['Its state\'s key is "terraform.tfstate", not <project>/terraform.tfstate.'],
    );
    for (const backend of [{ local: {} }, { s3: { key: "a/terraform.tfstate", endpoint: "http://x" } }, {}]) {
      expect(edited((c) => Object.assign(c.terraform, { backend }), { isNew: true })).toEqual([
        "Its backend is not one that synthesis writes.",
      ]);
    }
  });
});

describe("what the main branch has", () => {
  it.each<[string, (config: Config) => void]>([
    ["a provider's role", (c) => Object.assign(c.provider.aws[0], { assume_role: [{ role_arn: "x" }] })],
    ["a data source", (c) => Object.assign(c.data, { aws_secretsmanager_secret: { x: { name: "x" } } })],
    ["a function", (c) => Object.assign(c.output, { x: { value: '${file("notes.txt")}' } })],
  ])("is approved: %s", (_, edit) => {
    const config = JSON.parse(CONFIG);
    edit(config);
    const text = JSON.stringify(config, null, 2);
    expect(folderProblems({ ...FOLDER, config: text }, { config: text })).toEqual([]);
    expect(folderProblems({ ...FOLDER, config: text }, { config: CONFIG })).not.toEqual([]);
  });

  it("in review-types.txt lets a new data source of that type be read", () => {
    const edit = (config: Config) => Object.assign(config.data, { aws_route53_zone: { x: { name: "example.com" } } });
    expect(edited(edit)).toEqual([expect.stringContaining("bring the line aws_route53_zone of review-types.txt")]);
    expect(edited(edit, { types: ["aws_route53_zone"] })).toEqual([]);
  });
});
