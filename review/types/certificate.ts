import { at, texts, UNKNOWN } from "../value";
import {
  COMMON,
  COMPUTED,
  FREE,
  fixed,
  found,
  identity,
  must,
  only,
  type ResourceType,
  reference,
  TAGS,
  when,
} from "./type";

/** The provider that makes certificates for CloudFront, where the pool is in another Region than they have to be. */
export const CERTIFICATES = { provider: "aws.certificates", region: "us-east-1" } as const;

const LOST = "Browsers refuse the hosted pages at their own domain, once it is without a certificate.";
const OTHER = "The hosted pages would answer with another certificate: browsers may refuse them.";

const common = {
  ...COMMON,
  region: when("guarded", "region-changed", "Cognito finds certificates in us-east-1 only.", (_, to) => {
    return to === null || to === undefined || to === CERTIFICATES.region;
  }),
};

export const CERTIFICATE: ResourceType = {
  type: "aws_acm_certificate",
  lost: () => [found("domain-certificate", LOST)],
  forgotten: found("forgotten", "The certificate stays, but nothing plans or checks it here from now on."),
  attributes: {
    ...common,
    ...TAGS,
    domain_name: identity("domain-certificate", OTHER),
    validation_method: must(only("domain-certificate", "Nothing in this plan would prove whose domain it is.", "DNS")),
    subject_alternative_names: when(
      "guarded",
      "domain-certificate",
      "The certificate would also be good for other domains.",
      (_, to, { change }) => to !== UNKNOWN && texts(to).every((name) => name === at(change.after, "domain_name")),
    ),
    certificate_authority_arn: fixed("domain-certificate", OTHER),
    certificate_body: fixed("domain-certificate", OTHER),
    certificate_chain: fixed("domain-certificate", OTHER),
    private_key: fixed("domain-certificate", OTHER),
    early_renewal_duration: FREE,
    key_algorithm: COMPUTED,
    options: COMPUTED,
    domain_validation_options: COMPUTED,
    arn: COMPUTED,
    not_after: COMPUTED,
    not_before: COMPUTED,
    pending_renewal: COMPUTED,
    renewal_eligibility: COMPUTED,
    renewal_summary: COMPUTED,
    status: COMPUTED,
    type: COMPUTED,
    validation_emails: COMPUTED,
  },
};

export const CERTIFICATE_VALIDATION: ResourceType = {
  type: "aws_acm_certificate_validation",
  isSetting: true,
  attributes: {
    ...common,
    certificate_arn: reference("domain-certificate", OTHER, "aws_acm_certificate", "arn"),
    validation_record_fqdns: FREE,
  },
};

/** What that provider may make. */
export const CERTIFICATE_TYPES: readonly string[] = [CERTIFICATE.type, CERTIFICATE_VALIDATION.type];
