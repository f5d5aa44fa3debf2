import { CognitoUserPool, type CognitoUserPoolLambdaConfig } from "@cdktf/provider-aws/lib/cognito-user-pool";
import { DataAwsCallerIdentity } from "@cdktf/provider-aws/lib/data-aws-caller-identity";
import { DataAwsCognitoUserPool } from "@cdktf/provider-aws/lib/data-aws-cognito-user-pool";
import { DataAwsCognitoUserPools } from "@cdktf/provider-aws/lib/data-aws-cognito-user-pools";
import { DataAwsPartition } from "@cdktf/provider-aws/lib/data-aws-partition";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { Fn, type ITerraformDependable, Token } from "cdktf";
import { Construct } from "constructs";
import type { Trigger } from "../../lambda/functions";
import type { Identifiers } from "../../lambda/trigger/options";
import { regionOf } from "../../lambda/user-migration/options";
import type { CustomerKey } from "../customer-key/customer-key";
import { type Grantee, grantTo, policyDocument } from "../policy-document/policy-document";
import { shortHash } from "../setting/names";
import { check, refuse, settingsOf } from "../setting/props";
import type { Props } from "../setting/setting";
import type { LambdaVersion } from "../trigger-function/settings";
import type { TriggerFunction } from "../trigger-function/trigger-function";
import { customAttributeNames, immutableAttributes, requiredAttributes, schemaAttributes } from "./attributes";
import { identifiersOf } from "./identifiers";
import { messageArguments } from "./messages";
import { passwordPolicyOf } from "./passwords";
import { cognitoName, userPoolId as userPoolIdText, userPoolProblems, userPoolSettings } from "./settings";
import { factorsOf, provedAttributes, sendsTexts, signInArguments } from "./sign-in";
import { signInAttributes } from "./sign-in-names";

export type { Trigger } from "../../lambda/functions";
export type { Identifiers } from "../../lambda/trigger/options";

/** What a trigger is told beside its function, by trigger. */
interface OptionsOf {
  /** @default lambdaVersion "V1_0" */
  readonly preTokenGeneration: { readonly lambdaVersion?: LambdaVersion | undefined } | undefined;
  readonly customEmailSender: SenderOptions;
  readonly customSmsSender: SenderOptions;
}

interface SenderOptions {
  /** Cognito encrypts codes with it. A pool has one key for both senders. */
  readonly kmsKey: CustomerKey;
}

/** What {@link UserPoolBase.addTrigger} is told beside the function: nothing, but for the token's version and the senders' key. */
export type TriggerOptions<Name extends Trigger> = Name extends "customEmailSender" | "customSmsSender"
  ? [options: SenderOptions]
  : Name extends "preTokenGeneration"
    ? [options?: OptionsOf["preTokenGeneration"]]
    : [];

/** An identity provider, as clients of the pool have to know it. */
export interface RegisteredProvider {
  readonly name: string;
  /** Attributes that it sets at each sign-in. @default not known */
  readonly attributes?: readonly string[] | undefined;
  /** @default it is made elsewhere */
  readonly resource?: ITerraformDependable | undefined;
}

/** A user pool, made here ({@link UserPool}) or elsewhere ({@link UserPool.fromUserPoolId}). */
export abstract class UserPoolBase extends Construct {
  abstract readonly userPoolId: string;
  abstract readonly userPoolArn: string;
  /** `cognito-idp.<region>.amazonaws.com/<pool id>`, the issuer without its scheme. */
  abstract readonly endpoint: string;
  /** Attributes that an account must have. */
  abstract readonly requiredAttributes: readonly string[];
  /** What users sign in with beside a username; undefined where it is not known. */
  abstract readonly signInAttributes: readonly string[] | undefined;
  /** What the pool's functions keep unique; undefined where it is not known. */
  abstract readonly identifiers: Identifiers | undefined;
  /** Custom attributes, as `custom:<name>`; undefined where they are not known. */
  abstract readonly customAttributes: readonly string[] | undefined;
  /** Attributes whose value cannot change. */
  abstract readonly immutableAttributes: readonly string[];
  /** Whether users can begin to sign in with something else than a password. */
  abstract readonly hasFirstFactors: boolean;
  /** Feature plan; undefined where it is not known. */
  abstract readonly poolTier: string | undefined;
  /** Scopes of the pool's resource servers, as `<identifier>/<scope>`; undefined where they are not known. */
  abstract readonly scopes: readonly string[] | undefined;
  /** Names of the pool's identity providers; undefined where they are not known. */
  abstract readonly identityProviders: readonly string[] | undefined;
  private readonly callable = new Set<TriggerFunction>();
  protected readonly servers: Array<{ readonly scopes: readonly string[]; readonly resource: ITerraformDependable }> =
    [];

  protected readonly providers: RegisteredProvider[] = [];

  /** What a client whose tokens are for the pool's resource servers has to depend on. */
  get resourceServers(): ITerraformDependable[] {
    return this.servers.map(({ resource }) => resource);
  }

  /** Makes the scopes of a resource server known to the pool's clients. */
  registerResourceServer(server: {
    readonly scopes: readonly string[];
    readonly resource: ITerraformDependable;
  }): void {
    this.servers.push(server);
  }

  /** Attributes that each identity provider sets at a sign-in, by its name. */
  get mappedAttributes(): Readonly<Record<string, readonly string[]>> {
    return Object.fromEntries(this.providers.map(({ name, attributes = [] }) => [name, attributes]));
  }

  /** What a client that offers these identity providers has to depend on. */
  identityProviderResources(names: readonly string[]): ITerraformDependable[] {
    return this.providers.flatMap(({ name, resource }) => (resource && names.includes(name) ? [resource] : []));
  }

  /** Makes an identity provider known to the pool's clients, also one that is made elsewhere. */
  registerIdentityProvider(provider: RegisteredProvider): void {
    this.providers.push(provider);
  }

  /**
   * Makes the pool call a function, and lets it. Throws an Error where the pool has another function for this trigger.
   *
   * The function of a custom sender may decrypt the codes. Who applies needs `kms:CreateGrant` for the key.
   */
  addTrigger<Name extends Trigger>(_trigger: Name, fn: TriggerFunction, ...[options]: TriggerOptions<Name>): void {
    const kmsKey = keyOf(options);
    if (kmsKey && hasRole(fn)) grantTo(this, fn, "decrypt_codes", kmsKey.grantDecryptCodes(this.userPoolId));
    if (this.callable.has(fn)) return;
    this.callable.add(fn);
    const own = `invoked_by_${this.node.id}`;
    const other = `invoked_by_${this.node.addr.slice(-8)}`;
    // A function may serve several pools, and those may have the same id in different scopes, or one that is no statement's id.
    const isFree = /^[\w-]{1,80}$/.test(own) && fn.node.tryFindChild(own) === undefined;
    fn.allowInvocationBy(isFree ? own : other, this.userPoolArn);
  }

  /** Lets a role look up the pool's users. */
  grantRead(grantee: Grantee): void {
    this.grant(grantee, "read_users", ["cognito-idp:AdminGetUser", "cognito-idp:ListUsers"]);
  }

  /**
   * Lets a function look up the pool's users, and delete an account that was not confirmed in time, when its address is given to another one
   * (docs/uniqueness.md, "After the hold").
   */
  grantUniqueness(grantee: Grantee): void {
    this.grant(
      grantee,
      "list_users",
      ["cognito-idp:ListUsers"],
      ["cognito-idp:AdminGetUser", "cognito-idp:AdminDeleteUser"],
    );
  }

  /** Lets a function link identities of other providers to the pool's users. */
  grantLink(grantee: Grantee): void {
    this.grant(grantee, "link_identities", ["cognito-idp:AdminLinkProviderForUser"]);
  }

  private grant(grantee: Grantee, id: string, ...actions: readonly (readonly string[])[]): void {
    grantTo(this, grantee, id, ...actions.map((actions) => ({ actions, resources: [this.userPoolArn] })));
  }
}

export interface UserPoolProps extends Props<typeof userPoolSettings> {
  /** Changing it replaces the pool, and with it every user. */
  readonly userPoolName: string;
}

/**
 * A user pool that users sign in to by username or verified e-mail address, or by what the settings say, in any letter case. The escape hatch to the resource is
 * `node.defaultChild`.
 *
 * `userPoolName`, and the resource's `alias_attributes`, `username_attributes` and `username_configuration`, cannot be changed later: Terraform would replace the pool.
 */
export class UserPool extends UserPoolBase {
  readonly userPoolId: string;
  readonly userPoolArn: string;
  readonly endpoint: string;
  readonly requiredAttributes: readonly string[];
  readonly signInAttributes: readonly string[];
  readonly identifiers: Identifiers;
  readonly customAttributes: readonly string[];
  readonly immutableAttributes: readonly string[];
  readonly hasFirstFactors: boolean;
  readonly poolTier: string;
  private readonly resource: CognitoUserPool;
  private triggers: CognitoUserPoolLambdaConfig = {};

  /**
   * A pool that is made elsewhere, by its id. Its triggers are set where it is made: {@link UserPoolBase.addTrigger} only lets it call the
   * function.
   */
  static fromUserPoolId(scope: Construct, id: string, userPoolId: string): UserPoolBase {
    return new ImportedUserPool(scope, id, userPoolId);
  }

  constructor(scope: Construct, id: string, props: UserPoolProps) {
    super(scope, id);
    const settings = settingsOf(this, userPoolSettings, props);
    check(this, { userPoolName: [cognitoName, props.userPoolName] });
    refuse(this, userPoolProblems(settings), settings);
    // Names of pools are not unique. With the pools of this name in it, a plan that makes a pool shows whether it is the first
    // one, or a second and empty one, because a state was lost.
    new DataAwsCognitoUserPools(this, "same_name", { name: props.userPoolName });
    const { inviteMessageTemplate, ...messages } = messageArguments(settings, factorsOf(settings).includes("EMAIL"));
    const policy = passwordPolicyOf(settings);
    const texts = sendsTexts(settings) ? this.texts(props.userPoolName, settings.snsRegion) : undefined;
    const proved = provedAttributes(settings);
    this.resource = new CognitoUserPool(this, "Default", {
      name: props.userPoolName,
      userPoolTier: settings.poolTier,
      deletionProtection: settings.deletionProtection ? "ACTIVE" : "INACTIVE",

      // The API's default is case-sensitive: `username` and `Username` would be two accounts.
      usernameConfiguration: { caseSensitive: false },
      schema: schemaAttributes(settings),

      ...(proved.length > 0 && {
        autoVerifiedAttributes: proved,
        // A changed address or number counts, and is an alias, only once it is verified.
        userAttributeUpdateSettings: { attributesRequireVerificationBeforeUpdate: proved },
      }),
      adminCreateUserConfig: {
        allowAdminCreateUserOnly: !settings.selfSignUp,
        ...(inviteMessageTemplate && { inviteMessageTemplate }),
      },
      ...(policy && { passwordPolicy: policy }),
      ...signInArguments(settings),
      ...messages,
      ...(texts && { smsConfiguration: texts.configuration, dependsOn: [texts.grant] }),
    });
    this.requiredAttributes = requiredAttributes(settings);
    this.signInAttributes = signInAttributes(settings);
    this.identifiers = identifiersOf(settings);
    this.customAttributes = customAttributeNames(settings);
    this.immutableAttributes = immutableAttributes(settings);
    this.hasFirstFactors = settings.firstAuthFactors?.some((factor) => factor !== "PASSWORD") ?? false;
    this.poolTier = settings.poolTier;
    this.userPoolId = this.resource.id;
    this.userPoolArn = this.resource.arn;
    this.endpoint = this.resource.endpoint;
  }

  get scopes(): string[] {
    return this.servers.flatMap(({ scopes }) => scopes);
  }

  get identityProviders(): string[] {
    return this.providers.map(({ name }) => name);
  }

  override addTrigger<Name extends Trigger>(
    trigger: Name,
    fn: TriggerFunction,
    ...options: TriggerOptions<Name>
  ): void {
    if (this.triggers[trigger] !== undefined) {
      throw new Error(`The user pool ${this.node.path} has a function for the trigger ${trigger} already.`);
    }
    const { kmsKeyId } = this.triggers;
    this.triggers = { ...this.triggers, ...lambdaConfig(trigger, fn.arn, options[0]) };
    if (kmsKeyId !== undefined && kmsKeyId !== this.triggers.kmsKeyId) {
      throw new Error(`The user pool ${this.node.path} has another key for its other custom sender: both use one.`);
    }
    this.resource.putLambdaConfig(this.triggers);
    super.addTrigger(trigger, fn, ...options);
  }

  /** The role that sends text messages, for this pool of this account only: "SMS message settings", Cognito developer guide. */
  private texts(externalId: string, snsRegion: string | undefined) {
    const role = new IamRole(this, "sms_role", {
      name: smsRoleName(externalId),
      assumeRolePolicy: policyDocument({
        Effect: "Allow",
        Action: "sts:AssumeRole",
        Principal: { Service: "cognito-idp.amazonaws.com" },
        Condition: {
          StringEquals: {
            "sts:ExternalId": externalId,
            "aws:SourceAccount": new DataAwsCallerIdentity(this, "account").accountId,
          },
        },
      }),
    });
    // A text message goes to a number, which no ARN names.
    const grant = grantTo(this, role, "publish", { actions: ["sns:Publish"], resources: ["*"] });
    const configuration = { externalId, snsCallerArn: role.arn, ...(snsRegion && { snsRegion }) };
    return { configuration, grant };
  }
}

function keyOf(options: object | undefined): CustomerKey | undefined {
  return (options as Partial<SenderOptions> | undefined)?.kmsKey;
}

function hasRole(fn: TriggerFunction): fn is TriggerFunction & { readonly role: IamRole } {
  return fn.role !== undefined;
}

/** "LambdaConfigType", Cognito API reference. */
function lambdaConfig(trigger: Trigger, lambdaArn: string, options: object | undefined): CognitoUserPoolLambdaConfig {
  switch (trigger) {
    case "customEmailSender":
    case "customSmsSender":
      return { [trigger]: { lambdaArn, lambdaVersion: "V1_0" }, kmsKeyId: (options as SenderOptions).kmsKey.arn };
    case "preTokenGeneration": {
      // Both, of the same function: what is left out stays as it is, an earlier version for one.
      const { lambdaVersion = "V1_0" } = (options as OptionsOf["preTokenGeneration"]) ?? {};
      return { preTokenGeneration: lambdaArn, preTokenGenerationConfig: { lambdaArn, lambdaVersion } };
    }
    default:
      return { [trigger]: lambdaArn };
  }
}

/** "RoleName" of CreateRole, IAM API reference: a pool's name may be longer, and hold blanks. */
function smsRoleName(userPoolName: string): string {
  const name = `${userPoolName}-sms`;
  if (Token.isUnresolved(userPoolName) || /^[\w+=,.@-]{1,64}$/.test(name)) return name;
  return `${userPoolName.replace(/[^\w+=,.@-]/g, "-").slice(0, 51)}-${shortHash(userPoolName)}-sms`;
}

/** The Region of a pool: what its id begins with. */
export function regionOfUserPool(userPoolId: string): string {
  return Token.isUnresolved(userPoolId) ? Fn.element(Fn.split("_", userPoolId), 0) : regionOf(userPoolId);
}

class ImportedUserPool extends UserPoolBase {
  /** Not known. */
  readonly requiredAttributes = [];
  readonly signInAttributes = undefined;
  readonly identifiers = undefined;
  readonly customAttributes = undefined;
  readonly immutableAttributes = [];
  readonly hasFirstFactors = false;
  readonly poolTier = undefined;
  readonly scopes = undefined;
  readonly identityProviders = undefined;
  readonly userPoolArn: string;
  readonly endpoint: string;

  constructor(
    scope: Construct,
    id: string,
    readonly userPoolId: string,
  ) {
    super(scope, id);
    check(this, { userPoolId: [userPoolIdText, userPoolId] });
    // A plan fails where there is no such pool.
    this.userPoolArn = new DataAwsCognitoUserPool(this, "Default", { userPoolId }).arn;
    const region = regionOfUserPool(userPoolId);
    this.endpoint = `cognito-idp.${region}.${new DataAwsPartition(this, "partition").dnsSuffix}/${userPoolId}`;
  }
}
