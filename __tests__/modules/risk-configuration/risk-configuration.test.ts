import { RiskConfiguration } from "../../../modules/risk-configuration/risk-configuration";
import { type RiskConfigurationSettings, riskProblems } from "../../../modules/risk-configuration/settings";
import { UniqueUserPool } from "../../../modules/unique-user-pool/unique-user-pool";
import { UserPool } from "../../../modules/user-pool/user-pool";
import { UserPoolClient } from "../../../modules/user-pool-client/user-pool-client";
import { type Block, only, stackOf } from "../../support/stack";

const IDENTITY = "arn:aws:ses:eu-west-1:111122223333:identity/acme.com";
const notify = { sesIdentityArn: IDENTITY, from: "auth@acme.com" };

function risks(settings: RiskConfigurationSettings, ofClient = false): Block {
  const { resource } = stackOf((stack) => {
    const userPool = new UserPool(stack, "user_pool", { userPoolName: "p" });
    const client = ofClient
      ? new UserPoolClient(stack, "web", {
          userPool,
          name: "web",
          callbackUrls: ["https://acme.com/auth"],
          logoutUrls: ["https://acme.com/"],
        })
      : undefined;
    new RiskConfiguration(stack, "risks", { ...settings, userPool, client });
  });
  return only(resource, "aws_cognito_risk_configuration");
}

it("says what is done at each level of risk, and whom the warnings are from", () => {
  expect(
    risks({ accountTakeover: { high: { action: "BLOCK", notify: true }, low: { action: "NO_ACTION" }, notify } }),
  ).toMatchObject({
    user_pool_id: "${aws_cognito_user_pool.user_pool.id}",
    account_takeover_risk_configuration: {
      actions: {
        low_action: { event_action: "NO_ACTION", notify: false },
        high_action: { event_action: "BLOCK", notify: true },
      },
      notify_configuration: { source_arn: IDENTITY, from: "auth@acme.com" },
    },
  });
});

it("writes all events where none is chosen, because AWS answers with them", () => {
  expect(risks({ compromisedCredentials: { action: "BLOCK" } })).toMatchObject({
    compromised_credentials_risk_configuration: {
      actions: { event_action: "BLOCK" },
      event_filter: ["SIGN_IN", "PASSWORD_CHANGE", "SIGN_UP"],
    },
  });
});

it("is for one client where it names one", () => {
  expect(risks({ exceptions: { skippedIpRanges: ["192.0.2.0/24"] } }, true)).toMatchObject({
    client_id: "${aws_cognito_user_pool_client.web.id}",
    risk_exception_configuration: { skipped_ip_range_list: ["192.0.2.0/24"] },
  });
});

const many = Array.from({ length: 201 }, (_, index) => `10.0.${index}.0/24`);

it.each<[unknown, string]>([
  [{}, "{ accountTakeover, compromisedCredentials, exceptions }, at least one"],
  [{ accountTakeover: { notify } }, "{ low, medium, high, notify }, at least one level"],
  [{ accountTakeover: { high: { action: "BLOCK" } } }, "accountTakeover.notify"],
  [{ accountTakeover: { high: { action: "ALLOW" }, notify } }, "BLOCK, MFA_IF_CONFIGURED, MFA_REQUIRED, NO_ACTION"],
  [{ compromisedCredentials: { action: "MFA_REQUIRED" } }, "BLOCK, NO_ACTION"],
  [{ compromisedCredentials: { action: "BLOCK", events: [] } }, "a list of SIGN_IN, PASSWORD_CHANGE, SIGN_UP"],
  [{ exceptions: {} }, "{ blockedIpRanges, skippedIpRanges }, at least one"],
  [{ exceptions: { blockedIpRanges: ["192.0.2.1"] } }, "IP ranges in CIDR notation"],
  [{ exceptions: { blockedIpRanges: many } }, "1 to 200 different IP ranges"],
  [
    {
      accountTakeover: {
        high: { action: "BLOCK" },
        notify: { ...notify, blockEmail: { subject: "x", textBody: "short", htmlBody: "long enough" } },
      },
    },
    "a text of 6 to 20000 visible characters",
  ],
])("%j is refused", (settings, message) => {
  expect(() => risks(settings as RiskConfigurationSettings)).toThrow(message);
});

describe("for a pool", () => {
  const takeover = (action: "BLOCK" | "MFA_REQUIRED", from = "auth@acme.com", identity = IDENTITY) => ({
    accountTakeover: { high: { action }, notify: { sesIdentityArn: identity, from } },
  });
  const paths = (settings: RiskConfigurationSettings, mfa: "OFF" | "OPTIONAL" | "ON", threatProtection = "ENFORCED") =>
    riskProblems(settings, { mfa, threatProtection: threatProtection as "OFF" }, "eu-west-1").map(({ path }) =>
      path.join("."),
    );

  it("wants threat protection", () => {
    expect(paths(takeover("BLOCK"), "OFF", "OFF")).toEqual(["riskConfiguration"]);
    expect(paths(takeover("BLOCK"), "OFF", "AUDIT")).toEqual([]);
  });

  it("asks for a second factor only where mfa is OPTIONAL", () => {
    const action = ["riskConfiguration.accountTakeover.high.action"];
    expect(paths(takeover("MFA_REQUIRED"), "OFF")).toEqual(action);
    expect(paths(takeover("MFA_REQUIRED"), "ON")).toEqual(action);
    expect(paths(takeover("MFA_REQUIRED"), "OPTIONAL")).toEqual([]);
  });

  it("sends from the verified identity, of the pool's partition", () => {
    expect(paths(takeover("BLOCK", "auth@other.com"), "OFF")).toEqual([
      "riskConfiguration.accountTakeover.notify.from",
    ]);
    expect(paths(takeover("BLOCK", undefined, IDENTITY.replace(":aws:", ":aws-cn:")), "OFF")).toEqual([
      "riskConfiguration.accountTakeover.notify.sesIdentityArn",
    ]);
  });
});

it("of a client is refused where the pool watches for no risks", () => {
  const added = (threatProtection: "OFF" | "AUDIT") =>
    stackOf((stack, bundle) => {
      const users = new UniqueUserPool(stack, "users", {
        name: "acme",
        region: "eu-west-1",
        poolTier: "PLUS",
        threatProtection,
        bundles: { "pre-sign-up": bundle },
      });
      const client = users.addClient("web", {
        callbackUrls: ["https://acme.com/auth"],
        logoutUrls: ["https://acme.com/"],
      });
      users.addRiskConfiguration("web_risks", { client, compromisedCredentials: { action: "BLOCK" } });
    });
  expect(only(added("AUDIT").resource, "aws_cognito_risk_configuration")).toHaveProperty("client_id");
  expect(() => added("OFF")).toThrow("nothing while threatProtection is OFF");
});
