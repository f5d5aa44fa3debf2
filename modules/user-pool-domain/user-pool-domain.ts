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
  /** `https://<prefix>.auth.<region>.amazoncognito.com`, without a slash at the end. */
  readonly url: string;

  constructor(scope: Construct, id: string, { prefix, region, userPoolId }: UserPoolDomainProps) {
    super(scope, id);
    const domain = new CognitoUserPoolDomain(this, "Default", { domain: prefix, userPoolId });
    this.url = `https://${domain.domain}.auth.${region}.amazoncognito.com`;
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
