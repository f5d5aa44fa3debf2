import { knownValues, quoted, UNKNOWN } from "../value";
import {
  type Attribute,
  begins,
  COMMON,
  COMPUTED,
  fixed,
  found,
  identity,
  must,
  only,
  type ResourceType,
  reference,
  referenceTo,
  TAGS,
} from "./type";

const LOST =
  "Every user gets a new identity: what is kept for the identities, by their ids, is no longer found, and roles no longer trust the pool.";
const OPEN = "Anyone on the internet could get credentials of this AWS account, without an account in the pool.";
const ROLES = "Users would get credentials of another role in AWS than today.";
const OTHERS = "Users of another provider than this plan's pool could get credentials of this AWS account.";

/** Of this plan's pool: a reference to it while it is not known. */
function own(type: string, name: string): Attribute {
  return {
    kind: "guarded",
    rule: "identity-pool-providers",
    finds: (from, to, { plan, template }) => {
      if (to === UNKNOWN) {
        const isReference = referenceTo(type, name).test(template ?? "");
        return isReference ? [] : [found("identity-pool-providers", OTHERS)];
      }
      if (typeof to !== "string" || to === "") {
        return [found("identity-pool-providers", `Users of ${quoted(from)} could no longer get credentials of AWS.`)];
      }
      return knownValues(plan, type, name).includes(to) ? [] : [found("identity-pool-providers", OTHERS)];
    },
  };
}

export const IDENTITY_POOL: ResourceType = {
  type: "aws_cognito_identity_pool",
  lost: () => [found("identity-pool-lost", LOST)],
  forgotten: found(
    "forgotten",
    "The identity pool stays, and goes on giving out credentials, but nothing plans or checks it here from now on.",
  ),
  attributes: {
    ...COMMON,
    ...TAGS,
    identity_pool_name: identity("identity-pool-lost", LOST),
    allow_unauthenticated_identities: only("identity-pool-open", OPEN, false),
    allow_classic_flow: only(
      "identity-pool-open",
      "An app could ask for a role by itself: it is no longer AWS who chooses.",
      false,
    ),
    "cognito_identity_providers.client_id": own("aws_cognito_user_pool_client", "id"),
    "cognito_identity_providers.provider_name": own("aws_cognito_user_pool", "endpoint"),
    "cognito_identity_providers.server_side_token_check": only(
      "identity-pool-providers",
      "Users who are signed out, disabled or deleted could go on getting credentials of AWS while their token lasts.",
      true,
    ),
    developer_provider_name: fixed("identity-pool-providers", OTHERS),
    openid_connect_provider_arns: fixed("identity-pool-providers", OTHERS),
    saml_provider_arns: fixed("identity-pool-providers", OTHERS),
    supported_login_providers: fixed("identity-pool-providers", OTHERS),
    arn: COMPUTED,
  },
};

const poolId = (why: string) => must(reference("identity-pool-roles", why, "aws_cognito_identity_pool", "id"));
const role = reference("identity-pool-roles", ROLES, "aws_iam_role", "arn");

export const IDENTITY_POOL_ROLES: ResourceType = {
  type: "aws_cognito_identity_pool_roles_attachment",
  isSetting: true,
  lost: () => [found("identity-pool-roles", "No user gets credentials of AWS until roles are attached again.")],
  forgotten: found("forgotten", "Users keep their roles in AWS, but nothing plans or checks which from now on."),
  attributes: {
    ...COMMON,
    identity_pool_id: poolId(ROLES),
    "roles.authenticated": role,
    "roles.unauthenticated": role,
    role_mapping: begins("identity-pool-roles", ROLES),
  },
};

export const IDENTITY_POOL_TAGS: ResourceType = {
  type: "aws_cognito_identity_pool_provider_principal_tag",
  isSetting: true,
  lost: () => [
    found(
      "identity-pool-roles",
      "Policies that decide by a tag of the user's session no longer do: access is lost, or won.",
    ),
  ],
  forgotten: found("forgotten", "Sessions keep their tags, but nothing plans or checks which from now on."),
  attributes: {
    ...COMMON,
    identity_pool_id: poolId("Sessions of another identity pool would be tagged."),
    identity_provider_name: { ...own("aws_cognito_user_pool", "endpoint"), required: true },
    principal_tags: begins(
      "identity-pool-roles",
      "Policies that decide by a tag of the user's session would see another claim.",
    ),
    use_defaults: begins(
      "identity-pool-roles",
      "Policies that decide by a tag of the user's session would see another claim.",
    ),
  },
};
