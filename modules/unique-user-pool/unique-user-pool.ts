import { Construct } from "constructs";
import { askedFunction, bundleFile, deployedFunctions, type FunctionName, TRIGGERS } from "../../lambda/functions";
import { Alarms } from "../alarms/alarms";
import { CustomDomain, type CustomDomainProps } from "../custom-domain/custom-domain";
import { CustomerKey } from "../customer-key/customer-key";
import { Dashboard } from "../dashboard/dashboard";
import { IdentityPool, type IdentityPoolProps } from "../identity-pool/identity-pool";
import { IdentityProvider, type IdentityProviderProps } from "../identity-provider/identity-provider";
import { providerNames, providersToMake } from "../identity-provider/settings";
import { LogDelivery } from "../log-delivery/log-delivery";
import { ManagedLoginBranding } from "../managed-login/managed-login";
import { brandingOf } from "../managed-login/settings";
import { addOwnTriggers } from "../own-triggers/own-triggers";
import type { Grantee } from "../policy-document/policy-document";
import { PreSignUp } from "../pre-sign-up/pre-sign-up";
import { ForgottenReservations, Reservations } from "../reservations/reservations";
import { ResourceServer, type ResourceServerProps } from "../resource-server/resource-server";
import { RiskConfiguration, type RiskConfigurationProps } from "../risk-configuration/risk-configuration";
import { riskProblems } from "../risk-configuration/settings";
import { region } from "../setting/kinds";
import { shortHash } from "../setting/names";
import { check, refuse, settingsOf } from "../setting/props";
import type { Complete, Props } from "../setting/setting";
import type { TriggerFunction } from "../trigger-function/trigger-function";
import { UiCustomization } from "../ui-customization/ui-customization";
import { UserGroup, type UserGroupProps } from "../user-group/user-group";
import { UserMigration } from "../user-migration/user-migration";
import { identifiersOf } from "../user-pool/identifiers";
import { type Trigger, type TriggerOptions, UserPool, type UserPoolBase } from "../user-pool/user-pool";
import { UserPoolClient, type UserPoolClientProps } from "../user-pool-client/user-pool-client";
import {
  UserPoolDomain,
  type UserPoolDomainBase,
  type UserPoolDomainProps,
} from "../user-pool-domain/user-pool-domain";
import { WebAcl, WebAclAssociation } from "../web-acl/web-acl";
import { hostedPagesProblems, type hostedPagesSettings } from "./hosted-pages";
import {
  functionSettings,
  tableNameOf,
  uniqueUserPoolName,
  uniqueUserPoolProblems,
  uniqueUserPoolSettings,
  unusedProblems,
} from "./settings";

export type { FunctionName } from "../../lambda/functions";

export interface UniqueUserPoolProps extends Props<typeof uniqueUserPoolSettings> {
  /** Begins the name of everything that is made; unique per account and Region, at most 52 characters. */
  readonly name: string;
  /** Region of the stack's provider. */
  readonly region: string;
  /** Changing it replaces the pool, and with it every user. @default name */
  readonly userPoolName?: string | undefined;
  /** Paths of the functions' bundles; those of `triggers` are made of their files. @default what `npm run build` writes */
  readonly bundles?: Readonly<Partial<Record<FunctionName, string>>> | undefined;
}

export interface HostedPagesProps
  extends Props<typeof hostedPagesSettings>,
    Pick<CustomDomainProps, "certificateProvider"> {
  /** Clients that users sign in with on these pages; machines among them are left out. */
  readonly clients: readonly UserPoolClient[];
}

type UniqueUserPoolSettings = Complete<typeof uniqueUserPoolSettings>;

/**
 * A user pool that refuses a second sign-up with the same username or e-mail address, however it is spelled: the pool, the function that refuses, the
 * table of reservations, and, where they are wanted, the function that takes over accounts of another pool, alarms and a dashboard. With `existingPool`
 * no pool is made: the one that is managed elsewhere is protected, once its trigger `PreSignUp` is set there, to the function's ARN.
 *
 * The stack needs the providers hashicorp/aws and hashicorp/archive. Every part is a construct of its own, with its resource as `node.defaultChild`.
 */
export class UniqueUserPool extends Construct {
  readonly userPool: UserPoolBase;
  readonly preSignUp: PreSignUp;
  /** Only with `migrateFrom`. */
  readonly userMigration: UserMigration | undefined;
  /** Only with `uniqueness: "reserved"`. */
  readonly reservations: Reservations | undefined;
  readonly name: string;
  readonly region: string;
  private readonly settings: UniqueUserPoolSettings;

  /** Throws an Error that names every prop that cannot work. */
  constructor(scope: Construct, id: string, props: UniqueUserPoolProps) {
    super(scope, id);
    this.name = props.name;
    this.region = props.region;
    check(this, { name: [uniqueUserPoolName, props.name], region: [region, props.region] });
    this.settings = settingsOf(this, uniqueUserPoolSettings, props);
    refuse(this, uniqueUserPoolProblems(this.settings, props), this.settings);
    const { kmsKeyArn, migrateFrom, lambdaLayer, existingPool } = this.settings;
    if (existingPool) refuse(this, unusedProblems(props, ["name", "region", "bundles"]));

    const kmsKey = kmsKeyArn ? new CustomerKey(this, "kms_key", { arn: kmsKeyArn, region: this.region }) : undefined;
    this.reservations = this.makeReservations(kmsKey);
    const common = {
      ...functionSettings(this.settings),
      kmsKey,
      reservations: this.reservations ?? ("directory" as const),
      identifiers: identifiersOf(this.settings),
      layerParameter: lambdaLayer ? `${this.name}-lambda-layer-parameter` : undefined,
    };
    const deployed = deployedFunctions(this.settings);
    const bundle = (trigger: Trigger) =>
      props.bundles?.[TRIGGERS[trigger]] ?? bundleFile(deployed.find((fn) => fn.trigger === trigger) ?? { trigger });
    this.preSignUp = new PreSignUp(this, "pre_sign_up", {
      ...common,
      functionName: this.functionName("pre-sign-up"),
      bundle: bundle("preSignUp"),
      poolsFunction: askedFunction(this.settings),
    });
    this.userMigration =
      migrateFrom &&
      new UserMigration(this, "user_migration", {
        ...common,
        functionName: this.functionName("user-migration"),
        bundle: bundle("userMigration"),
        migrateFrom,
        region: this.region,
      });
    this.userPool = existingPool
      ? UserPool.fromUserPoolId(this, "user_pool", existingPool.userPoolId)
      : new UserPool(this, "user_pool", { ...this.settings, userPoolName: props.userPoolName ?? this.name });
    for (const [name, server] of Object.entries(this.settings.resourceServers ?? {})) {
      this.addResourceServer(`resource_server_${idOf(name)}`, { name, ...server });
    }
    this.makeIdentityProviders();
    for (const [name, group] of Object.entries(this.settings.groups ?? {})) {
      this.addGroup(`group_${idOf(name)}`, { name, ...group });
    }
    this.preSignUp.protect(this.userPool);
    this.userMigration?.serve(this.userPool);
    this.guard(kmsKey);
    this.monitor();
    const { name, userPool } = this;
    addOwnTriggers(this, this.settings, { userPool, name, region: this.region, bundle, common });
  }

  /** An app client of the pool. @param props its name is `<name>-<id>` by default */
  addClient(
    id: string,
    props: Omit<UserPoolClientProps, "userPool" | "name"> & { readonly name?: string },
  ): UserPoolClient {
    return new UserPoolClient(this, id, { name: `${this.name}-${id}`, ...props, userPool: this.userPool });
  }

  /** An API that tokens of the pool are for. Clients that are added later may be allowed its scopes. */
  addResourceServer(id: string, props: Omit<ResourceServerProps, "userPool">): ResourceServer {
    return new ResourceServer(this, id, { ...props, userPool: this.userPool });
  }

  /** Another place where users can sign in. Clients that are added later may offer it. */
  addIdentityProvider(id: string, props: WithoutPool<IdentityProviderProps>): IdentityProvider {
    return new IdentityProvider(this, id, { ...props, userPool: this.userPool } as IdentityProviderProps);
  }

  /** A group of the pool's users. */
  addGroup(id: string, props: Omit<UserGroupProps, "userPool">): UserGroup {
    return new UserGroup(this, id, { ...props, userPool: this.userPool } as UserGroupProps);
  }

  /** Credentials of AWS for the pool's users. */
  addIdentityPool(id: string, props: Omit<IdentityPoolProps, "userPool" | "region" | "name">): IdentityPool {
    return new IdentityPool(this, id, {
      ...props,
      name: this.name,
      userPool: this.userPool,
      region: this.region,
    } as IdentityPoolProps);
  }

  /** What threat protection does for one client, in place of what it does for the pool. */
  addRiskConfiguration(
    id: string,
    { client, ...risks }: Omit<RiskConfigurationProps, "userPool"> & Required<Pick<RiskConfigurationProps, "client">>,
  ): RiskConfiguration {
    refuse(this, riskProblems(risks, this.settings, this.region, []));
    return new RiskConfiguration(this, id, { ...risks, client, userPool: this.userPool });
  }

  /**
   * The hosted pages of the pool, on its prefix and on a domain of your own, and what they look like for each client. Answers the domain that users
   * are sent to: your own, where there is one.
   */
  addHostedPages(props: HostedPagesProps): UserPoolDomainBase {
    const { clients, certificateProvider, ...settings } = props;
    const { customDomain, managedLogin, uiCustomization } = settings;
    const { userPool, region } = this;
    refuse(this, hostedPagesProblems(settings, { ...this.settings, poolTier: userPool.poolTier, region }), settings);
    const prefix = this.addDomain("user_pool_domain", settings);
    const domain = customDomain
      ? new CustomDomain(this, "custom_domain", {
          ...customDomain,
          managedLogin,
          userPool,
          region,
          certificateProvider,
        })
      : prefix;
    const branding = brandingOf(managedLogin);
    if (branding) {
      for (const client of clients.filter(({ hasUsers }) => hasUsers)) {
        new ManagedLoginBranding(client, "branding", { client, ...branding });
      }
    }
    if (uiCustomization)
      new UiCustomization(this, "ui_customization", { ...uiCustomization, userPool, domain: prefix });
    return domain;
  }

  /** The hosted pages on a prefix only. */
  addDomain(id: string, props: Omit<UserPoolDomainProps, "userPool" | "region">): UserPoolDomain {
    return new UserPoolDomain(this, id, { ...props, userPool: this.userPool, region: this.region });
  }

  /** Makes the pool call a function. The triggers that keep users unique are taken. */
  addTrigger<Name extends Trigger>(trigger: Name, fn: TriggerFunction, ...options: TriggerOptions<Name>): void {
    this.userPool.addTrigger(trigger, fn, ...options);
  }

  /** Lets a role look up the pool's users. */
  grantRead(grantee: Grantee): void {
    this.userPool.grantRead(grantee);
  }

  private makeIdentityProviders(): void {
    const { identityProviders } = this.settings;
    const made = providersToMake(identityProviders);
    for (const name of providerNames(identityProviders)) {
      const provider = made[name];
      if (provider) this.addIdentityProvider(`identity_provider_${idOf(name)}`, { name, ...provider });
      else this.userPool.registerIdentityProvider({ name });
    }
  }

  private functionName(name: FunctionName): string {
    return `${this.name}-${name}`;
  }

  private makeReservations(kmsKey: CustomerKey | undefined): Reservations | undefined {
    const { uniqueness, deletionProtection } = this.settings;
    const id = "reservations";
    if (uniqueness === "reserved") {
      const { region } = this;
      return new Reservations(this, id, { tableName: tableNameOf(this), region, deletionProtection, kmsKey });
    }
    // With deletion protection the table is left where it is: the plan forgets it.
    if (deletionProtection) new ForgottenReservations(this, id);
    return undefined;
  }

  /** What stands between the pool and who attacks it, and what is written of them. */
  private guard(kmsKey: CustomerKey | undefined): void {
    const { riskConfiguration, logDelivery, waf, logRetentionDays } = this.settings;
    const { name, userPool } = this;
    if (riskConfiguration) new RiskConfiguration(this, "risk_configuration", { ...riskConfiguration, userPool });
    if (logDelivery) {
      new LogDelivery(this, "log_delivery", { ...logDelivery, name, userPool, logRetentionDays, kmsKey });
    }
    if (waf) {
      const webAclArn = "webAclArn" in waf ? waf.webAclArn : new WebAcl(this, "web_acl", { ...waf, name }).arn;
      new WebAclAssociation(this, "web_acl_association", { userPool, webAclArn });
    }
  }

  private monitor(): void {
    const { alarmTopicArn, dashboard } = this.settings;
    const measured = (name: FunctionName, { metricsNamespace }: PreSignUp | UserMigration) => ({
      functionName: this.functionName(name),
      metricsNamespace,
    });
    const preSignUp = measured("pre-sign-up", this.preSignUp);
    const userMigration = this.userMigration && measured("user-migration", this.userMigration);
    if (alarmTopicArn) {
      new Alarms(this, "alarms", { ...preSignUp, alarmTopicArn, refused: "Sign-ups" });
      if (userMigration) {
        new Alarms(this, "user_migration_alarms", {
          ...userMigration,
          alarmTopicArn,
          refused: "People of the old pool",
        });
      }
    }
    if (dashboard) new Dashboard(this, "dashboard", { name: this.name, region: this.region, preSignUp, userMigration });
  }
}

/** Each alternative by itself, where Omit would leave what all of them have. */
type WithoutPool<Props> = Props extends unknown ? Omit<Props, "userPool"> : never;

/** A name as part of an address: as it is where Terraform takes it, otherwise with a hash, so that two names stay two. */
function idOf(name: string): string {
  if (/^[\w-]+$/.test(name)) return name;
  return `${name.replace(/[^\w-]+/g, "_")}_${shortHash(name)}`;
}
