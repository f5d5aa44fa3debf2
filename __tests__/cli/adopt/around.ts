import type { ExistingType } from "../../../cli/adopt/arguments";
import { asArguments } from "../../../cli/adopt/as-provider";
import { type FoundPool, importId, type Values, valuesOf } from "../../../cli/adopt/existing";
import type { Reply, Request } from "../../support/stub-aws";

export const POOL = "eu-west-1_AbCdEfGhI";
export const POOL_ARN = `arn:aws:cognito-idp:eu-west-1:111122223333:userpool/${POOL}`;
export const WEB_ACL = "arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/own/12345678-1234-1234-1234-123456789012";
export const CSS = ".label-customizable { color: #336699; }";

const warning = (Subject: string) => ({ Subject, TextBody: "A new device.", HtmlBody: "<p>A new device.</p>" });

/** What DescribeRiskConfiguration answers: all of it. */
export const RISKS = {
  AccountTakeoverRiskConfiguration: {
    Actions: {
      LowAction: { EventAction: "NO_ACTION", Notify: false },
      MediumAction: { EventAction: "MFA_IF_CONFIGURED", Notify: true },
      HighAction: { EventAction: "BLOCK", Notify: true },
    },
    NotifyConfiguration: {
      SourceArn: "arn:aws:ses:eu-west-1:111122223333:identity/acme.com",
      From: "Acme <auth@acme.com>",
      ReplyTo: "help@acme.com",
      BlockEmail: warning("Blocked"),
      MfaEmail: warning("Prove it"),
      NoActionEmail: warning("Was it you?"),
    },
  },
  CompromisedCredentialsRiskConfiguration: { Actions: { EventAction: "BLOCK" }, EventFilter: ["SIGN_UP", "SIGN_IN"] },
  RiskExceptionConfiguration: { BlockedIPRangeList: ["198.51.100.0/24"], SkippedIPRangeList: ["192.0.2.0/24"] },
};

/** What AWS answers about what is around a pool, by operation; what is not said is not there. */
export type Answers = Readonly<Record<string, (input: Request["input"]) => Reply>>;

export function answer({ target, input }: Request, answers: Answers): Reply {
  const operation = target.slice(target.indexOf(".") + 1);
  if (operation === "ListIdentityPools") return { IdentityPools: [] };
  return answers[operation]?.(input) ?? { error: "ResourceNotFoundException" };
}

/** A pool with all of it around it. */
export function poolWith(pool: Values, css = CSS): FoundPool {
  const type = "aws_cognito_user_pool" as const;
  const of = (each: ExistingType, values: object) => {
    const read = { ...values } as Readonly<Record<string, unknown>>;
    return { type: each, id: importId(each, read, POOL), values: valuesOf(each, read) };
  };
  return {
    poolId: POOL,
    region: "eu-west-1",
    pool: { type, id: POOL, values: { name: "users", username_configuration: [{ case_sensitive: false }], ...pool } },
    clients: [],
    others: [
      of("aws_cognito_risk_configuration", asArguments(RISKS)),
      of("aws_cognito_user_pool_ui_customization", { css }),
      of("aws_wafv2_web_acl_association", { web_acl_arn: WEB_ACL, resource_arn: POOL_ARN }),
    ],
    outside: [],
  };
}

/** Pools whose settings say all of the risks, and hardly any of them: those are kept as arguments. */
export const WITH_THREAT_PROTECTION: Values = {
  mfa_configuration: "OPTIONAL",
  software_token_mfa_configuration: [{ enabled: true }],
  user_pool_tier: "PLUS",
  user_pool_add_ons: [{ advanced_security_mode: "ENFORCED" }],
};
export const WITHOUT_MFA: Values = { ...WITH_THREAT_PROTECTION, mfa_configuration: "OFF" };
