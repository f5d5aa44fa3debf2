import { readAround } from "../../../cli/adopt/read-around";
import { cognitoClient } from "../../../cli/clients";
import { StubAws } from "../../support/stub-aws";
import { type Answers, answer, CSS, POOL, POOL_ARN, RISKS, WEB_ACL } from "./around";

const KEYS = { AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test" };
const before = { ...process.env };
let stub: StubAws;
let answers: Answers;

beforeAll(async () => {
  stub = await StubAws.start((request) => answer(request, answers));
  Object.assign(process.env, KEYS, { AWS_ENDPOINT_URL: stub.endpoint });
});
afterAll(async () => {
  process.env = before;
  await stub.stop();
});

function around(answered: Answers) {
  answers = answered;
  return readAround(cognitoClient("eu-west-1"), { Id: POOL, Arn: POOL_ARN }, ["web"]);
}

/** What AWS answers for a client: its own, or the pool's. */
const style = (own: object) => (input: Readonly<Record<string, unknown>>) => ({
  UICustomization: { UserPoolId: POOL, ClientId: "ALL", ...(input.ClientId === "web" ? own : { CSS }) },
});

it("nothing around a pool is nothing", async () => {
  expect(await around({})).toEqual({ others: [], outside: [] });
  const empty = { UICustomization: () => ({ UICustomization: {} }) };
  const risks = () => ({ RiskConfiguration: { UserPoolId: POOL, RiskExceptionConfiguration: {} } });
  expect(await around({ GetUICustomization: empty.UICustomization, DescribeRiskConfiguration: risks })).toEqual({
    others: [],
    outside: [],
  });
});

it("the web ACL, the style and the risk configuration of the pool are taken over, as the provider imports and reads them", async () => {
  const { others, outside } = await around({
    GetWebACLForResource: () => ({ WebACL: { ARN: WEB_ACL, Name: "own" } }),
    GetUICustomization: style({ CSS }),
    DescribeRiskConfiguration: () => ({ RiskConfiguration: { UserPoolId: POOL, ...RISKS } }),
  });
  expect(outside).toEqual([]);
  expect(others).toMatchObject([
    { type: "aws_wafv2_web_acl_association", id: `${WEB_ACL},${POOL_ARN}`, values: { web_acl_arn: WEB_ACL } },
    {
      type: "aws_cognito_risk_configuration",
      id: POOL,
      values: {
        account_takeover_risk_configuration: [
          {
            actions: [{ low_action: [{ event_action: "NO_ACTION", notify: false }] }],
            notify_configuration: [{ reply_to: "help@acme.com", block_email: [{ subject: "Blocked" }] }],
          },
        ],
        compromised_credentials_risk_configuration: [{ event_filter: ["SIGN_UP", "SIGN_IN"] }],
        risk_exception_configuration: [
          { blocked_ip_range_list: ["198.51.100.0/24"], skipped_ip_range_list: ["192.0.2.0/24"] },
        ],
      },
    },
    { type: "aws_cognito_user_pool_ui_customization", id: `${POOL},ALL`, values: { css: CSS } },
  ]);
});

const notAll = { ...RISKS, AccountTakeoverRiskConfiguration: { Actions: {} } };
const shortMail = { SourceArn: "arn", BlockEmail: { Subject: "Blocked", TextBody: "Blocked." } };

it.each<[what: string, answered: Answers, line: string]>([
  [
    "a web ACL of Firewall Manager's",
    { GetWebACLForResource: () => ({ WebACL: { ARN: WEB_ACL, ManagedByFirewallManager: true } }) },
    "(waf: AWS Firewall Manager puts it there)",
  ],
  [
    "a style with an image",
    { GetUICustomization: () => ({ UICustomization: { ClientId: "ALL", CSS, ImageUrl: "https://x/logo.png" } }) },
    "(the style of the classic pages): css, image_url (uiCustomization: the provider does not read the image",
  ],
  [
    "risks of which the provider requires more",
    { DescribeRiskConfiguration: () => ({ RiskConfiguration: notAll }) },
    "(riskConfiguration: the provider requires account_takeover_risk_configuration.notify_configuration)",
  ],
  [
    "risks with exceptions that are empty",
    { DescribeRiskConfiguration: () => ({ RiskConfiguration: { ...RISKS, RiskExceptionConfiguration: {} } }) },
    "(riskConfiguration: the provider cannot write an empty risk_exception_configuration)",
  ],
  [
    "risks with an e-mail of which the provider requires more",
    {
      DescribeRiskConfiguration: () => ({
        RiskConfiguration: { AccountTakeoverRiskConfiguration: { Actions: {}, NotifyConfiguration: shortMail } },
      }),
    },
    "(riskConfiguration: the provider requires block_email.html_body)",
  ],
  [
    "a log delivery",
    {
      GetLogDeliveryConfiguration: () => ({
        LogDeliveryConfiguration: { LogConfigurations: [{ LogLevel: "ERROR", EventSource: "userNotification" }] },
      }),
    },
    "log_configurations (logDelivery: it needs a newer version of hashicorp/aws)",
  ],
  [
    "a web ACL that may not be read",
    { GetWebACLForResource: () => ({ error: "AccessDeniedException" }) },
    "not read (AccessDeniedException), so look whether there is one before you set waf",
  ],
])("%s stays outside, and it is said why", async (_, answered, line) => {
  expect(await around(answered)).toEqual({ others: [], outside: [expect.stringContaining(line)] });
});

it("a style and risks of one client stay outside, beside those of the pool", async () => {
  const { others, outside } = await around({
    GetUICustomization: style({ ClientId: "web", CSS: ".x {}" }),
    DescribeRiskConfiguration: ({ ClientId }) => ({ RiskConfiguration: { UserPoolId: POOL, ClientId, ...RISKS } }),
  });
  expect(others.map(({ type }) => type)).toEqual([
    "aws_cognito_risk_configuration",
    "aws_cognito_user_pool_ui_customization",
  ]);
  expect(outside).toEqual([
    expect.stringMatching(/the risk configuration of the client web\): .*\(riskConfiguration: it is for all clients\)/),
    expect.stringMatching(/pages of the client web\): css \(uiCustomization: it is for all clients\)/),
  ]);
});
