import { z } from "zod";
import { arn, chosen, distinct, fields, oneOf, wholeNumber } from "../setting/kinds";
import type { Problem } from "../setting/problems";
import { regionProblems } from "../setting/regions";
import { optional } from "../setting/setting";

/** AWS's managed rule groups that a user pool can have without a price of their own: "Baseline rule groups", "IP reputation rule groups", WAF developer guide. */
const MANAGED_RULE_GROUPS = [
  "AWSManagedRulesAmazonIpReputationList",
  "AWSManagedRulesAnonymousIpList",
  "AWSManagedRulesCommonRuleSet",
  "AWSManagedRulesKnownBadInputsRuleSet",
] as const;
const GROUPS = `a list of different ${MANAGED_RULE_GROUPS.join(", ")}`;
const WAF =
  "{ webAclArn } of a web ACL that is there, or { requestsPerFiveMinutes, managedRuleGroups } of one that is made";

export const webAclArn = arn(
  "wafv2",
  /regional\/webacl\/[\w-]{1,128}\/[0-9a-f-]{36}/,
  "the ARN of a REGIONAL web ACL such as arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/acme/1234abcd-…",
);

/** "RateBasedStatement", WAF API reference: limits of a rate. */
export const webAcl = fields(
  {
    /** Requests of one IP address in five minutes; what is above is answered with 403. */
    requestsPerFiveMinutes: wholeNumber(10, 2_000_000_000, "requests"),
    managedRuleGroups: distinct(oneOf(MANAGED_RULE_GROUPS), GROUPS).optional(),
  },
  WAF,
);

export type WebAclSettings = z.output<typeof webAcl>;

export type Waf = { readonly webAclArn: string } | WebAclSettings;

const webAclThatIsThere = fields({ webAclArn }, WAF);
const either = z.unknown().refine(() => false, { error: WAF }) as unknown as z.ZodType<Waf>;

/** By the field `webAclArn`; beside it no other field is taken, so that the two kinds together are one problem. */
function kindOf(waf: unknown): z.ZodType<Waf> {
  if (typeof waf !== "object" || waf === null || Array.isArray(waf)) return either;
  if (!("webAclArn" in waf)) return webAcl;
  return Object.keys(waf).length === 1 ? webAclThatIsThere : either;
}

export const webAclSettings = {
  waf: optional(chosen<Waf>(kindOf, { "": z.union([webAclThatIsThere, webAcl]) }), {
    doc: "`{ requestsPerFiveMinutes: 500, managedRuleGroups }`: AWS WAF in front of the pool, with a limit for each IP address; or `{ webAclArn }` of a web ACL of your own ([more](docs/protection.md))",
    none: "Cognito's own limits only",
    source: '"Associate an AWS WAF web ACL with a user pool", Cognito developer guide',
  }),
};

/** "Amazon Cognito in AWS GovCloud (US)", AWS GovCloud (US) user guide. */
const WITHOUT_WAF = "us-gov-east-1";

/** A user pool takes a web ACL of its own Region only, and in one Region none. */
export function webAclProblems(waf: Waf, region: string): Problem[] {
  if (region === WITHOUT_WAF) {
    return [{ path: ["waf"], value: waf, allowed: `nothing in ${WITHOUT_WAF}, where a user pool takes no web ACL` }];
  }
  const own = "webAclArn" in waf ? waf.webAclArn : undefined;
  return regionProblems(["waf", "webAclArn"], own, region, `a web ACL of the Region ${region}`);
}
