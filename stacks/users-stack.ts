import { TerraformOutput } from "cdktf";
import type { Construct } from "constructs";
import type { FunctionName } from "../lambda/functions";
import { RUNTIMES } from "../modules/bundled-function/settings";
import { identityPoolClients, OWN_CLIENT } from "../modules/identity-pool/settings";
import { offeredProviders } from "../modules/identity-provider/settings";
import { logDeliverySince } from "../modules/log-delivery/settings";
import { brandingSince } from "../modules/managed-login/settings";
import { complete } from "../modules/setting/setting";
import { Providers } from "../modules/terraform/providers";
import { RemoteState } from "../modules/terraform/remote-state";
import { WorkspaceGuard } from "../modules/terraform/workspace-guard";
import { existingPoolUniqueSettings } from "../modules/unique-user-pool/settings";
import { UniqueUserPool, type UniqueUserPoolProps } from "../modules/unique-user-pool/unique-user-pool";
import type { UserPoolClient } from "../modules/user-pool-client/user-pool-client";
import type { Environment } from "../settings/project";
import { adopt } from "./adopted";
import { ProjectStack } from "./project-stack";

export interface UsersStackProps {
  readonly environment: Environment;
  /** Paths of the functions' bundles. @default what `npm run build` writes */
  readonly bundles?: Readonly<Record<FunctionName, string>> | undefined;
}

type Place = Pick<UniqueUserPoolProps, "name" | "region" | "bundles">;
type Certificates = { readonly certificates: Providers["certificates"] };

/** Everything of one environment. Nothing is decided here: the settings become the constructs' props. */
export class UsersStack extends ProjectStack {
  constructor(scope: Construct, { environment, bundles }: UsersStackProps) {
    const { project, region, state, allowedAccountIds } = environment;
    super(scope, environment.name);

    new RemoteState(this, "remote_state", { project, ...state, allowedAccountIds });
    const workspace = new WorkspaceGuard(this, "workspace", { workspace: environment.name });
    const providers = new Providers(this, "providers", {
      region,
      tags: { ...environment.tags, project, environment: workspace.name },
      allowedAccountIds,
      archive: true,
      certificates: environment.customDomain?.hostedZoneId !== undefined,
      awsAtLeast: [
        RUNTIMES[environment.runtime],
        logDeliverySince(environment.logDelivery),
        brandingSince(environment.managedLogin),
      ],
    });

    const name = `${project}-${environment.name}`;
    const users = environment.existingPool
      ? this.protectPool(environment, { name, region, bundles })
      : this.makePool(environment, { name, region, bundles, certificates: providers.certificates });
    if (users.reservations) {
      this.output("ReservationsTable", users.reservations.tableName, "Table of the reservations");
    }
    this.customize(environment, users);
    if (environment.adopted) adopt(this, environment.name, environment.adopted);
  }

  /** The function and its table, around a pool that is managed elsewhere. */
  private protectPool(environment: Environment, place: Place): UniqueUserPool {
    const users = new UniqueUserPool(this, "Default", {
      ...complete(existingPoolUniqueSettings, environment),
      ...place,
    });
    this.output(
      "PreSignUpFunctionArn",
      users.preSignUp.function.arn,
      "Function that the pool has to call before a sign-up",
    );
    return users;
  }

  /** A pool, its clients and its pages. */
  private makePool(
    environment: Environment,
    { name, region, bundles, certificates }: Place & Certificates,
  ): UniqueUserPool {
    // The id leaves no trace in addresses: `aws_cognito_user_pool.user_pool`.
    const users = new UniqueUserPool(this, "Default", { ...environment, name, region, bundles });
    const identityProviders = offeredProviders(environment);
    const client = users.addClient("user_pool_client", {
      ...environment,
      identityProviders,
      name: environment.clientName,
    });
    const clients = Object.entries(environment.clients).map(([id, settings]) => ({
      id,
      output: pascalCase(id),
      client: users.addClient(`client_${id}`, { ...settings, name: settings.clientName }),
    }));
    const domain = users.addHostedPages({
      ...environment,
      clients: [client, ...clients.map(({ client }) => client)],
      certificateProvider: certificates,
    });

    const { userPoolId, endpoint } = users.userPool;
    const [redirectUri] = environment.callbackUrls ?? [];
    if (redirectUri !== undefined) {
      const loginUrl = domain.loginUrl(client, redirectUri);
      this.output("LoginUrl", loginUrl, "Sign-in page of the application");
      this.output("CognitoUspLoginUrlV2", loginUrl, "LoginUrl, by its earlier name");
    }
    this.output("DomainUrl", domain.url, "Hosted domain");
    this.output("CognitoURLV2", domain.url, "DomainUrl, by its earlier name");
    this.output("UserPoolId", userPoolId, "User pool id");
    this.output("UserPoolClientId", client.clientId, "App client id");
    this.secretOutput("UserPoolClientSecret", client, "App client secret");
    for (const { output, client } of clients) {
      this.output(`${output}ClientId`, client.clientId, `App client id of ${output}`);
      this.secretOutput(`${output}ClientSecret`, client, `App client secret of ${output}`);
    }
    this.output("Issuer", `https://${endpoint}`, "Issuer of the pool's tokens");
    this.output("JwksUrl", `https://${endpoint}/.well-known/jwks.json`, "Keys that the pool's tokens are signed with");
    if (environment.identityPool) {
      const { clients: chosen, ...settings } = environment.identityPool;
      const all: Readonly<Record<string, UserPoolClient>> = {
        [OWN_CLIENT]: client,
        ...Object.fromEntries(clients.map(({ id, client }) => [id, client])),
      };
      const names = identityPoolClients(chosen, { [OWN_CLIENT]: environment, ...environment.clients });
      const { identityPoolId } = users.addIdentityPool("identity_pool", {
        ...settings,
        clients: names.flatMap((each) => all[each] ?? []),
      });
      this.output("IdentityPoolId", identityPoolId, "Identity pool id");
    }
    return users;
  }

  private customize({ name, customize }: Environment, users: UniqueUserPool): void {
    let answer: unknown;
    try {
      answer = customize?.(this, users);
    } catch (error) {
      throw new Error(`environments.ts: customize of the environment ${JSON.stringify(name)} failed`, { cause: error });
    }
    if (answer instanceof Promise) {
      throw new Error(
        `environments.ts: customize of the environment ${JSON.stringify(name)} is asynchronous: what it adds later would be lost.`,
      );
    }
  }

  private output(name: string, value: string, description: string): void {
    new TerraformOutput(this, name, { value, description });
  }

  private secretOutput(name: string, { clientSecret }: UserPoolClient, description: string): void {
    if (clientSecret) new TerraformOutput(this, name, { value: clientSecret, description, sensitive: true });
  }
}

/** `mobile-app` as a part of an output's name: `MobileApp`. */
function pascalCase(name: string): string {
  return name.replace(/(?:^|-)([a-z0-9])/g, (_, first: string) => first.toUpperCase());
}
