import type { Block } from "../../stack";
import {
  add,
  addData,
  at,
  both,
  FUNCTION,
  LIST_USERS,
  MIGRATION,
  PERMISSION,
  POOL,
  policy,
  ROLE,
  remove,
  type Scenario,
  set,
  USE_RESERVATIONS,
} from "../scenario";

const variable = (name: string, value: string) => (document: Block) => {
  at(document, FUNCTION).environment.variables[name] = value;
};
const allow = (Action: string | string[], Resource: string | string[], more: Block = {}) => ({
  Effect: "Allow",
  Action,
  Resource,
  ...more,
});

/** Changes after which other code decides about sign-ups, or none. */
export const FUNCTION_DANGERS: readonly Scenario[] = [
  {
    name: "function-renamed",
    edit: set(FUNCTION, { function_name: "another" }),
    rule: "user-pool-trigger",
    says: "is only known once it is applied",
  },
  {
    name: "function-removed",
    edit: (document) => {
      remove(document, FUNCTION);
      remove(document, PERMISSION);
      delete at(document, POOL).lambda_config;
    },
    rule: "function-deleted",
    says: "refuses every sign-up once it is gone",
  },
  {
    name: "function-code-from-a-bucket",
    edit: (document) => {
      const fn = at(document, FUNCTION);
      delete fn.filename;
      delete fn.source_code_hash;
      Object.assign(fn, { s3_bucket: "elsewhere", s3_key: "code.zip" });
    },
    everyTime: true,
    rule: "function-code",
    says: "code that is not in this repository",
  },
  {
    name: "function-code-from-an-image",
    edit: (document) => {
      const fn = at(document, FUNCTION);
      for (const name of ["filename", "source_code_hash", "handler", "runtime"]) delete fn[name];
      Object.assign(fn, {
        package_type: "Image",
        image_uri: "999999999999.dkr.ecr.eu-west-1.amazonaws.com/code:latest",
      });
    },
    rule: "function-code",
    says: "code that is not in this repository",
  },
  {
    name: "function-code-of-another-zip",
    edit: set(FUNCTION, { filename: "pre-sign-up-0123456789abcdef.zip", source_code_hash: "AAAA" }),
    rule: "function-code",
    says: "not what this plan's archive holds",
  },
  {
    name: "function-code-of-another-file",
    edit: (document) => {
      document.data.archive_file.pre_sign_up_zip.source_file = "cdk.tf.json";
    },
    rule: "data-source",
    says: "something else than the bundle",
  },
  {
    name: "function-code-in-the-configuration",
    edit: (document) => {
      const zip = document.data.archive_file.pre_sign_up_zip;
      delete zip.source_file;
      Object.assign(zip, {
        source_content: "exports.handler = async (event) => event;",
        source_content_filename: "index.js",
      });
    },
    rule: "data-source",
    says: "something else than the bundle",
  },
  {
    name: "function-layer",
    edit: set(FUNCTION, { layers: ["arn:aws:lambda:eu-west-1:999999999999:layer:helper:1"] }),
    rule: "function-layer",
    says: "A layer's code runs in the function",
  },
  {
    name: "function-handler",
    edit: set(FUNCTION, { handler: "index.other" }),
    rule: "function-handler",
    says: "Another part of the bundle would run",
  },
  {
    name: "function-older-runtime",
    edit: set(FUNCTION, { runtime: "nodejs18.x" }),
    rule: "function-runtime",
    says: "An older runtime",
  },
  {
    name: "function-never-runs",
    edit: set(FUNCTION, { reserved_concurrent_executions: 0 }),
    rule: "function-concurrency",
    says: "every sign-up is refused",
  },
  {
    name: "function-short-timeout",
    edit: set(FUNCTION, { timeout: 1 }),
    rule: "function-timeout",
    says: "stopped before it has decided",
  },
  {
    name: "function-endpoint",
    edit: variable("AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER", "https://example.org"),
    rule: "function-variables",
    says: "ask another server than AWS",
  },
  {
    name: "function-node-options",
    edit: variable("NODE_OPTIONS", "--require /opt/other.js"),
    rule: "function-variables",
    says: "Other code would run before",
  },
  {
    name: "function-wrapper",
    edit: variable("AWS_LAMBDA_EXEC_WRAPPER", "/opt/wrapper"),
    rule: "function-variables",
    says: "Other code would run before",
  },
  {
    name: "function-another-table",
    edit: variable("RESERVATIONS_TABLE", "another"),
    rule: "function-variables",
    says: "one person can have two accounts",
  },
  {
    name: "function-without-table",
    settings: { uniqueness: "directory" },
    rule: "function-variables",
    says: "no longer tells sign-ups at the same moment apart",
  },
  {
    name: "function-another-old-pool",
    stack: "full",
    settings: { migrateFrom: { userPoolId: "eu-west-1_Another01", clientId: "1example23456789" } },
    rule: "function-variables",
    says: "would believe another pool",
  },
  {
    name: "migration-from-another-account-begins",
    settings: {
      selfSignUp: false,
      migrateFrom: {
        userPoolId: "eu-west-1_OldPool01",
        clientId: "1example23456789",
        roleArn: "arn:aws:iam::111122223333:role/old-pool-reader",
        externalId: "one-account",
      },
    },
    rule: "function-variables",
    says: "passwords that people type here are sent there",
  },
  {
    name: "function-links-identities",
    settings: { federated: "link", identityProviders: ["Google"] },
    rule: "function-variables",
    says: "or a way into the first one",
  },
  {
    name: "function-allows-second-accounts",
    settings: { federated: "allow" },
    rule: "function-variables",
    says: "that is a second account",
  },
  {
    name: "function-holds-for-ever",
    edit: variable("UNCONFIRMED_HOLD_HOURS", "1000000"),
    rule: "function-variables",
    says: "from its owner for ever",
  },
  {
    name: "secret-in-a-variable",
    edit: both(
      variable("DB_PASSWORD", "hush-1"),
      variable("OPTIONS", JSON.stringify({ apiKey: "hush-2", colour: "blue" })),
    ),
    rule: "function-variables",
    says: "no variable that the function has",
  },
  {
    name: "function-in-a-network",
    edit: set(FUNCTION, {
      vpc_config: { subnet_ids: ["subnet-0123456789abcdef0"], security_group_ids: ["sg-0123456789abcdef0"] },
    }),
    rule: "function-network",
    says: "could no longer reach Cognito",
  },
  {
    name: "function-metrics-filtered",
    edit: (document) => {
      at(document, FUNCTION).logging_config.application_log_level = "ERROR";
    },
    rule: "function-log",
    says: "alarms stay silent",
  },
  {
    name: "function-another-log",
    edit: (document) => {
      at(document, FUNCTION).logging_config.log_group = "/elsewhere";
    },
    rule: "function-log",
    says: "would log elsewhere",
  },
  {
    name: "function-dead-letters",
    edit: set(FUNCTION, { dead_letter_config: { target_arn: "arn:aws:sqs:eu-west-1:999999999999:elsewhere" } }),
    rule: "function-output",
    says: "written to a queue",
  },
  {
    name: "function-another-role",
    edit: set(FUNCTION, { role: "arn:aws:iam::000000000000:role/administrator" }),
    rule: "function-role",
    says: "what another role may do",
  },
  {
    name: "function-key-removed",
    stack: "full",
    edit: (document) => {
      delete at(document, MIGRATION).kms_key_arn;
    },
    rule: "function-key",
    says: "another key, or AWS's own",
  },
  {
    name: "function-url",
    edit: add("aws_lambda_function_url.open", {
      function_name: `\${${FUNCTION}.function_name}`,
      authorization_type: "NONE",
    }),
    rule: "unknown-type",
    says: "Callers on the internet could run the function",
  },
  {
    name: "new-function-of-other-code",
    edit: add("aws_lambda_function.other", {
      function_name: "acme-prod-other",
      role: `\${${ROLE}.arn}`,
      s3_bucket: "elsewhere",
      s3_key: "code.zip",
      handler: "index.handler",
      runtime: "nodejs22.x",
    }),
    rule: "function-code",
    says: "code that is not in this repository",
  },
  {
    name: "new-function-with-a-layer",
    stack: "fresh",
    edit: set(FUNCTION, { layers: ["arn:aws:lambda:eu-west-1:999999999999:layer:helper:1"] }),
    rule: "function-layer",
    says: "A layer's code runs in the function",
  },
  {
    name: "parameter-of-a-secret",
    edit: addData("aws_iam_policy_document.other", { source_policy_documents: ["{}"] }),
    rule: "data-source",
    says: "put together with others",
  },

  {
    name: "permission-removed",
    edit: (document) => remove(document, PERMISSION),
    rule: "permission-lost",
    says: "refuses every sign-up",
  },
  {
    name: "permission-for-another-pool",
    edit: set(PERMISSION, { source_arn: "arn:aws:cognito-idp:eu-west-1:000000000000:userpool/eu-west-1_Another01" }),
    rule: "permission-wide",
    says: "it is not this plan's pool",
  },
  {
    name: "permission-for-everybody",
    edit: add("aws_lambda_permission.open", {
      statement_id: "open",
      action: "lambda:InvokeFunction",
      function_name: `\${${FUNCTION}.function_name}`,
      principal: "*",
    }),
    everyTime: true,
    rule: "permission-wide",
    says: "Anyone in any AWS account could call the function",
  },
  {
    name: "permission-for-another-account",
    edit: add("aws_lambda_permission.open", {
      statement_id: "open",
      action: "lambda:InvokeFunction",
      function_name: `\${${FUNCTION}.function_name}`,
      principal: "999999999999",
    }),
    rule: "permission-wide",
    says: "`999999999999` could call the function",
  },
  {
    name: "permission-for-any-pool",
    edit: (document) => {
      delete at(document, PERMISSION).source_arn;
    },
    rule: "permission-wide",
    says: "Any pool, of any account,",
  },
  {
    name: "new-permission-without-account",
    stack: "fresh",
    edit: (document) => {
      delete at(document, PERMISSION).source_account;
    },
    rule: "permission-wide",
    says: "A pool of another account",
  },

  {
    name: "role-trusts-another-account",
    edit: set(ROLE, {
      assume_role_policy: policy({
        Effect: "Allow",
        Action: "sts:AssumeRole",
        Principal: { Service: "lambda.amazonaws.com", AWS: "arn:aws:iam::999999999999:root" },
      }),
    }),
    rule: "role-trust",
    says: "`AWS:arn:aws:iam::999999999999:root` could use the role",
  },
  {
    name: "role-trusts-another-service",
    edit: set(ROLE, {
      assume_role_policy: policy({
        Effect: "Allow",
        Action: "sts:AssumeRole",
        Principal: { Service: "ec2.amazonaws.com" },
      }),
    }),
    rule: "role-trust",
    says: "`Service:ec2.amazonaws.com` could use the role",
  },
  {
    name: "new-role-trusts-everybody",
    stack: "fresh",
    edit: set(ROLE, { assume_role_policy: policy({ Effect: "Allow", Action: "sts:AssumeRole", Principal: "*" }) }),
    rule: "role-trust",
    says: "`*` could use the role",
  },
  {
    name: "role-longer-sessions",
    edit: set(ROLE, { max_session_duration: 43_200 }),
    rule: "role-trust",
    says: "could be used for longer",
  },
  {
    name: "role-with-administrator-rights",
    edit: add("aws_iam_role_policy_attachment.admin", {
      role: `\${${ROLE}.name}`,
      policy_arn: "arn:aws:iam::aws:policy/AdministratorAccess",
    }),
    rule: "unknown-type",
    says: "Others could get rights in this account",
  },
  {
    name: "role-managed-policy",
    edit: set(ROLE, { managed_policy_arns: ["arn:aws:iam::aws:policy/AdministratorAccess"] }),
    rule: "role-rights",
    says: "could do more, or less",
  },
  {
    name: "policy-changed",
    edit: set(LIST_USERS, {
      policy: policy(allow(["cognito-idp:ListUsers", "cognito-idp:AdminSetUserPassword"], `\${${POOL}.arn}`)),
    }),
    rule: "role-rights",
    says: "could do `cognito-idp:AdminSetUserPassword`",
  },
  {
    name: "policy-on-everything",
    edit: set(LIST_USERS, { policy: policy(allow("cognito-idp:ListUsers", "*")) }),
    rule: "role-rights",
    says: "could do `cognito-idp:ListUsers` on `*`",
  },
  {
    name: "policy-not-action",
    edit: set(LIST_USERS, { policy: policy({ Effect: "Allow", NotAction: "iam:*", Resource: "*" }) }),
    rule: "role-rights",
    says: "`NotAction`",
  },
  {
    name: "policy-denies",
    edit: set(LIST_USERS, {
      policy: policy(allow("cognito-idp:ListUsers", `\${${POOL}.arn}`), {
        Effect: "Deny",
        Action: "cognito-idp:ListUsers",
        Resource: "*",
      }),
    }),
    rule: "role-rights",
    says: "would be denied `cognito-idp:ListUsers`",
  },
  {
    name: "policy-removed",
    edit: (document) => {
      delete document.resource.aws_iam_role_policy.pre_sign_up_list_users;
    },
    rule: "role-rights",
    says: "could no longer look up who is registered",
  },
  {
    name: "policy-narrowed",
    edit: set(USE_RESERVATIONS, {
      policy: policy(allow("dynamodb:PutItem", "arn:aws:dynamodb:eu-west-1:000000000000:table/acme-prod-reservations")),
    }),
    rule: "role-rights",
    says: "could no longer reserve identifiers",
  },
  {
    name: "new-policy",
    edit: add("aws_iam_role_policy.other", {
      name: "other",
      role: `\${${ROLE}.name}`,
      policy: policy(allow("dynamodb:*", "*")),
    }),
    rule: "role-rights",
    says: "could do `dynamodb:*` on `*`",
  },
  {
    name: "new-policy-in-a-first-deployment",
    stack: "fresh",
    edit: set(LIST_USERS, {
      policy: policy(allow(["cognito-idp:ListUsers", "cognito-idp:AdminSetUserPassword"], `\${${POOL}.arn}`)),
    }),
    rule: "role-rights",
    says: "`cognito-idp:AdminSetUserPassword`",
  },
  {
    name: "policy-only-known-later",
    edit: both(
      add("terraform_data.action", { input: "cognito-idp:ListUsers" }),
      set(LIST_USERS, { policy: policy(allow("${terraform_data.action.output}", `\${${POOL}.arn}`)) }),
    ),
    rule: "role-rights",
    says: "only known once it is applied",
  },
];
