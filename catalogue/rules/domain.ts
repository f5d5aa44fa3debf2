import { API, GUIDE, long, PROVIDER, refused, refusedInProject, rule, written } from "./rule";

const PREFIX = API("Domain", "CreateUserPoolDomain");

export const domain = [
  rule(
    "prefix-characters",
    "A domain's prefix has small letters, digits and hyphens.",
    PREFIX,
    refused("domainPrefix", { domainPrefix: "Acme" }, { domainPrefix: "acme" }),
  ),
  rule(
    "prefix-ends",
    "A domain's prefix has no hyphen at either end.",
    PREFIX,
    refused("domainPrefix", { domainPrefix: "acme-" }, { domainPrefix: "ac-me" }),
  ),
  rule(
    "prefix-reserved-words",
    "A domain's prefix does not hold aws, amazon or cognito.",
    GUIDE("Using the Amazon Cognito domain"),
    refused("domainPrefix", { domainPrefix: "acme-cognito" }, { domainPrefix: "acme-login" }),
  ),
  rule(
    "prefix-length",
    "A domain's prefix has at most 63 characters.",
    PREFIX,
    refused("domainPrefix", { domainPrefix: long(64) }, { domainPrefix: long(63) }),
  ),
  rule(
    "prefix-without-dots",
    "A domain of one's own is no prefix: with dots it needs a certificate.",
    PREFIX,
    refused("domainPrefix", { domainPrefix: "auth.acme.com" }, { domainPrefix: "auth-acme-com" }),
  ),
  rule(
    "one-prefix-a-pool",
    "A pool has one domain with a prefix.",
    "aws/aws-cdk#10062",
    written(
      "one is made",
      "cognito_user_pool_domain",
      (_, { aws_cognito_user_pool_domain: domains = {} }) =>
        Object.values(domains).filter(({ domain }) => !domain.includes(".")).length <= 1,
      { domain: "second" },
    ),
  ),
  rule(
    "prefixes-differ",
    "No two environments of a Region have the same prefix.",
    PROVIDER("aws_cognito_user_pool_domain"),
    refusedInProject(
      'environment "prod", field "domainPrefix"',
      { environments: { dev: { domainPrefix: "acme" }, prod: { domainPrefix: "acme" } } },
      { environments: { dev: { domainPrefix: "acme" }, prod: { domainPrefix: "acme-2" } } },
    ),
  ),
];
