import { API, absent, GUIDE, many, PROVIDER, refused, rule, written } from "./rule";

const plus = { poolTier: "PLUS", threatProtection: "ENFORCED", mfa: "OPTIONAL" } as const;
const notify = { sesIdentityArn: "arn:aws:ses:eu-west-1:111122223333:identity/acme.com", from: "auth@acme.com" };
const takeover = (fields: object) => ({ ...plus, riskConfiguration: { accountTakeover: { notify, ...fields } } });
const high = { action: "BLOCK" };
const exceptions = (fields: object) => ({ ...plus, riskConfiguration: { exceptions: fields } });
const ranges = (count: number) => Object.keys(many(count, "", "10.0.")).map((_, index) => `10.0.${index}.0/24`);
const STREAM = (region: string) => `arn:aws:firehose:${region}:111122223333:deliverystream/sign-ins`;
const LOGS = "cognito_log_delivery_configuration";
const RISK = API("SetRiskConfiguration");
const SETS_OF_LOGS = API("LogConfigurationType");
const logsOf = (block: { log_configurations?: object | object[] }) => [block.log_configurations ?? []].flat();
const DESTINATIONS = ["cloud_watch_logs_configuration", "firehose_configuration", "s3_configuration"];

export const logs = [
  rule(
    "message-logs",
    "Logs of messages are errors, and go to CloudWatch.",
    SETS_OF_LOGS,
    refused(
      "logDelivery.userNotification",
      { logDelivery: { userNotification: "S3" } },
      { logDelivery: { userNotification: "CLOUDWATCH" } },
    ),
  ),
  rule(
    "sign-in-logs",
    "Logs of sign-ins need the tier PLUS.",
    SETS_OF_LOGS,
    refused(
      "logDelivery.userAuthEvents",
      { logDelivery: { userAuthEvents: "CLOUDWATCH" } },
      { ...plus, logDelivery: { userAuthEvents: "CLOUDWATCH" } },
    ),
  ),
  rule(
    "sign-in-log-region",
    "A bucket or stream of sign-ins is of the pool's Region and partition.",
    SETS_OF_LOGS,
    refused(
      "logDelivery.userAuthEvents.streamArn",
      { ...plus, logDelivery: { userAuthEvents: { streamArn: STREAM("us-east-1") } } },
      { ...plus, logDelivery: { userAuthEvents: { streamArn: STREAM("eu-west-1") } } },
    ),
  ),
  rule(
    "sign-in-log-bucket",
    "A bucket of sign-ins is an S3 bucket's ARN.",
    API("S3ConfigurationType"),
    refused(
      "logDelivery.userAuthEvents.bucketArn",
      { ...plus, logDelivery: { userAuthEvents: { bucketArn: "acme-sign-ins" } } },
      { ...plus, logDelivery: { userAuthEvents: { bucketArn: "arn:aws:s3:::acme-sign-ins" } } },
    ),
  ),
  rule(
    "one-place-a-log",
    "A log goes to one place.",
    SETS_OF_LOGS,
    written(
      "one is written to each",
      LOGS,
      (block) => logsOf(block).every((log) => DESTINATIONS.filter((name) => name in log).length === 1),
      { log_configurations: [{ s3_configuration: {}, firehose_configuration: {} }] },
    ),
  ),
  rule(
    "one-log-a-source",
    "There is one log of each source, two at most.",
    API("LogConfigurations", "SetLogDeliveryConfiguration"),
    written(
      "they are fields of one object",
      LOGS,
      (block) => {
        const sources = logsOf(block).map((log) => (log as { event_source: string }).event_source);
        return sources.length <= 2 && new Set(sources).size === sources.length;
      },
      { log_configurations: [{ event_source: "userAuthEvents" }, { event_source: "userAuthEvents" }] },
    ),
  ),
];

export const risks = [
  rule(
    "takeover-acts",
    "A configuration of account takeovers has an action.",
    RISK,
    refused("riskConfiguration.accountTakeover", takeover({}), takeover({ high }) as object),
  ),
  rule(
    "takeover-notifies",
    "A configuration of account takeovers says by whom users are told.",
    PROVIDER("notify_configuration"),
    refused(
      "riskConfiguration.accountTakeover.notify",
      { ...plus, riskConfiguration: { accountTakeover: { high } } },
      takeover({ high }) as object,
    ),
  ),
  rule(
    "ranges-in-cidr",
    "IP ranges are in CIDR notation.",
    API("RiskExceptionConfigurationType"),
    refused(
      "riskConfiguration.exceptions.blockedIpRanges[0]",
      exceptions({ blockedIpRanges: ["192.0.2.1"] }),
      exceptions({ blockedIpRanges: ["192.0.2.1/32"] }) as object,
    ),
  ),
  rule(
    "exceptions-have-a-list",
    "Exceptions of risks have at least one list.",
    RISK,
    refused(
      "riskConfiguration.exceptions",
      exceptions({}),
      exceptions({ skippedIpRanges: ["192.0.2.0/24"] }) as object,
    ),
  ),
  rule(
    "compromised-credentials",
    "Compromised passwords are blocked or not.",
    API("CompromisedCredentialsActionsType"),
    refused(
      "riskConfiguration.compromisedCredentials.action",
      { ...plus, riskConfiguration: { compromisedCredentials: { action: "WARN" } } },
      { ...plus, riskConfiguration: { compromisedCredentials: { action: "BLOCK" } } },
    ),
  ),
  rule(
    "most-ranges",
    "A list has at most 200 IP ranges.",
    API("RiskExceptionConfigurationType"),
    refused(
      "riskConfiguration.exceptions.blockedIpRanges",
      exceptions({ blockedIpRanges: ranges(201) }),
      exceptions({ blockedIpRanges: ranges(200) }) as object,
    ),
  ),
  rule(
    "risks-configure-something",
    "A configuration of risks configures something.",
    RISK,
    refused(
      "riskConfiguration",
      { ...plus, riskConfiguration: {} },
      { ...plus, riskConfiguration: { compromisedCredentials: { action: "NO_ACTION" } } },
    ),
  ),
];

export const adaptive = rule(
  "second-factor-at-risk",
  "Adaptive authentication asks for a second factor only with MFA OPTIONAL.",
  API("MfaConfiguration", "CreateUserPool"),
  refused(
    "riskConfiguration.accountTakeover.high.action",
    { ...takeover({ high: { action: "MFA_REQUIRED" } }), mfa: "OFF" },
    takeover({ high: { action: "MFA_REQUIRED" } }) as object,
  ),
);

const NO_USERS = "users are data: no setting makes one";
const NO_MANAGED = "a client that another AWS service has made is changed where that service is set up";

export const otherResources = [
  rule(
    "user-password",
    "A user has a password or a temporary one.",
    PROVIDER("aws_cognito_user"),
    absent(NO_USERS, "cognito_user"),
  ),
  rule(
    "managed-client-name",
    "A managed client is found by a pattern or the beginning of its name.",
    PROVIDER("aws_cognito_managed_user_pool_client"),
    absent(NO_MANAGED, "cognito_managed_user_pool_client"),
  ),
];

export const webAcl = [
  rule(
    "web-acl-of-the-region",
    "A web ACL is REGIONAL, and of the pool's Region.",
    GUIDE("Associate an AWS WAF web ACL with a user pool"),
    refused("waf.webAclArn", { waf: { webAclArn: acl("us-east-1") } }, { waf: { webAclArn: acl("eu-west-1") } }),
  ),
];

function acl(region: string): string {
  return `arn:aws:wafv2:${region}:111122223333:regional/webacl/acme/1234abcd-12ab-34cd-56ef-1234567890ab`;
}
