import { readPlan } from "../../review/plan";
import { review } from "../../review/report";
import { Edited } from "../support/plans/edited";
import { findingsOf, planJson } from "../support/plans/fixture";
import { CLIENT, FUNCTION, MIGRATION, PERMISSION, POOL, TABLE } from "../support/plans/scenario";
import type { Block } from "../support/stack";

/** A plan that Terraform made, with something else in it. */
interface Neighbour {
  readonly title: string;
  /** The plan that is edited. */
  readonly plan: string;
  readonly stack?: string;
  readonly edit: (plan: Edited) => void;
  readonly rule: string;
}

const FIRST = "first-deployment-of-everything";

const variable =
  (name: string, value: string, address = FUNCTION) =>
  (plan: Edited) => {
    const change = plan.of(address);
    change.after.environment[0].variables[name] = value;
    if (change.after_unknown.environment?.[0]?.variables) delete change.after_unknown.environment[0].variables[name];
  };
const zip = (address: string, of: string) => (plan: Edited) => {
  const values = plan.data(`data.archive_file.${of}`);
  plan.set(address, { filename: values.output_path, source_code_hash: values.output_base64sha256 });
  Object.assign(plan.configured(address), {
    filename: { constant_value: `\${data.archive_file.${of}.output_path}` },
    source_code_hash: { constant_value: `\${data.archive_file.${of}.output_base64sha256}` },
  });
};

const NEIGHBOURS: readonly Neighbour[] = [
  {
    title: "pre sign-up runs the zip of the migration",
    plan: FIRST,
    stack: "fresh",
    edit: zip(FUNCTION, "user_migration_zip"),
    rule: "function-code",
  },
  {
    title: "migration runs the zip of pre sign-up",
    plan: FIRST,
    stack: "fresh",
    edit: zip(MIGRATION, "pre_sign_up_zip"),
    rule: "function-code",
  },
  {
    title: "the zip of pre sign-up is made of the other bundle",
    plan: FIRST,
    stack: "fresh",
    edit: (plan) => {
      const source = plan.data("data.archive_file.user_migration_zip").source_file;
      plan.configured("data.archive_file.pre_sign_up_zip").source_file.constant_value = source;
      plan.data("data.archive_file.pre_sign_up_zip").source_file = source;
    },
    rule: "data-source",
  },
  {
    title: "triggers of a new pool are swapped",
    plan: FIRST,
    stack: "fresh",
    edit: (plan) => {
      const [config] = plan.configured(POOL).lambda_config;
      [config.pre_sign_up, config.user_migration] = [config.user_migration, config.pre_sign_up];
    },
    rule: "user-pool-foreign-trigger",
  },
  {
    title: "a new pool's migration trigger is the sign-up function",
    plan: FIRST,
    stack: "fresh",
    edit: (plan) => {
      const [config] = plan.configured(POOL).lambda_config;
      config.user_migration = config.pre_sign_up;
    },
    rule: "user-pool-foreign-trigger",
  },
  {
    title: "FEDERATED is no word that the function knows",
    plan: FIRST,
    stack: "fresh",
    edit: variable("FEDERATED", "linked"),
    rule: "function-variables",
  },
  {
    title: "MESSAGES are no texts",
    plan: "weekly-memory",
    edit: variable("MESSAGES", "[1]"),
    rule: "function-variables",
  },
  {
    title: "MESSAGES are numbers",
    plan: "weekly-memory",
    edit: variable("MESSAGES", '{"emailTaken":5}'),
    rule: "function-variables",
  },
  {
    title: "IDENTITY_PROVIDERS is no list",
    plan: "weekly-memory",
    edit: variable("IDENTITY_PROVIDERS", "Google"),
    rule: "function-variables",
  },
  {
    title: "MIGRATE_FROM is not read",
    plan: FIRST,
    stack: "fresh",
    edit: variable("MIGRATE_FROM", "{}", MIGRATION),
    rule: "function-variables",
  },
  {
    title: "the permission is another account's",
    plan: FIRST,
    stack: "fresh",
    edit: (plan) => plan.set(PERMISSION, { source_account: "999999999999" }),
    rule: "permission-lost",
  },
  {
    title: "the permission is for another function",
    plan: FIRST,
    stack: "fresh",
    edit: (plan) => {
      const change = plan.of(PERMISSION);
      change.before = {
        ...change.after,
        source_arn: "arn:aws:cognito-idp:eu-west-1:000000000000:userpool/eu-west-1_Example01",
      };
      change.after.source_arn = change.before.source_arn;
      delete change.after_unknown.source_arn;
      plan.replaced(PERMISSION);
      plan.set(PERMISSION, { function_name: "another" });
      plan.json.prior_state.values.root_module.resources.push({
        address: "aws_cognito_user_pool.x",
        mode: "managed",
        type: "aws_cognito_user_pool",
        values: { arn: change.after.source_arn },
      });
    },
    rule: "permission-lost",
  },
  {
    title: "a second client offers another identity provider while linking",
    plan: "weekly-alarm-topic",
    stack: "full",
    edit: (plan) => {
      const other = planJson("client-renamed").resource_changes.find((one: Block) => one.address === CLIENT);
      const conf = planJson("client-renamed").configuration.root_module.resources.find(
        (one: Block) => one.address === CLIENT,
      );
      Object.assign(other, { address: `${CLIENT}2`, name: "user_pool_client2" });
      other.change.actions = ["create"];
      other.change.before = null;
      other.change.after.generate_secret = true;
      other.change.after.supported_identity_providers = ["COGNITO", "Evil"];
      plan.json.resource_changes.push(other);
      plan.json.configuration.root_module.resources.push({ ...conf, address: `${CLIENT}2` });
    },
    rule: "client-identity-providers",
  },
  {
    title: "a secret, turned round, in a description, by a local",
    plan: "weekly-memory",
    edit: (plan) => {
      plan.of(FUNCTION).after.description = "1-rebmun";
      plan.configured(FUNCTION).description = {
        constant_value: "${nonsensitive(strrev(local.x))}",
        references: ["local.x"],
      };
    },
    rule: "secret-shown",
  },
  {
    title: "a file of the machine in a description",
    plan: "weekly-memory",
    edit: (plan) => {
      plan.of(FUNCTION).after.description = "[default]";
      plan.configured(FUNCTION).description = { constant_value: '${file("/root/.aws/credentials")}' };
    },
    rule: "secret-shown",
  },
  {
    title: "a file of the machine in an output",
    plan: "output-added",
    edit: (plan) => {
      const o = plan.json.configuration.root_module.outputs.PoolName;
      o.expression = { constant_value: '${file("/root/.aws/credentials")}' };
    },
    rule: "secret-shown",
  },
  {
    title: "login URL with another client",
    plan: "output-added",
    edit: (plan) => {
      const value = plan.json.prior_state.values.outputs.CognitoUspLoginUrlV2.value;
      plan.json.output_changes.CognitoUspLoginUrlV2 = {
        actions: ["update"],
        before: value,
        after: value.replace(/client_id=\w+/, "client_id=1another2345678"),
        after_unknown: false,
        before_sensitive: false,
        after_sensitive: false,
      };
      plan.json.configuration.root_module.outputs.CognitoUspLoginUrlV2 = {
        expression: {
          constant_value:
            "https://${aws_cognito_user_pool_domain.user_pool_domain.domain}.auth.eu-west-1.amazoncognito.com/login?client_id=1another2345678&response_type=code",
          references: [],
        },
      };
    },
    rule: "output-changed",
  },
  {
    title: "login URL with a token response",
    plan: "output-added",
    edit: (plan) => {
      const value = plan.json.prior_state.values.outputs.CognitoUspLoginUrlV2.value;
      plan.json.output_changes.CognitoUspLoginUrlV2 = {
        actions: ["update"],
        before: value,
        after: value.replace(
          /redirect_uri=/,
          "redirect_uri=https%3A%2F%2Fapp.example.com%2Fauth&redirect_uri=https%3A%2F%2Fevil.example%2F&x=",
        ),
        after_unknown: false,
        before_sensitive: false,
        after_sensitive: false,
      };
      plan.json.configuration.root_module.outputs.CognitoUspLoginUrlV2 = {
        expression: {
          constant_value:
            "https://${aws_cognito_user_pool_domain.user_pool_domain.domain}.auth.eu-west-1.amazoncognito.com/login?x",
          references: [],
        },
      };
    },
    rule: "output-changed",
  },
  {
    title: "a policy goes to another role",
    plan: "key-for-logs-and-functions",
    edit: (plan) => {
      const address = "aws_iam_role_policy.pre_sign_up_use_reservations";
      plan.replaced(address);
      plan.of(address).after.policy = plan.of(address).before.policy;
      plan.of(address).after.role = "another";
    },
    rule: "role-rights",
  },
  {
    title: "variables of the function are all gone",
    plan: "weekly-memory",
    edit: (plan) => {
      plan.of(FUNCTION).after.environment = [];
      plan.of(FUNCTION).after_unknown.environment = [];
    },
    rule: "function-variables",
  },
  {
    title: "the log's settings are gone",
    plan: "weekly-memory",
    edit: (plan) => {
      plan.of(FUNCTION).after.logging_config = [];
    },
    rule: "function-log",
  },
  {
    title: "password policy gone",
    plan: "pool-password-stricter",
    edit: (plan) => {
      plan.of(POOL).after.password_policy = [];
    },
    rule: "user-pool-password",
  },
  {
    title: "recovery setting gone",
    plan: "pool-mfa-on",
    edit: (plan) => {
      plan.of(POOL).after.account_recovery_setting = [];
    },
    rule: "user-pool-recovery",
  },
  {
    title: "recovery by SMS before mail",
    plan: "pool-mfa-on",
    edit: (plan) => {
      plan.of(POOL).after.account_recovery_setting = [
        {
          recovery_mechanism: [
            { name: "verified_email", priority: 2 },
            { name: "verified_phone_number", priority: 1 },
          ],
        },
      ];
    },
    rule: "user-pool-recovery",
  },
  {
    title: "updates unverified",
    plan: "pool-mfa-on",
    edit: (plan) => {
      plan.of(POOL).after.user_attribute_update_settings = [];
    },
    rule: "user-pool-unverified-updates",
  },
  {
    title: "username configuration turned",
    plan: "pool-mfa-on",
    edit: (plan) => {
      plan.of(POOL).after.username_configuration = [{ case_sensitive: true }];
    },
    rule: "user-pool-case-sensitive",
  },
  {
    title: "custom sender",
    plan: "pool-mfa-on",
    edit: (plan) => {
      plan.of(POOL).after.lambda_config[0].custom_email_sender = [
        { lambda_arn: "arn:aws:lambda:eu-west-1:999999999999:function:x", lambda_version: "V1_0" },
      ];
    },
    rule: "user-pool-foreign-trigger",
  },
  {
    title: "a version of the function",
    plan: "pool-mfa-on",
    edit: (plan) => {
      plan.of(POOL).after.lambda_config[0].pre_sign_up += ":1";
    },
    rule: "user-pool-foreign-trigger",
  },
  {
    title: "token generation by own function",
    plan: "pool-mfa-on",
    edit: (plan) => {
      plan.of(POOL).after.lambda_config[0].pre_token_generation = plan.of(POOL).after.lambda_config[0].pre_sign_up;
    },
    rule: "user-pool-foreign-trigger",
  },
  {
    title: "client rotates no more",
    plan: "client-renamed",
    edit: (plan) => {
      plan.of(CLIENT).before.refresh_token_rotation = [{ feature: "ENABLED", retry_grace_period_seconds: 0 }];
      plan.of(CLIENT).after.refresh_token_rotation = [];
    },
    rule: "client-revocation",
  },
  {
    title: "callbacks by trailing dot",
    plan: "client-renamed",
    edit: (plan) => {
      plan.of(CLIENT).after.callback_urls.push("https://app.example.com./auth");
    },
    rule: "client-callback",
  },
  {
    title: "callbacks with a percent",
    plan: "client-renamed",
    edit: (plan) => {
      plan.of(CLIENT).after.callback_urls.push("https://app.example.com%2eevil.example/auth");
    },
    rule: "client-callback",
  },
  {
    title: "callbacks on localhost in production",
    plan: "client-renamed",
    edit: (plan) => {
      plan.of(CLIENT).after.callback_urls.push("http://localhost:3000/auth");
    },
    rule: "client-callback",
  },
  {
    title: "callbacks without scheme slashes",
    plan: "client-renamed",
    edit: (plan) => {
      plan.of(CLIENT).after.callback_urls.push("https:/\\evil.example/auth");
    },
    rule: "client-callback",
  },
  {
    title: "no callback at all",
    plan: "client-renamed",
    edit: (plan) => {
      plan.of(CLIENT).after.callback_urls = [];
    },
    rule: "client-callback",
  },
  {
    title: "no login flow any more",
    plan: "client-renamed",
    edit: (plan) => {
      plan.of(CLIENT).after.allowed_oauth_flows = [];
    },
    rule: "client-flows",
  },
  {
    title: "no scopes any more",
    plan: "client-renamed",
    edit: (plan) => {
      plan.of(CLIENT).after.allowed_oauth_scopes = [];
    },
    rule: "client-scopes",
  },
  {
    title: "no refresh any more",
    plan: "client-renamed",
    edit: (plan) => {
      plan.of(CLIENT).after.explicit_auth_flows = [];
    },
    rule: "client-flows",
  },
  {
    title: "read attributes unset means all",
    plan: "client-renamed",
    edit: (plan) => {
      plan.of(CLIENT).after.read_attributes = [];
    },
    rule: "client-attributes",
  },
  {
    title: "write attributes unset means all",
    plan: "client-renamed",
    edit: (plan) => {
      plan.of(CLIENT).after.write_attributes = null;
    },
    rule: "client-attributes",
  },
  {
    title: "table billing provisioned of one unit",
    plan: "weekly-tags",
    edit: (plan) => {
      Object.assign(plan.of(TABLE).after, { billing_mode: "PROVISIONED", read_capacity: 1, write_capacity: 1 });
    },
    rule: "table-capacity",
  },
  {
    title: "table encrypted by the key that AWS owns",
    plan: "weekly-tags",
    edit: (plan) => {
      plan.of(TABLE).after.server_side_encryption = [];
    },
    rule: "table-encryption",
  },
  {
    title: "table without recovery",
    plan: "weekly-tags",
    edit: (plan) => {
      plan.of(TABLE).after.point_in_time_recovery = [];
    },
    rule: "table-recovery",
  },
  {
    title: "a copy in another Region",
    plan: "weekly-tags",
    edit: (plan) => {
      plan.of(TABLE).after.replica = [{ region_name: "us-east-1" }];
    },
    rule: "table-copied",
  },
  {
    title: "an empty table beside, in a new function",
    plan: "weekly-tags",
    edit: (plan) => plan.like(TABLE, "other", { name: "other" }),
    rule: "second-table",
  },
  {
    title: "a pool that data sources cannot see",
    plan: "weekly-new-environment",
    stack: "fresh",
    edit: (plan) => {
      plan.json.prior_state.values.root_module.resources = plan.json.prior_state.values.root_module.resources.filter(
        (r: Block) => r.type !== "aws_cognito_user_pools",
      );
    },
    rule: "second-pool",
  },
  {
    title: "two pools in a first deployment",
    plan: "weekly-new-environment",
    stack: "fresh",
    edit: (plan) => plan.like(POOL, "other", { name: "other" }),
    rule: "second-pool",
  },
  {
    title: "two pools of one name in a first deployment",
    plan: "weekly-new-environment",
    stack: "fresh",
    edit: (plan) => plan.like(POOL, "other"),
    rule: "second-pool",
  },
  {
    title: "an untagged first deployment",
    plan: "weekly-memory",
    edit: (plan) => {
      plan.of(FUNCTION).after.tags_all = {};
    },
    rule: "problem",
  },
];

it.each(NEIGHBOURS.map((one) => [one.title, one] as const))("%s", (_, { plan, stack = "prod", edit, rule }) => {
  const edited = new Edited(planJson(plan));
  edit(edited);
  const report = review(readPlan(edited.json), stack);
  expect([...Object.values(findingsOf(report)).flat(), ...report.problems.map(() => "problem")]).toContain(rule);
});
