import { CognitoUserPoolDomain } from "@cdktf/provider-aws/lib/cognito-user-pool-domain";
import { Fn, Token } from "cdktf";
import { Construct } from "constructs";
import { settingsOf } from "../setting/props";
import type { Props } from "../setting/setting";
import type { UserPoolBase } from "../user-pool/user-pool";
import type { UserPoolClient } from "../user-pool-client/user-pool-client";
import { userPoolDomainSettings } from "./settings";

export interface UserPoolDomainProps extends Props<typeof userPoolDomainSettings> {
  /** Region of the stack's provider. */
  readonly region: string;
  readonly userPool: UserPoolBase;
}

/** The hosted pages: sign-up, sign-in, recovery. The escape hatch to the resource is `node.defaultChild`. */
export class UserPoolDomain extends Construct {
  /** `https://<prefix>.auth.<region>.amazoncognito.com`, in GovCloud `auth-fips`; without a slash at the end. */
  readonly url: string;

  constructor(scope: Construct, id: string, { region, userPool, ...props }: UserPoolDomainProps) {
    super(scope, id);
    const { domainPrefix } = settingsOf(this, userPoolDomainSettings, props);
    const domain = new CognitoUserPoolDomain(this, "Default", {
      domain: domainPrefix,
      userPoolId: userPool.userPoolId,
    });
    // "Amazon Cognito in AWS GovCloud (US)", AWS GovCloud user guide: the hosted domain has FIPS endpoints only.
    const label = region.startsWith("us-gov-") ? "auth-fips" : "auth";
    this.url = `https://${domain.domain}.${label}.${region}.amazoncognito.com`;
  }

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
