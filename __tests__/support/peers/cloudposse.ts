import type { PeerExample } from "./example";

/** The example that cloudposse's component is tested with; its README's own has only a schema with e-mail. */
export const CLOUDPOSSE: PeerExample = {
  title: "cloudposse-terraform-components/aws-cognito, basic",
  source: "cloudposse-terraform-components/aws-cognito, 191b872f6f64, test/fixtures/stacks/catalog/usecase/basic.yaml",
  settings: {
    mfa: "OPTIONAL",
    clientType: "web",
    scopes: ["email", "openid", "phone"],
    authFlows: ["ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
    tokenValidity: { accessToken: "1 day", idToken: "1 day", refreshToken: "30 days" },
    domainPrefix: "cloudposse-basic",
  },
  resources: {
    "aws_cognito_user_pool.user_pool": {
      name: "test-pool",
      mfa_configuration: "OPTIONAL",
      software_token_mfa_configuration: { enabled: true },
      auto_verified_attributes: ["email"],
      deletion_protection: "INACTIVE",
      user_pool_tier: "ESSENTIALS",
      admin_create_user_config: { allow_admin_create_user_only: true },
      schema: [
        {
          name: "email",
          attribute_data_type: "String",
          developer_only_attribute: false,
          mutable: false,
          required: true,
        },
      ],
    },
    "aws_cognito_user_pool_client.user_pool_client": {
      name: "test-client",
      generate_secret: false,
      allowed_oauth_flows: ["code"],
      allowed_oauth_flows_user_pool_client: true,
      allowed_oauth_scopes: ["email", "openid", "phone"],
      explicit_auth_flows: ["ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
      supported_identity_providers: ["COGNITO"],
      prevent_user_existence_errors: "ENABLED",
      access_token_validity: 1,
      id_token_validity: 1,
      refresh_token_validity: 30,
      token_validity_units: { access_token: "days", id_token: "days", refresh_token: "days" },
    },
  },
  differences: {
    "aws_cognito_user_pool.user_pool name": "names begin with those of the project and the environment",
    "aws_cognito_user_pool.user_pool schema.[email].mutable":
      "an address that cannot change cannot be corrected, and no identity provider can be mapped to it",
    "aws_cognito_user_pool_client.user_pool_client name": "names begin with those of the project and the environment",
  },
};
