import type { Scene } from "./scene";

const REPLACE = "-- -replace=aws_cognito_user_pool_client.user_pool_client";
const RUNS = { provisioner: [{ "local-exec": { command: "id" } }] };

const OTHER_FOLDER = /A plan in workspace prod is made in synthesized\/prod, nowhere else/;
const OTHER_ARGUMENTS = /Arguments after -- are not taken/;
/** What a comment asks for, what Atlantis answers, and whose comment it is. */
export const COMMENTS: readonly (readonly [comment: string, answer: RegExp, user?: string])[] = [
  [`atlantis plan -d cdktf.out/stacks/prod -w prod ${REPLACE}`, OTHER_FOLDER],
  ["atlantis plan -d cdktf.out/stacks/prod -w prod", OTHER_FOLDER],
  ["atlantis plan -d cdktf.out/stacks/dev -w dev", /dir "cdktf.out\/stacks\/dev" does not exist/],
  [`atlantis plan -p dev ${REPLACE}`, OTHER_ARGUMENTS],
  ["atlantis plan -p dev -- -destroy", OTHER_ARGUMENTS],
  ["atlantis plan -p dev -- -target=aws_cognito_user_pool.user_pool", OTHER_ARGUMENTS],
  ["atlantis plan -d synthesized/prod -w dev", /running commands in workspace "dev" is not allowed/],
  ["atlantis plan -d . -w prod", OTHER_FOLDER],
  ["atlantis plan -d synthesized/state -w state", /The project of workspace state is called state, not ""/],
  ["atlantis import aws_cognito_user_pool.user_pool x", /unknown command "import"/],
  ["atlantis state rm aws_cognito_user_pool.user_pool", /unknown command "state"/],
  ["atlantis apply -p dev", /do(?:es)? not have permissions/, "dev"],
  ["atlantis plan -p prod", /do(?:es)? not have permissions/, "stranger"],
];

const dev = (file: string) => `synthesized/dev/${file}`;
/** What a pull request does, and what Atlantis says of it. */
export const PULL_REQUESTS: readonly (readonly [
  title: string,
  change: (scene: Scene) => void,
  answer: string | RegExp,
])[] = [
  [
    "brings another configuration file with a command",
    ({ repository }) =>
      repository.write(
        dev("more.tf"),
        'resource "terraform_data" "x" {\n  provisioner "local-exec" {\n    command = "id"\n  }\n}\n',
      ),
    '"more.tf" does not belong there',
  ],
  [
    "brings an override",
    ({ repository }) => repository.write(dev("x_override.tf.json"), "{}"),
    '"x_override.tf.json" does not belong there',
  ],
  [
    "brings variables",
    ({ repository }) => repository.write(dev("x.auto.tfvars"), 'workspace = "dev"\n'),
    '"x.auto.tfvars" does not belong there',
  ],
  [
    "brings Terraform's own folder",
    ({ repository }) => repository.write(dev(".terraform/environment"), "prod"),
    '".terraform/environment" does not belong there',
  ],
  [
    "brings a plan file",
    ({ repository }) => repository.write(dev("dev-dev.tfplan"), "PK"),
    '"dev-dev.tfplan" does not belong there',
  ],
  [
    "makes the configuration a link",
    ({ repository }) => {
      repository.remove(dev("cdk.tf.json"));
      repository.link(dev("cdk.tf.json"), "../prod/cdk.tf.json");
    },
    "cdk.tf.json is not a regular file (mode 120000)",
  ],
  [
    "runs a command when a resource is made",
    (scene) => scene.edit("dev", (config) => Object.assign(config.resource.aws_iam_role.pre_sign_up_role, RUNS)),
    "aws_iam_role has a provisioner, which would run commands on the server",
  ],
  [
    "runs a command during the plan",
    (scene) => scene.edit("dev", (config) => Object.assign(config.data, { external: { x: { program: ["id"] } } })),
    "data.external.x would be read during the plan, before an approval",
  ],
  [
    "calls a function of AWS during the plan",
    (scene) =>
      scene.edit("dev", (config) =>
        Object.assign(config.data, { aws_lambda_invocation: { x: { function_name: "f", input: "{}" } } }),
      ),
    "data.aws_lambda_invocation.x would be read during the plan, before an approval",
  ],
  [
    "reads the server's environment",
    (scene) =>
      scene.edit("dev", (config) => Object.assign(config.output, { x: { value: '${file("/proc/self/environ")}' } })),
    "It calls the function file,",
  ],
  [
    "zips a file of the server",
    (scene) =>
      scene.edit("dev", (config) => {
        config.data.archive_file.pre_sign_up_zip.source_file = "../../../../../atlantis.db";
      }),
    "data.archive_file.pre_sign_up_zip reads or writes elsewhere than in its folder (source_file)",
  ],
  [
    "keeps the state elsewhere",
    (scene) =>
      scene.edit("dev", (config) => {
        config.terraform.backend.s3.bucket = "another-bucket";
      }),
    "Its state would be kept elsewhere than that of the main branch",
  ],
  [
    "asks AWS with a program's credentials",
    (scene) =>
      scene.edit("dev", (config) => {
        config.provider.aws[0].shared_config_files = ["./config"];
      }),
    "The provider aws has the argument shared_config_files",
  ],
  [
    "brings a provider",
    (scene) =>
      scene.edit("dev", (config) => {
        config.terraform.required_providers.null = { source: "hashicorp/null" };
      }),
    'It asks for the provider null from "hashicorp/null"',
  ],
  [
    "brings a module",
    (scene) => scene.edit("dev", (config) => Object.assign(config, { module: { x: { source: "../.." } } })),
    'It has a block "module"',
  ],
  [
    "says a name twice, of which one reader takes the first and the other both",
    ({ repository }) =>
      repository.write(
        dev("cdk.tf.json"),
        repository
          .read(dev("cdk.tf.json"))
          .replace('  "data": {', '  "data": {"external": {"x": {"program": ["id"]}}},\n  "data": {'),
      ),
    "cdk.tf.json is not JSON in the form that synthesis writes",
  ],
  [
    "chooses Atlantis's own workflow",
    ({ repository }) =>
      repository.write(
        "atlantis.yaml",
        repository.read("atlantis.yaml").replace("    workspace: dev", "    workspace: dev\n    workflow: default"),
      ),
    /not allowed to set 'workflow' key/,
  ],
  [
    "brings a workflow",
    ({ repository }) =>
      repository.write(
        "atlantis.yaml",
        `${repository.read("atlantis.yaml")}workflows:\n  cdktf:\n    plan:\n      steps: [init]\n`,
      ),
    /not allowed to define custom workflows/,
  ],
  [
    "lowers what an apply requires",
    ({ repository }) =>
      repository.write(
        "atlantis.yaml",
        repository
          .read("atlantis.yaml")
          .replace("    workspace: dev", "    workspace: dev\n    apply_requirements: []"),
      ),
    /not allowed to set 'apply_requirements' key/,
  ],
  [
    "chooses another Terraform",
    ({ repository }) =>
      repository.write(
        "atlantis.yaml",
        repository.read("atlantis.yaml").replace("terraform_version: 1.11.4", "terraform_version: 1.5.0"),
      ),
    /1\.5\.0/,
  ],
  [
    "plans another folder",
    ({ repository }) => {
      repository.write("evil/main.tf", 'output "x" {\n  value = file("/proc/self/environ")\n}\n');
      repository.write("atlantis.yaml", repository.read("atlantis.yaml").replace("dir: synthesized/dev", "dir: evil"));
    },
    "A plan in workspace dev is made in synthesized/dev, nowhere else.",
  ],
];
