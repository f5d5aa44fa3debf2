import { TerraformOutput } from "cdktf";
import type { Construct } from "constructs";
import { PreSignUp } from "../modules/pre-sign-up/pre-sign-up";
import { Providers } from "../modules/providers/providers";
import { RemoteState } from "../modules/remote-state/remote-state";
import { UserPool } from "../modules/user-pool/user-pool";
import { UserPoolClient } from "../modules/user-pool-client/user-pool-client";
import { UserPoolDomain } from "../modules/user-pool-domain/user-pool-domain";
import { WorkspaceGuard } from "../modules/workspace-guard/workspace-guard";
import { RUNTIMES } from "../settings/limits";
import type { Environment } from "../settings/project";
import { ProjectStack } from "./project-stack";

export interface UsersStackProps {
  readonly environment: Environment;
  /** Path of the Pre-SignUp function's bundle. */
  readonly preSignUpBundle: string;
}

/** Everything of one environment: the pool, its client and domain, and the function that keeps its users unique. */
export class UsersStack extends ProjectStack {
  constructor(scope: Construct, { environment, preSignUpBundle }: UsersStackProps) {
    const { name, project, region } = environment;
    super(scope, name);

    new RemoteState(this, "remote_state", environment.state);
    const workspace = new WorkspaceGuard(this, "workspace", { workspace: name });
    new Providers(this, "providers", {
      region,
      tags: { ...environment.tags, project, environment: workspace.name },
      allowedAccountIds: environment.allowedAccountIds,
      archive: true,
      awsAtLeast: RUNTIMES[environment.runtime],
    });

    const preSignUp = new PreSignUp(this, "pre_sign_up", {
      functionName: `${project}-${name}-pre-sign-up`,
      bundle: preSignUpBundle,
      runtime: environment.runtime,
      architecture: environment.architecture,
      memorySize: environment.memorySize,
      logLevel: environment.logLevel,
      logRetention: environment.logRetentionDays,
      unconfirmedHoldHours: environment.unconfirmedHoldHours,
      layerParameter: environment.lambdaLayer ? `${project}-${name}-lambda-layer-parameter` : undefined,
      kmsKeyArn: environment.kmsKeyArn,
    });
    const pool = new UserPool(this, "user_pool", {
      name: `${project}-${name}-v2`,
      tier: environment.poolTier,
      selfSignUp: environment.selfSignUp,
      deletionProtection: environment.deletionProtection,
      preSignUpArn: preSignUp.arn,
    });
    preSignUp.serve(pool.arn);

    const client = new UserPoolClient(this, "user_pool_client", {
      name: `${project}-${name}`,
      userPoolId: pool.id,
      callbackUrls: environment.callbackUrls,
      logoutUrls: environment.logoutUrls,
    });
    const domain = new UserPoolDomain(this, "user_pool_domain", {
      prefix: environment.domainPrefix,
      region,
      userPoolId: pool.id,
    });

    const [redirectUri = ""] = environment.callbackUrls;
    this.output("CognitoUspLoginUrlV2", domain.loginUrl(client.id, redirectUri), "Sign-in page of the application");
    this.output("CognitoURLV2", domain.url, "Hosted domain");
    this.output("UserPoolId", pool.id, "User pool id");
    this.output("UserPoolClientId", client.id, "App client id");
    this.output("UserPoolClientSecret", client.secret, "App client secret", { sensitive: true });
    this.output("Issuer", `https://${pool.endpoint}`, "Issuer of the pool's tokens");
    this.output(
      "JwksUrl",
      `https://${pool.endpoint}/.well-known/jwks.json`,
      "Keys that the pool's tokens are signed with",
    );
  }

  private output(name: string, value: string, description: string, { sensitive = false } = {}): void {
    new TerraformOutput(this, name, { value, description, ...(sensitive && { sensitive }) });
  }
}
