import type { Values } from "../../../cli/adopt/existing";
import { adoptionOf } from "../../../cli/adopt/plan";
import { CSS, POOL, POOL_ARN, poolWith, RISKS, WEB_ACL, WITH_THREAT_PROTECTION, WITHOUT_MFA } from "./around";

const PLACE = { project: "acme", environment: "prod" };
const IMPORTS = {
  "aws_cognito_risk_configuration.risk_configuration": POOL,
  "aws_cognito_user_pool_ui_customization.ui_customization": `${POOL},ALL`,
  "aws_wafv2_web_acl_association.web_acl_association": `${WEB_ACL},${POOL_ARN}`,
};
const { BlockEmail: blocked } = RISKS.AccountTakeoverRiskConfiguration.NotifyConfiguration;

function adopted(pool: Values, css?: string) {
  return adoptionOf(poolWith(pool, css), PLACE);
}

it("settings say all of it, and nothing is kept", async () => {
  const { settings, left, taken } = await adopted(WITH_THREAT_PROTECTION);
  expect(left).toEqual([]);
  expect(settings).toMatchObject({
    adopted: { imports: IMPORTS },
    waf: { webAclArn: WEB_ACL },
    uiCustomization: { css: CSS },
    riskConfiguration: {
      accountTakeover: {
        low: { action: "NO_ACTION" },
        high: { action: "BLOCK", notify: true },
        notify: {
          from: "Acme <auth@acme.com>",
          blockEmail: { subject: blocked.Subject, textBody: blocked.TextBody, htmlBody: blocked.HtmlBody },
        },
      },
      compromisedCredentials: { action: "BLOCK", events: ["SIGN_UP", "SIGN_IN"] },
      exceptions: { blockedIpRanges: ["198.51.100.0/24"], skippedIpRanges: ["192.0.2.0/24"] },
    },
  });
  const kept = taken.filter(({ address, keep }) => address in IMPORTS && Object.keys(keep).length > 0);
  expect(kept).toEqual([]);
});

it("what a setting refuses of the risks is kept as an argument, whole", async () => {
  const { settings, left } = await adopted(WITHOUT_MFA);
  expect(left).toEqual([]);
  expect(settings).not.toHaveProperty("riskConfiguration.accountTakeover.medium");
  const keep = "adopted.keep";
  expect(settings).toHaveProperty([...keep.split("."), "aws_cognito_risk_configuration.risk_configuration"], {
    account_takeover_risk_configuration: [
      expect.objectContaining({
        actions: [expect.objectContaining({ medium_action: [{ event_action: "MFA_IF_CONFIGURED", notify: true }] })],
      }),
    ],
  });
});

it("what no setting can say at all stays as it is: no import, and nothing that would change it", async () => {
  const { settings, left, made } = await adopted({}, "@import 'x';");
  expect(left.map(({ type }) => type)).toEqual([
    "aws_cognito_risk_configuration",
    "aws_cognito_user_pool_ui_customization",
  ]);
  expect(settings).not.toHaveProperty("riskConfiguration");
  expect(settings).not.toHaveProperty("uiCustomization");
  expect(made.filter((address) => address in IMPORTS)).toEqual([]);
});
