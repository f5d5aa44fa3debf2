import { isUnset, UNKNOWN } from "../value";
import { COMMON, COMPUTED, found, identity, type ResourceType, reference, when } from "./type";

const LOST =
  "Users can no longer sign in at the present address of the hosted pages, and any other AWS account may take its prefix.";

export const USER_POOL_DOMAIN: ResourceType = {
  type: "aws_cognito_user_pool_domain",
  lost: () => [found("domain-lost", LOST)],
  forgotten: found(
    "forgotten",
    "The hosted pages stay, but nothing plans or checks their address here, and the next deployment cannot make it.",
  ),
  attributes: {
    ...COMMON,
    domain: identity("domain-lost", LOST),
    user_pool_id: reference("domain-lost", LOST, "aws_cognito_user_pool", "id"),
    // Of something new: one that this plan makes, or one that is there.
    certificate_arn: when(
      "guarded",
      "domain-certificate",
      "The hosted pages would answer with another certificate: browsers may refuse them.",
      (_, to, { isNew, template }) =>
        isNew && (to !== UNKNOWN || /^\$\{aws_acm_certificate(?:_validation)?\./.test(template ?? "")),
    ),
    managed_login_version: when(
      "guarded",
      "domain-pages",
      "Users would sign in on other pages than today.",
      (from, to, { isNew }) => isNew || ((isUnset(from) || from === 0) && to === 1),
    ),
    aws_account_id: COMPUTED,
    cloudfront_distribution: COMPUTED,
    cloudfront_distribution_arn: COMPUTED,
    cloudfront_distribution_zone_id: COMPUTED,
    s3_bucket: COMPUTED,
    version: COMPUTED,
  },
};
