import { TerraformOutput } from "cdktf";
import type { Construct } from "constructs";
import type { FunctionName } from "../lambda/functions";
import { NAMESPACE } from "../lambda/pre-sign-up/metrics";
import { toVariables } from "../lambda/pre-sign-up/options";
import { NAMESPACE as MIGRATION_NAMESPACE } from "../lambda/user-migration/metrics";
import { toVariables as migrationVariables, regionOf } from "../lambda/user-migration/options";
import { Alarms } from "../modules/alarms/alarms";
import { CustomerKey } from "../modules/customer-key/customer-key";
import { Dashboard } from "../modules/dashboard/dashboard";
import { PreSignUp } from "../modules/pre-sign-up/pre-sign-up";
import { Providers } from "../modules/providers/providers";
import { RemoteState } from "../modules/remote-state/remote-state";
import { Reservations } from "../modules/reservations/reservations";
import { UserMigration } from "../modules/user-migration/user-migration";
import { UserPool } from "../modules/user-pool/user-pool";
import { UserPoolClient } from "../modules/user-pool-client/user-pool-client";
import { UserPoolDomain } from "../modules/user-pool-domain/user-pool-domain";
import { WorkspaceGuard } from "../modules/workspace-guard/workspace-guard";
import { RUNTIMES } from "../settings/limits";
import type { Environment } from "../settings/project";
import { ProjectStack } from "./project-stack";

export interface UsersStackProps {
  readonly environment: Environment;
  /** Paths of the functions' bundles. */
  readonly bundles: Readonly<Record<FunctionName, string>>;
}

/** Everything of one environment: the pool, its client and domain, and the function that keeps its users unique. */
export class UsersStack extends ProjectStack {
  constructor(scope: Construct, { environment, bundles }: UsersStackProps) {
    const { name, project, region } = environment;
    super(scope, name);

    const { allowedAccountIds } = environment;
    new RemoteState(this, "remote_state", { project, ...environment.state, allowedAccountIds });
    const workspace = new WorkspaceGuard(this, "workspace", { workspace: name });
    new Providers(this, "providers", {
      region,
      tags: { ...environment.tags, project, environment: workspace.name },
      allowedAccountIds,
      archive: true,
      awsAtLeast: RUNTIMES[environment.runtime],
    });

    const functionName = `${project}-${name}-pre-sign-up`;
    const kmsKey = environment.kmsKeyArn
      ? new CustomerKey(this, "kms_key", { arn: environment.kmsKeyArn, region })
      : undefined;
    const reservations = this.reservations(environment, kmsKey);
    const common = {
      runtime: environment.runtime,
      architecture: environment.architecture,
      memorySize: environment.memorySize,
      grants: reservations ? { use_reservations: reservations.grants } : {},
      logRetention: environment.logRetentionDays,
      reservedConcurrency: environment.reservedConcurrency,
      tracing: environment.tracing,
      layerParameter: environment.lambdaLayer ? `${project}-${name}-lambda-layer-parameter` : undefined,
      kmsKey,
    };
    const preSignUp = new PreSignUp(this, "pre_sign_up", {
      ...common,
      functionName,
      bundle: bundles["pre-sign-up"],
      variables: toVariables({ ...environment, reservationsTable: reservations?.tableName }),
    });
    const { migrateFrom, alarmTopicArn } = environment;
    const migrationName = `${project}-${name}-user-migration`;
    const userMigration =
      migrateFrom &&
      new UserMigration(this, "user_migration", {
        ...common,
        functionName: migrationName,
        bundle: bundles["user-migration"],
        variables: migrationVariables({ ...environment, migrateFrom, reservationsTable: reservations?.tableName }),
        oldPool: { ...migrateFrom, region: regionOf(migrateFrom.userPoolId) },
      });
    const pool = new UserPool(this, "user_pool", {
      name: `${project}-${name}-v2`,
      tier: environment.poolTier,
      selfSignUp: environment.selfSignUp,
      deletionProtection: environment.deletionProtection,
      preSignUpArn: preSignUp.arn,
      userMigrationArn: userMigration?.arn,
    });
    preSignUp.serve(pool.arn, { linkIdentities: environment.federated === "link" });
    userMigration?.serve(pool.arn);
    if (alarmTopicArn) {
      const topic = { topicArn: alarmTopicArn };
      new Alarms(this, "alarms", { ...topic, functionName, namespace: NAMESPACE, refused: "Sign-ups" });
      if (userMigration) {
        new Alarms(this, "user_migration_alarms", {
          ...topic,
          functionName: migrationName,
          namespace: MIGRATION_NAMESPACE,
          refused: "People of the old pool",
        });
      }
    }
    if (environment.dashboard) {
      new Dashboard(this, "dashboard", {
        name: `${project}-${name}`,
        region,
        preSignUp: { functionName, namespace: NAMESPACE },
        userMigration: userMigration && { functionName: migrationName, namespace: MIGRATION_NAMESPACE },
      });
    }

    const client = new UserPoolClient(this, "user_pool_client", {
      name: `${project}-${name}`,
      userPoolId: pool.id,
      callbackUrls: environment.callbackUrls,
      logoutUrls: environment.logoutUrls,
      identityProviders: environment.identityProviders,
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
    if (reservations) this.output("ReservationsTable", reservations.tableName, "Table of the reservations");
  }

  private reservations(
    { project, name, region, uniqueness, deletionProtection }: Environment,
    kmsKey: CustomerKey | undefined,
  ): Reservations | undefined {
    const id = "reservations";
    if (uniqueness === "reserved") {
      return new Reservations(this, id, {
        tableName: `${project}-${name}-${id}`,
        region,
        deletionProtection,
        kmsKey,
      });
    }
    // Where people rely on it, giving up the table means to leave it where it is: the plan forgets it, nothing more.
    if (deletionProtection) {
      this.addOverride("removed", [{ from: `aws_dynamodb_table.${id}`, lifecycle: { destroy: false } }]);
    }
    return undefined;
  }

  private output(name: string, value: string, description: string, { sensitive = false } = {}): void {
    new TerraformOutput(this, name, { value, description, ...(sensitive && { sensitive }) });
  }
}
