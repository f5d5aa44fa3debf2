import { z } from "zod";
import { distinct, fields, oneOf, text, wholeNumber } from "../setting/kinds";
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

export const webAclArn = text(
  /^arn:aws(?:-[a-z]+)*:wafv2:[a-z0-9-]+:\d{12}:regional\/webacl\/[\w-]{1,128}\/[0-9a-f-]{36}$/,
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

export const webAclSettings = {
  waf: optional(z.union([fields({ webAclArn }, WAF), webAcl], { error: WAF }), {
    doc: "`{ requestsPerFiveMinutes: 500, managedRuleGroups }`: AWS WAF in front of the pool, with a limit for each IP address; or `{ webAclArn }` of a web ACL of your own ([more](docs/protection.md))",
    none: "Cognito's own limits only",
    source: '"Associate an AWS WAF web ACL with a user pool", Cognito developer guide',
  }),
};

/** A user pool takes a web ACL of its own Region only. */
export function webAclProblems(waf: { readonly webAclArn: string } | WebAclSettings, region: string): Problem[] {
  const own = "webAclArn" in waf ? waf.webAclArn : undefined;
  return regionProblems(["waf", "webAclArn"], own, region, `a web ACL of the Region ${region}`);
}
