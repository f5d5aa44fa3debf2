import { z } from "zod";
import { derived } from "../setting/setting";

const LONGEST = 63;
/** "Using the Amazon Cognito prefix domain", Cognito developer guide. */
const RESERVED_WORDS = ["aws", "amazon", "cognito"];
const DOMAIN_PREFIX =
  `1 to ${LONGEST} lower-case letters, digits and hyphens, no hyphen at either end, ` +
  `and none of the words ${RESERVED_WORDS.join(", ")}`;

/** Host of the pages on a prefix. "Amazon Cognito in AWS GovCloud (US)", AWS GovCloud user guide: there the domain has FIPS endpoints only. */
export function hostedDomain(prefix: string, region: string): string {
  return `${prefix}.${region.startsWith("us-gov-") ? "auth-fips" : "auth"}.${region}.amazoncognito.com`;
}

export const userPoolDomainSettings = {
  domainPrefix: derived(
    z
      .string({ error: DOMAIN_PREFIX })
      .regex(/^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/, { error: DOMAIN_PREFIX })
      .max(LONGEST, { error: DOMAIN_PREFIX })
      .refine((prefix) => !RESERVED_WORDS.some((word) => prefix.includes(word)), { error: DOMAIN_PREFIX }),
    {
      doc: "prefix of the hosted domain, unique per Region across all AWS accounts",
      from: "`<project>-<environment>-v2`",
      source: '"Using the Amazon Cognito prefix domain", Cognito developer guide',
    },
  ),
};
