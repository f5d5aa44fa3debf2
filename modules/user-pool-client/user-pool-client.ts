import { CognitoUserPoolClient } from "@cdktf/provider-aws/lib/cognito-user-pool-client";
import { Construct } from "constructs";
import { settingsOf } from "../setting/props";
import type { Props } from "../setting/setting";
import type { UserPoolBase } from "../user-pool/user-pool";
import { userPoolClientSettings } from "./settings";

export interface UserPoolClientProps extends Props<typeof userPoolClientSettings> {
  readonly name: string;
  readonly userPool: UserPoolBase;
}

/**
 * A confidential app client: authorization code grant on the hosted pages, password and SRP flows for the server. The escape hatch to the
 * resource is `node.defaultChild`.
 */
export class UserPoolClient extends Construct {
  readonly clientId: string;
  /** Sensitive. */
  readonly clientSecret: string;

  constructor(scope: Construct, id: string, props: UserPoolClientProps) {
    super(scope, id);
    const { callbackUrls, logoutUrls, identityProviders } = settingsOf(this, userPoolClientSettings, props);
    const client = new CognitoUserPoolClient(this, "Default", {
      name: props.name,
      userPoolId: props.userPool.userPoolId,
      // Changing it would replace the client, and with it the secret that the application holds. The provider's import leaves
      // it unset, which would be such a change: https://github.com/hashicorp/terraform-provider-aws/issues/20298
      generateSecret: true,
      lifecycle: { ignoreChanges: ["generate_secret"] },
      explicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
      preventUserExistenceErrors: "ENABLED",
      enableTokenRevocation: true,

      // Cognito refuses a client that may not write an attribute which the pool requires: e-mail has to be here.
      writeAttributes: ["email", "name", "nickname", "picture"],
      readAttributes: ["email", "email_verified", "name", "nickname", "picture"],

      allowedOauthFlowsUserPoolClient: true,
      allowedOauthFlows: ["code"],
      allowedOauthScopes: ["email", "openid", "profile"],
      supportedIdentityProviders: ["COGNITO", ...identityProviders],
      callbackUrls,
      logoutUrls,
      ...(callbackUrls[0] && { defaultRedirectUri: callbackUrls[0] }),
    });
    this.clientId = client.id;
    this.clientSecret = client.clientSecret;
  }
}
