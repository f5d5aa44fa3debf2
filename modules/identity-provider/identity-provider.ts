import { CognitoIdentityProvider } from "@cdktf/provider-aws/lib/cognito-identity-provider";
import { DataAwsSecretsmanagerSecretVersion } from "@cdktf/provider-aws/lib/data-aws-secretsmanager-secret-version";
import { DataAwsSsmParameter } from "@cdktf/provider-aws/lib/data-aws-ssm-parameter";
import { Fn } from "cdktf";
import { Construct } from "constructs";
import type { Problem } from "../setting/problems";
import { check, refuse } from "../setting/props";
import type { UserPoolBase } from "../user-pool/user-pool";
import { mappingOf } from "./attribute-mapping";
import { detailsOf, FILLED_IN } from "./details";
import { identityProviderProblems } from "./rules";
import {
  type IdentityProviderSettings,
  identityProvider,
  identityProviderName,
  type SecretReference,
  secretField,
  secretOf,
  secretReference,
  withType,
} from "./settings";

export type { IdentityProviderSettings, IdentityProviders } from "./settings";

export type IdentityProviderProps = IdentityProviderSettings & {
  /** Google, Facebook, SignInWithApple and LoginWithAmazon are called so. It begins the usernames, and cannot be changed. */
  readonly name: string;
  readonly userPool: UserPoolBase;
};

/**
 * Another place where users of the pool can sign in. The escape hatch to the resource is `node.defaultChild`.
 *
 * Its secret is read when Terraform plans. Terraform marks it as sensitive; the plan's file and the state hold it.
 */
export class IdentityProvider extends Construct {
  readonly providerName: string;

  constructor(scope: Construct, id: string, { name, userPool, ...rest }: IdentityProviderProps) {
    super(scope, id);
    const settings = rest as IdentityProviderSettings;
    check(this, { name: [identityProviderName, name], settings: [identityProvider(name, settings), settings] });
    const field = secretField(settings);
    check(this, { [field]: [secretReference.optional(), (settings as Record<string, unknown>)[field]] });
    refuse(this, [...identityProviderProblems(name, settings, userPool), ...twice(name, userPool)], settings);
    const provider = withType(name, settings);
    const attributeMapping = mappingOf(provider, userPool);
    const reference = secretOf(settings);
    const ignored = FILLED_IN[provider.type]?.map((detail) => `provider_details[${JSON.stringify(detail)}]`);
    const resource = new CognitoIdentityProvider(this, "Default", {
      userPoolId: userPool.userPoolId,
      providerName: name,
      providerType: provider.type,
      providerDetails: detailsOf(provider, reference && this.read(reference)),
      attributeMapping,
      ...(settings.identifiers && { idpIdentifiers: settings.identifiers }),
      ...(ignored && { lifecycle: { ignoreChanges: ignored } }),
    });
    this.providerName = name;
    userPool.registerIdentityProvider({ name, attributes: Object.keys(attributeMapping), resource });
  }

  /** The secret itself, which only the plan knows. */
  private read(reference: SecretReference): string {
    if ("ssmParameter" in reference) {
      return new DataAwsSsmParameter(this, "secret", { name: reference.ssmParameter }).value;
    }
    const { secretsManagerSecret: secretId, jsonKey } = reference;
    const { secretString } = new DataAwsSecretsmanagerSecretVersion(this, "secret", { secretId });
    return jsonKey === undefined ? secretString : Fn.lookup(Fn.jsondecode(secretString), jsonKey);
  }
}

/** A pool has one provider of a name. */
function twice(name: string, { mappedAttributes }: UserPoolBase): Problem[] {
  if (!Object.hasOwn(mappedAttributes, name)) return [];
  return [{ path: ["name"], value: name, allowed: "a name that the pool has no identity provider of" }];
}
