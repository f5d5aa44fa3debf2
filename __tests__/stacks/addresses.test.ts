import { synthesized } from "../support/synth";

const MIGRATION = "users that have not moved over from the old pool yet cannot sign in meanwhile";

/** Every resource of an environment, and what is lost when Terraform destroys it because it has got another name. */
const USERS = {
  "aws_cloudwatch_dashboard.dashboard": "the dashboard",
  "aws_cloudwatch_log_group.pre_sign_up_logs": "the function's log so far",
  "aws_cloudwatch_metric_alarm.alarms_errors": "an alarm and its history",
  "aws_cloudwatch_metric_alarm.alarms_failed_closed": "an alarm and its history",
  "aws_cloudwatch_metric_alarm.alarms_throttles": "an alarm and its history",
  "aws_cognito_user_pool.user_pool": "EVERY ACCOUNT OF THE POOL, with all passwords",
  "aws_cognito_user_pool_client.user_pool_client": "the client id and secret that every application is configured with",
  "aws_acm_certificate.custom_domain_certificate": "the certificate of the sign-in page, which is then without one",
  "aws_acm_certificate_validation.custom_domain_certificate_validation": "nothing: it waits for the certificate",
  "aws_cognito_managed_login_branding.user_pool_client_branding": "the sign-in page's look, and with it the page",
  "aws_cognito_user_pool_domain.custom_domain": "the sign-in page, until the domain exists again",
  "aws_route53_record.custom_domain_address": "the address of the sign-in page",
  "aws_route53_record.custom_domain_certificate_record": "the renewal of the certificate",
  "aws_cognito_user_pool_domain.user_pool_domain": "the sign-in page, until the domain exists again",
  "aws_dynamodb_table.reservations": "every reservation: accounts could be registered twice until they are made again",
  "aws_iam_role.pre_sign_up_role": "the function's role: no sign-up is possible meanwhile",
  "aws_iam_role_policy.pre_sign_up_link_identities": "a grant: no identity can be linked meanwhile",
  "aws_iam_role_policy.pre_sign_up_list_users": "a grant: no sign-up is possible meanwhile",
  "aws_iam_role_policy.pre_sign_up_use_reservations": "a grant: no sign-up is possible meanwhile",
  "aws_iam_role_policy.pre_sign_up_write_logs": "a grant: nothing is logged meanwhile",
  "aws_iam_role_policy.pre_sign_up_write_traces": "a grant: nothing is traced meanwhile",
  "aws_lambda_function.pre_sign_up": "the function: no sign-up is possible meanwhile",
  "aws_lambda_permission.pre_sign_up_invoked_by_user_pool": "the pool's permission: no sign-up is possible meanwhile",
  "aws_cloudwatch_log_group.user_migration_logs": "the function's log so far",
  "aws_cloudwatch_metric_alarm.user_migration_alarms_errors": "an alarm and its history",
  "aws_cloudwatch_metric_alarm.user_migration_alarms_failed_closed": "an alarm and its history",
  "aws_cloudwatch_metric_alarm.user_migration_alarms_throttles": "an alarm and its history",
  "aws_iam_role.user_migration_role": MIGRATION,
  "aws_iam_role_policy.user_migration_ask_old_pool": MIGRATION,
  "aws_iam_role_policy.user_migration_list_users": MIGRATION,
  "aws_iam_role_policy.user_migration_use_reservations": MIGRATION,
  "aws_iam_role_policy.user_migration_write_logs": "a grant: nothing is logged meanwhile",
  "aws_iam_role_policy.user_migration_write_traces": "a grant: nothing is traced meanwhile",
  "aws_lambda_function.user_migration": MIGRATION,
  "aws_lambda_permission.user_migration_invoked_by_user_pool": MIGRATION,
};

const STATE = {
  "aws_s3_bucket.state_bucket": "EVERY STATE OF EVERY ENVIRONMENT (it is protected: Terraform would refuse)",
  "aws_s3_bucket_lifecycle_configuration.state_bucket_lifecycle": "how long old versions are kept",
  "aws_s3_bucket_ownership_controls.state_bucket_ownership": "the owner of what is in it",
  "aws_s3_bucket_policy.state_bucket_policy": "that every call without TLS is refused",
  "aws_s3_bucket_public_access_block.state_bucket_public_access": "that it cannot be made public",
  "aws_s3_bucket_server_side_encryption_configuration.state_bucket_encryption": "how it is encrypted",
  "aws_s3_bucket_versioning.state_bucket_versioning": "versioning: a lost state could not be restored",
};

const stacks = synthesized({
  project: "acme",
  region: "eu-west-1",
  environments: {
    dev: {
      dashboard: true,
      alarmTopicArn: "arn:aws:sns:eu-west-1:111122223333:on-call",
      federated: "link",
      identityProviders: ["Google"],
      customDomain: { name: "auth.acme.com", hostedZoneId: "Z0123456789ABCDEFGHIJ" },
      managedLogin: true,
      migrateFrom: { userPoolId: "eu-west-1_OldOldOld", clientId: "0123456789abcdefghijklmnop" },
    },
  },
});

it.each([
  ["dev", USERS],
  ["state", STATE],
])("no resource of %s has another address than it was deployed with", (stack, expected: Record<string, string>) => {
  const addresses = Object.entries(stacks[stack]?.resource ?? {}).flatMap(([type, blocks]) =>
    Object.keys(blocks).map((name) => `${type}.${name}`),
  );
  const gone = Object.keys(expected).filter((address) => !addresses.includes(address));
  const added = addresses.filter((address) => !(address in expected));
  if (gone.length + added.length > 0) {
    throw new Error(
      [
        ...gone.map((address) => `${address} is gone. Terraform would destroy: ${expected[address]}.`),
        ...added.map((address) => `${address} is new. Add it above, with what would be lost if it were renamed.`),
        "If it was renamed, rename it back, or keep what is deployed with a moved block (moveFromId) and note it in the CHANGELOG.",
      ].join("\n"),
    );
  }
});
