import { arn, fields, text } from "../setting/kinds";
import type { Problem } from "../setting/problems";
import { CERTIFICATE_REGION, partitionOf, regionProblems } from "../setting/regions";
import { optional } from "../setting/setting";

/** "Domain" of CreateUserPoolDomain, Cognito API reference. The parent has to have an A record, which a top-level domain has not. */
const NAME =
  "a subdomain of your own of at most 63 lower-case letters, digits, hyphens and dots, such as auth.acme.com; Cognito's own domains are set with domainPrefix";
const CUSTOM_DOMAIN = "{ name, hostedZoneId } or { name, certificateArn }";

export const customDomain = fields(
  {
    name: text(
      /^(?=.{1,63}$)(?!.*\.(?:amazoncognito|amazonaws)\.com$)(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.){2,}[a-z][a-z0-9-]*[a-z0-9]$/,
      NAME,
    ),
    /** Public hosted zone of Route 53 that gets the records of the domain and of the certificate that is made for it. */
    hostedZoneId: text(/^Z[A-Z0-9]{1,31}$/, "the id of a public hosted zone, such as Z0123456789ABCDEFGHIJ").optional(),
    /** A certificate that is there; the record of the domain is made elsewhere, too. */
    certificateArn: arn(
      "acm",
      /certificate\/[\w-]+/,
      `an ACM certificate ARN such as arn:aws:acm:${CERTIFICATE_REGION}:111122223333:certificate/1234abcd-…`,
    ).optional(),
  },
  CUSTOM_DOMAIN,
).refine(({ hostedZoneId, certificateArn }) => (hostedZoneId === undefined) !== (certificateArn === undefined), {
  error: `${CUSTOM_DOMAIN}: exactly one of the two`,
});

export const customDomainSettings = {
  customDomain: optional(customDomain, {
    doc: '`{ name: "auth.acme.com", hostedZoneId: "Z…" }`: a domain of your own beside the prefix, with a certificate that is made, or `certificateArn` of one that is there ([how](docs/domain.md))',
    none: "the prefix only",
    source: '"Using your own domain for managed login", Cognito developer guide',
  }),
};

/** What is wrong with a custom domain in the pool's Region. */
export function customDomainProblems(
  domain: { readonly hostedZoneId?: string | undefined; readonly certificateArn?: string | undefined } | undefined,
  region: string,
): Problem[] {
  if (domain === undefined) return [];
  if (partitionOf(region) !== partitionOf(CERTIFICATE_REGION)) {
    const allowed = `nothing in ${region}: its certificate would have to be in ${CERTIFICATE_REGION}, which is of another partition`;
    return [{ path: ["customDomain"], value: domain, allowed }];
  }
  const allowed = `a certificate of ${CERTIFICATE_REGION}, whatever the pool's Region`;
  return regionProblems(["customDomain", "certificateArn"], domain.certificateArn, CERTIFICATE_REGION, allowed);
}
