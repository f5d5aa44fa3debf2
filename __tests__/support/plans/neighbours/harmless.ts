import type { Block } from "../../stack";
import type { Edited } from "../edited";
import { BUCKET_POLICY, CLIENT, FUNCTION, MIGRATION, POOL, policy } from "../scenario";
import type { Neighbour } from "./neighbour";

const LIST_USERS = "aws_iam_role_policy.pre_sign_up_list_users";
const SMS_ROLE = "aws_iam_role.user_pool_sms_role";

const both = (address: string, before: Block, after: Block) => (plan: Edited) => {
  Object.assign(plan.of(address).before, before);
  Object.assign(plan.of(address).after, after);
};
const mail = (email_message: string) => (plan: Edited) => {
  const template = [{ default_email_option: "CONFIRM_WITH_CODE", email_message }];
  plan.of(POOL).after.verification_message_template = template;
};
const recovery = (...names: readonly string[]) => ({
  account_recovery_setting: [{ recovery_mechanism: names.map((name, index) => ({ name, priority: index + 1 })) }],
});

/** A new pool with every choice of the team's own that a setting makes. */
function ownChoices(plan: Edited): void {
  plan.like("aws_iam_role.pre_sign_up_role", "user_pool_sms_role", {
    name: "acme-fresh-v2-sms",
    assume_role_policy: policy({
      Effect: "Allow",
      Action: "sts:AssumeRole",
      Principal: { Service: "cognito-idp.amazonaws.com" },
      Condition: { StringEquals: { "sts:ExternalId": "acme-fresh-v2", "aws:SourceAccount": "000000000000" } },
    }),
  });
  plan.like("aws_iam_role_policy.pre_sign_up_write_traces", "user_pool_sms_role_publish", {
    name: "publish",
    role: "acme-fresh-v2-sms",
    policy: policy({ Effect: "Allow", Action: "sns:Publish", Resource: "*" }),
  });
  plan.configured("aws_iam_role_policy.user_pool_sms_role_publish").role = { constant_value: `\${${SMS_ROLE}.name}` };
  plan.set(POOL, {
    mfa_configuration: "ON",
    software_token_mfa_configuration: [{ enabled: true }],
    email_mfa_configuration: [{ message: "{####}", subject: "Code" }],
    email_configuration: [
      {
        email_sending_account: "DEVELOPER",
        source_arn: "arn:aws:ses:eu-west-1:000000000000:identity/acme.com",
        from_email_address: "auth@acme.com",
        reply_to_email_address: "help@acme.com",
        configuration_set: "auth",
      },
    ],
    web_authn_configuration: [{ relying_party_id: "acme.com", user_verification: "required" }],
    sign_in_policy: [{ allowed_first_auth_factors: ["PASSWORD", "WEB_AUTHN", "EMAIL_OTP"] }],
    verification_message_template: [
      {
        default_email_option: "CONFIRM_WITH_LINK",
        email_message_by_link: "{##Confirm##} or ask https://help.acme.com",
      },
    ],
    password_policy: [
      {
        minimum_length: 6,
        require_lowercase: false,
        require_uppercase: false,
        require_numbers: false,
        require_symbols: false,
        temporary_password_validity_days: 30,
      },
    ],
    ...recovery("verified_phone_number", "verified_email"),
  });
  plan.of(POOL).after.sms_configuration = [{ external_id: "acme-fresh-v2", sns_region: "eu-west-1" }];
  plan.of(POOL).after_unknown.sms_configuration = [{ sns_caller_arn: true }];
  plan.configured(POOL).sms_configuration = [
    {
      external_id: { constant_value: "acme-fresh-v2" },
      sns_caller_arn: { constant_value: `\${${SMS_ROLE}.arn}`, references: [`${SMS_ROLE}.arn`, SMS_ROLE] },
      sns_region: { constant_value: "eu-west-1" },
    },
  ];
}

/** What lies beside dangers, and is none. */
export const HARMLESS_NEIGHBOURS: readonly Omit<Neighbour, "rule">[] = [
  {
    title: "a new pool is made with every choice of its own",
    plan: "weekly-new-environment",
    stack: "fresh",
    edit: ownChoices,
  },
  {
    title: "messages name the application, its hosted pages and nothing else",
    plan: "pool-mfa-on",
    edit: mail(
      'Hello. Your code is {####}, e.g. for <a href="https://app.example.com/confirm?code={####}">the app</a> of ' +
        "example.com, or https://acme-prod-v2.auth.eu-west-1.amazoncognito.com/login. Version 2.0, 1.5 minutes; help@example.com.",
    ),
  },
  {
    title: "a refusal names the application",
    plan: "weekly-memory",
    edit: (plan) => {
      plan.of(FUNCTION).after.environment[0].variables.MESSAGES = '{"emailTaken":"Sign in at https://app.example.com"}';
    },
  },
  {
    title: "callbacks are in another order",
    plan: "client-renamed",
    edit: (plan) => {
      const [one] = plan.of(CLIENT).before.callback_urls;
      plan.of(CLIENT).before.callback_urls = [one, "https://app.example.com/v2"];
      Object.assign(plan.of(CLIENT).after, {
        callback_urls: ["https://app.example.com/v2", one],
        default_redirect_uri: "https://app.example.com/v2",
      });
    },
  },
  {
    title: "a developer's machine is no callback any more",
    plan: "client-renamed",
    edit: (plan) => {
      plan.of(CLIENT).before.callback_urls.push("http://localhost:3000/auth");
    },
  },
  {
    title: "refresh tokens are good for one use only",
    plan: "client-renamed",
    edit: (plan) => {
      Object.assign(plan.of(CLIENT).after, {
        refresh_token_rotation: [{ feature: "ENABLED", retry_grace_period_seconds: 0 }],
        explicit_auth_flows: ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_USER_SRP_AUTH"],
      });
    },
  },
  {
    title: "fewer sign-ups are admitted at a time, and enough",
    plan: "weekly-concurrency",
    edit: both(FUNCTION, { reserved_concurrent_executions: 50 }, { reserved_concurrent_executions: 20 }),
  },
  {
    title: "accounts are recovered by e-mail first",
    plan: "pool-mfa-on",
    edit: both(
      POOL,
      recovery("verified_phone_number", "verified_email"),
      recovery("verified_email", "verified_phone_number"),
    ),
  },
  {
    title: "what a policy was given by hand goes, and another policy of the role grants it",
    plan: "key-for-logs-and-functions",
    edit: (plan) => {
      const known = plan.json.prior_state.values.root_module.resources as Block[];
      const [traces, users] = ["aws_iam_role_policy.pre_sign_up_write_traces", LIST_USERS].map(
        (address) => JSON.parse(known.find((one) => one.address === address)?.values.policy).Statement,
      );
      const address = "aws_iam_role_policy.pre_sign_up_use_reservations";
      const { Statement } = JSON.parse(plan.of(address).before.policy);
      plan.of(address).before.policy = policy(...[Statement, traces, users].flat());
    },
  },
  {
    title: "a first bucket's policy says its name",
    plan: "first-bucket",
    stack: "state",
    edit: (plan) => {
      const change = plan.of(BUCKET_POLICY);
      change.after.bucket = "acme-terraform-state";
      delete change.after_unknown.bucket;
      plan.set(BUCKET_POLICY, {
        policy: policy({
          Effect: "Deny",
          Principal: { AWS: "*" },
          Action: "s3:*",
          Resource: ["arn:aws:s3:::acme-terraform-state/*", "arn:aws:s3:::acme-terraform-state"],
          Condition: { Bool: { "aws:SecureTransport": "false" } },
        }),
      });
    },
  },
  {
    title: "a first deployment takes over the users of another account",
    plan: "first-deployment-of-everything",
    stack: "fresh",
    edit: (plan) => {
      plan.of(MIGRATION).after.environment[0].variables.MIGRATE_FROM = JSON.stringify({
        userPoolId: "eu-west-1_OldPool01",
        clientId: "1example23456789",
        roleArn: "arn:aws:iam::111122223333:role/old-pool-reader",
        externalId: "one-account",
      });
    },
  },
];
