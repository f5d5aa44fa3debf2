import { CognitoUserPoolClient } from "@cdktf/provider-aws/lib/cognito-user-pool-client";
import { Construct } from "constructs";

export interface UserPoolClientProps {
  readonly name: string;
  readonly userPoolId: string;
  /** At least one; the first is the default redirect. */
  readonly callbackUrls: readonly string[];
  readonly logoutUrls: readonly string[];
  /** Names of identity providers that are offered beside the pool itself. */
  readonly identityProviders: readonly string[];
}

/** A confidential app client: authorization code grant on the hosted pages, password and SRP flows for the server. */
export class UserPoolClient extends Construct {
  readonly id: string;
  /** Sensitive. */
  readonly secret: string;

  constructor(scope: Construct, id: string, props: UserPoolClientProps) {
    super(scope, id);
    const client = new CognitoUserPoolClient(this, "Default", {
      name: props.name,
      userPoolId: props.userPoolId,
      // Changing it would replace the client, and with it the secret that the application holds. The provider's import leaves
      // it unset, which would be such a change: https://github.com/hashicorp/terraform-provider-aws/issues/20298
      generateSecret: true,
      lifecycle: { ignoreChanges: ["generate_secret"] },
      explicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
      preventUserExistenceErrors: "ENABLED",
      enableTokenRevocation: true,

      // Cognito refuses a client that may not write an attribute which the pool requires: e-mail has to be here.
      writeAttributes: ["email", "name", "nickname", "picture"],
      readAttributes: ["email", "email_verified"],

      allowedOauthFlowsUserPoolClient: true,
      allowedOauthFlows: ["code"],
      allowedOauthScopes: ["email", "openid", "profile"],
      supportedIdentityProviders: ["COGNITO", ...props.identityProviders],
      callbackUrls: [...props.callbackUrls],
      logoutUrls: [...props.logoutUrls],
      ...(props.callbackUrls[0] && { defaultRedirectUri: props.callbackUrls[0] }),
    });
    this.id = client.id;
    this.secret = client.clientSecret;
  }
}
