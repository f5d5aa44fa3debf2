import { randomBytes } from "node:crypto";
import { awsClient } from "../../../lambda/aws/client";
import { cognito } from "./cognito";

const suffix = randomBytes(4).toString("hex");

export const CSS = ".label-customizable { color: #336699; }";
export const CSS_OF_CLIENT = ".label-customizable { color: red; }";

interface Pool {
  readonly Id: string;
  readonly Arn: string;
}

const call = (service: string, target: string, input: object) =>
  awsClient({
    ...{ service, region: "eu-west-1", endpoint: process.env.E2E_ENDPOINT, attemptTimeout: 20_000 },
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
  })(target, input, Date.now() + 20_000);

/** What is around a pool, as AWS has it: the ARN of its web ACL, and the style of a client, or of all. */
export async function around({ Id, Arn }: Pool, ClientId: string) {
  const { WebACL } = (await call("wafv2", "AWSWAF_20190729.GetWebACLForResource", { ResourceArn: Arn })) as {
    WebACL: { ARN: string };
  };
  const { UICustomization } = (await cognito("GetUICustomization", { UserPoolId: Id, ClientId })) as {
    UICustomization: { CSS: string };
  };
  return { webAcl: WebACL.ARN, css: UICustomization.CSS };
}

/** Makes what is around a pool, and answers the ARN of its web ACL; its identity pool is not imported. */
export async function makeAround({ Id, Arn }: Pool, ClientId: string): Promise<string> {
  const VisibilityConfig = { SampledRequestsEnabled: false, CloudWatchMetricsEnabled: false, MetricName: "acl" };
  const acl = { Name: `acl-${suffix}`, Scope: "REGIONAL", DefaultAction: { Allow: {} }, VisibilityConfig, Rules: [] };
  const { Summary } = (await call("wafv2", "AWSWAF_20190729.CreateWebACL", acl)) as { Summary: { ARN: string } };
  await call("wafv2", "AWSWAF_20190729.AssociateWebACL", { WebACLArn: Summary.ARN, ResourceArn: Arn });
  const ProviderName = `cognito-idp.eu-west-1.amazonaws.com/${Id}`;
  await call("cognito-identity", "AWSCognitoIdentityService.CreateIdentityPool", {
    IdentityPoolName: `app ${suffix}`,
    AllowUnauthenticatedIdentities: false,
    CognitoIdentityProviders: [{ ProviderName, ClientId }],
  });
  await cognito("SetUICustomization", { UserPoolId: Id, CSS });
  await cognito("SetUICustomization", { UserPoolId: Id, ClientId, CSS: CSS_OF_CLIENT });
  return Summary.ARN;
}
