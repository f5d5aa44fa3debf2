import type { Block } from "../../stack";
import { add, at, DOMAIN, POOL, type Scenario, set } from "../scenario";

/** A zone is looked for only when its records are made. */
const customDomain = { name: "auth.example.com", hostedZoneId: "Z0123456789ABCDEFGHIJ" };
const ADDRESS = "aws_route53_record.custom_domain_address";
const PROOF = "aws_route53_record.custom_domain_certificate_record";
const CERTIFICATE = "aws_acm_certificate.custom_domain_certificate";
const ONLY_OWN = "with any other it could move a website, or mail, elsewhere";

/** What can be hidden in a plan that puts the hosted pages on a domain of their own. */
const withDomain = (name: string, edit: (document: Block) => void, rule: string, says: string): Scenario => ({
  name: `own-domain-${name}`,
  settings: { customDomain },
  edit,
  rule,
  says,
});

export const HOSTED_PAGES_DANGERS: readonly Scenario[] = [
  withDomain("record-of-a-website", set(ADDRESS, { name: "www.example.com" }), "domain-record", ONLY_OWN),
  withDomain(
    "record-elsewhere",
    (document) => Object.assign(at(document, ADDRESS).alias, { name: "d111111abcdef8.cloudfront.net" }),
    "domain-record",
    "Users would be sent elsewhere than to the hosted pages: `d111111abcdef8.cloudfront.net`",
  ),
  withDomain(
    "address-of-another-server",
    (document) => {
      const { alias, ...record } = at(document, ADDRESS);
      document.resource.aws_route53_record.custom_domain_address = { ...record, records: ["203.0.113.1"], ttl: 60 };
    },
    "domain-record",
    ONLY_OWN,
  ),
  withDomain(
    "record-for-mail",
    add("aws_route53_record.other", {
      zone_id: customDomain.hostedZoneId,
      name: "example.com",
      type: "MX",
      ttl: 60,
      records: ["10 mail.example.org"],
    }),
    "domain-record",
    ONLY_OWN,
  ),
  withDomain(
    "record-overwritten",
    set(ADDRESS, { allow_overwrite: true }),
    "domain-record",
    "A record that is there already would be overwritten",
  ),
  withDomain(
    "proof-of-another-name",
    set(PROOF, { name: "_acme-challenge.example.com", type: "TXT", records: ["x"] }),
    "domain-record",
    ONLY_OWN,
  ),
  withDomain(
    "certificate-of-more",
    set(CERTIFICATE, { subject_alternative_names: ["auth.example.com", "www.example.com"] }),
    "domain-certificate",
    "also be good for other domains",
  ),
  withDomain(
    "provider-in-another-region",
    (document) => Object.assign(document.provider.aws[1], { region: "eu-west-2" }),
    "provider",
    "are made in us-east-1",
  ),
  withDomain(
    "provider-through-another-server",
    (document) => Object.assign(document.provider.aws[1], { endpoints: [{ acm: "https://example.org" }] }),
    "provider",
    "through another server",
  ),
  withDomain(
    "pool-in-the-certificates-region",
    set(POOL, { provider: "aws.certificates" }),
    "provider",
    "in another Region or account than the rest",
  ),
  withDomain(
    "output-of-another-domain",
    (document) => Object.assign(document.output.DomainUrl, { value: "https://auth.example.org" }),
    "output-changed",
    "send users to another sign-in page",
  ),
  {
    name: "domain-of-managed-login",
    edit: set(DOMAIN, { managed_login_version: 2 }),
    rule: "domain-pages",
    says: "on other pages than today",
  },
  {
    name: "pages-that-load-from-elsewhere",
    edit: add("aws_cognito_user_pool_ui_customization.ui_customization", {
      user_pool_id: `\${${POOL}.id}`,
      css: ".background-customizable { background: url(https://example.org/x); }",
    }),
    rule: "pages-style",
    says: "whose owner learns of every sign-in",
  },
];
