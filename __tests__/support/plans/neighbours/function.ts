import type { Block } from "../../stack";
import type { Edited } from "../edited";
import { FUNCTION, MIGRATION, PERMISSION } from "../scenario";
import type { Neighbour } from "./neighbour";

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

/** The functions, and what they may do. */
export const FUNCTION_NEIGHBOURS: readonly Neighbour[] = [
  {
    title: "the function's code was replaced by hand, and the plan leaves it so",
    plan: "weekly-memory",
    edit: (plan) => {
      plan.of(FUNCTION).before.code_sha256 = "b3RoZXI=";
    },
    rule: "function-code",
  },
  {
    title: "the code was replaced by hand, and nothing else is to be done",
    plan: "nothing",
    edit: (plan) => {
      const { values } = plan.json.prior_state.values.root_module.resources.find(
        (one: Block) => one.address === FUNCTION,
      );
      Object.assign(values, { code_sha256: "b3RoZXI=", source_code_hash: "cmV2aWV3ZWQ=" });
    },
    rule: "function-code",
  },
  {
    title: "the sign-up function runs the code of the migration",
    plan: FIRST,
    stack: "fresh",
    edit: zip(FUNCTION, "user_migration_zip"),
    rule: "function-code",
  },
  {
    title: "the migration function runs the code of the sign-up",
    plan: FIRST,
    stack: "fresh",
    edit: zip(MIGRATION, "pre_sign_up_zip"),
    rule: "function-code",
  },
  {
    title: "the zip of the sign-up function is made of the other bundle",
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
    title: "all variables of the function are gone",
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
    title: "a new policy is hung on a role that is not the stack's",
    plan: "key-for-logs-and-functions",
    edit: (plan) => {
      plan.like("aws_iam_role_policy.pre_sign_up_use_reservations", "extra", { name: "extra", role: "DeveloperRole" });
    },
    rule: "role-rights",
  },
  {
    title: "a sign-up that was linked becomes a second account",
    plan: "weekly-memory",
    edit: (plan) => {
      const change = plan.of(FUNCTION);
      change.before.environment[0].variables.FEDERATED = "link";
      change.after.environment[0].variables.FEDERATED = "allow";
    },
    rule: "function-variables",
  },
];
