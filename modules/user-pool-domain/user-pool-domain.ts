import { CognitoUserPoolDomain } from "@cdktf/provider-aws/lib/cognito-user-pool-domain";
import { Fn, type ITerraformDependable, Token } from "cdktf";
import { Construct } from "constructs";
import { type managedLoginSettings, managedLoginVersionOf } from "../managed-login/settings";
import { settingsOf } from "../setting/props";
import type { Props } from "../setting/setting";
import type { UserPoolBase } from "../user-pool/user-pool";
import type { UserPoolClient } from "../user-pool-client/user-pool-client";
import { hostedDomain, userPoolDomainSettings } from "./settings";

/** Where the hosted pages are: sign-up, sign-in, recovery. A pool may have a prefix ({@link UserPoolDomain}) and a `CustomDomain`. */
export abstract class UserPoolDomainBase extends Construct {
  /** Without a slash at the end. */
  abstract readonly url: string;
  abstract readonly resource: ITerraformDependable;

  /** The sign-in page of one client, which redirects to `redirectUri` with an authorization code. */
  loginUrl({ clientId, scopes }: UserPoolClient, redirectUri: string): string {
    const query = [
      `client_id=${clientId}`,
      "response_type=code",
      `scope=${scopes.map(encodeURIComponent).join("+")}`,
      `redirect_uri=${Token.isUnresolved(redirectUri) ? Fn.urlencode(redirectUri) : encodeURIComponent(redirectUri)}`,
    ];
    return `${this.url}/login?${query.join("&")}`;
  }
}

export interface UserPoolDomainProps extends Props<typeof userPoolDomainSettings & typeof managedLoginSettings> {
  /** Region of the stack's provider. */
  readonly region: string;
  readonly userPool: UserPoolBase;
}

/** A domain of Cognito's with a prefix of your own. The escape hatch to the resource is `node.defaultChild`. */
export class UserPoolDomain extends UserPoolDomainBase {
  /** `https://<prefix>.auth.<region>.amazoncognito.com`, in GovCloud `auth-fips`. */
  readonly url: string;
  readonly resource: ITerraformDependable;

  constructor(scope: Construct, id: string, { region, userPool, managedLogin, ...props }: UserPoolDomainProps) {
    super(scope, id);
    const { domainPrefix } = settingsOf(this, userPoolDomainSettings, props);
    const domain = new CognitoUserPoolDomain(this, "Default", {
      domain: domainPrefix,
      userPoolId: userPool.userPoolId,
      ...managedLoginVersionOf(managedLogin),
    });
    this.resource = domain;
    this.url = `https://${hostedDomain(domain.domain, region)}`;
  }
}
