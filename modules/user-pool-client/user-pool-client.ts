import { CognitoUserPoolClient } from "@cdktf/provider-aws/lib/cognito-user-pool-client";
import { Token } from "cdktf";
import { Construct } from "constructs";
import type { Problem } from "../setting/problems";
import { check, refuse, settingsOf } from "../setting/props";
import { defined, type Props } from "../setting/setting";
import { cognitoName } from "../user-pool/settings";
import type { UserPoolBase } from "../user-pool/user-pool";
import { hasUsers } from "./has-users";
import {
  attributesOf,
  DURATION,
  durationOf,
  hasPages,
  hasSecret,
  scopesOfClient,
  type UserPoolClientSettings,
  userPoolClientProblems,
  userPoolClientSettings,
} from "./settings";

export interface UserPoolClientProps extends Props<typeof userPoolClientSettings> {
  readonly name: string;
  readonly userPool: UserPoolBase;
}

/**
 * An app client: authorization code grant on the hosted pages, or client credentials for a machine. The escape hatch to the resource is
 * `node.defaultChild`.
 *
 * The implicit grant is not offered: it hands tokens to the browser's address bar (OAuth 2.1 has removed it).
 */
export class UserPoolClient extends Construct {
  readonly clientId: string;
  /** Sensitive. Only of a server's or a machine's client. */
  readonly clientSecret: string | undefined;
  /** What tokens of the client allow. */
  readonly scopes: readonly string[];
  readonly userPool: UserPoolBase;
  /** Whether users sign in with the client, or a machine does. */
  readonly hasUsers: boolean;

  constructor(scope: Construct, id: string, props: UserPoolClientProps) {
    super(scope, id);
    const { userPool } = props;
    const settings = settingsOf(this, userPoolClientSettings, props);
    check(this, { name: [cognitoName, props.name] });
    refuse(this, userPoolClientProblems(settings, userPool), settings);
    refuse(this, unknownDurations(settings));
    const needed = [...userPool.resourceServers, ...userPool.identityProviderResources(settings.identityProviders)];
    const client = new CognitoUserPoolClient(this, "Default", {
      name: props.name,
      userPoolId: userPool.userPoolId,
      // Changing it would replace the client, and with it the secret that the application holds. The provider's import leaves
      // it unset, which would be such a change: https://github.com/hashicorp/terraform-provider-aws/issues/20298
      generateSecret: hasSecret(settings),
      lifecycle: { ignoreChanges: ["generate_secret"] },
      preventUserExistenceErrors: "ENABLED",
      enableTokenRevocation: true,
      ...attributesOf(settings, userPool),
      ...(hasUsers(settings) ? userArguments(settings, userPool) : machineArguments(settings)),
      ...tokenArguments(settings),
      ...(settings.propagateUserContext && { enablePropagateAdditionalUserContextData: true }),
      // A scope and an identity provider have to exist before a client can be allowed them.
      ...(needed.length > 0 && { dependsOn: needed }),
    });
    this.clientId = client.id;
    this.scopes = scopesOfClient(settings, userPool);
    this.userPool = userPool;
    this.hasUsers = hasUsers(settings);
    this.clientSecret = hasSecret(settings) ? client.clientSecret : undefined;
  }
}

/** A duration is split into a number and a unit while synthesizing: one that is known only at plan would be none. */
function unknownDurations({ tokenValidity = {} }: UserPoolClientSettings): Problem[] {
  return Object.entries(tokenValidity)
    .filter(([, duration]) => Token.isUnresolved(duration))
    .map(([field]) => ({ path: ["tokenValidity", field], value: "a token", allowed: `${DURATION}, as a literal` }));
}

function machineArguments({ scopes = [] }: UserPoolClientSettings) {
  return {
    // Without a list Cognito takes its own, which lets users sign in.
    explicitAuthFlows: ["ALLOW_REFRESH_TOKEN_AUTH"],
    allowedOauthFlowsUserPoolClient: true,
    allowedOauthFlows: ["client_credentials"],
    allowedOauthScopes: scopes,
  };
}

function userArguments(settings: UserPoolClientSettings, userPool: UserPoolBase) {
  const { clientType, callbackUrls = [], logoutUrls, identityProviders, refreshTokenRotation } = settings;
  const passwords = clientType === "server" ? ["ALLOW_USER_PASSWORD_AUTH"] : [];
  // A token that can be used once is renewed by another call than ALLOW_REFRESH_TOKEN_AUTH allows.
  const refresh = refreshTokenRotation ? [] : ["ALLOW_REFRESH_TOKEN_AUTH"];
  // The choice between passwords, codes and passkeys is a flow of its own.
  const choice = userPool.hasFirstFactors ? ["ALLOW_USER_AUTH"] : [];
  return defined({
    explicitAuthFlows: settings.authFlows ?? [...passwords, "ALLOW_USER_SRP_AUTH", ...choice, ...refresh],
    ...(hasPages(settings)
      ? {
          allowedOauthFlowsUserPoolClient: true,
          allowedOauthFlows: ["code"],
          allowedOauthScopes: scopesOfClient(settings, userPool),
          supportedIdentityProviders: ["COGNITO", ...identityProviders],
          callbackUrls,
          logoutUrls: logoutUrls?.length === 0 ? undefined : logoutUrls,
          defaultRedirectUri: Token.isUnresolved(callbackUrls) ? undefined : callbackUrls[0],
        }
      : { allowedOauthFlowsUserPoolClient: false }),
    refreshTokenRotation: refreshTokenRotation && [
      { feature: "ENABLED", retryGracePeriodSeconds: refreshTokenRotation.retryGracePeriodSeconds ?? 0 },
    ],
  });
}

function tokenArguments({ tokenValidity = {}, authSessionValidity }: UserPoolClientSettings) {
  const read = (text: string | undefined) => (text === undefined ? undefined : durationOf(text));
  const access = read(tokenValidity.accessToken);
  const id = read(tokenValidity.idToken);
  const refresh = read(tokenValidity.refreshToken);
  return defined({
    accessTokenValidity: access?.value,
    idTokenValidity: id?.value,
    refreshTokenValidity: refresh?.value,
    tokenValidityUnits:
      access || id || refresh
        ? [defined({ accessToken: access?.unit, idToken: id?.unit, refreshToken: refresh?.unit })]
        : undefined,
    authSessionValidity,
  });
}
