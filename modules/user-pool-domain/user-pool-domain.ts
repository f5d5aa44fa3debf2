import { CognitoUserPoolDomain } from "@cdktf/provider-aws/lib/cognito-user-pool-domain";
import { Construct } from "constructs";

export interface UserPoolDomainProps {
  /** Unique per Region across all AWS accounts. */
  readonly prefix: string;
  readonly region: string;
  readonly userPoolId: string;
}

/** The hosted pages: sign-up, sign-in, recovery. */
export class UserPoolDomain extends Construct {
  /** `https://<prefix>.auth.<region>.amazoncognito.com`, in GovCloud `auth-fips`; without a slash at the end. */
  readonly url: string;

  constructor(scope: Construct, id: string, { prefix, region, userPoolId }: UserPoolDomainProps) {
    super(scope, id);
    const domain = new CognitoUserPoolDomain(this, "Default", { domain: prefix, userPoolId });
    // "Amazon Cognito in AWS GovCloud (US)", AWS GovCloud user guide: the hosted domain has FIPS endpoints only.
    const label = region.startsWith("us-gov-") ? "auth-fips" : "auth";
    this.url = `https://${domain.domain}.${label}.${region}.amazoncognito.com`;
  }

  /** The sign-in page for one client, which sends people on to `redirectUri` with an authorization code. */
  loginUrl(clientId: string, redirectUri: string): string {
    const query = [
      `client_id=${clientId}`,
      "response_type=code",
      "scope=email+openid+profile",
      `redirect_uri=${encodeURIComponent(redirectUri)}`,
    ];
    return `${this.url}/login?${query.join("&")}`;
  }
}
