import { CognitoIdentityPool } from "@cdktf/provider-aws/lib/cognito-identity-pool";
import { CognitoIdentityPoolProviderPrincipalTag } from "@cdktf/provider-aws/lib/cognito-identity-pool-provider-principal-tag";
import { CognitoIdentityPoolRolesAttachment } from "@cdktf/provider-aws/lib/cognito-identity-pool-roles-attachment";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { Construct } from "constructs";
import { policyDocument } from "../policy-document/policy-document";
import { region as regionKind, text } from "../setting/kinds";
import { check, refuse } from "../setting/props";
import type { UserPoolBase } from "../user-pool/user-pool";
import type { UserPoolClient } from "../user-pool-client/user-pool-client";
import { type IdentityPoolSettings, identityPool, identityPoolProblems, identityService } from "./settings";

export type { IdentityPoolSettings } from "./settings";

export type IdentityPoolProps = IdentityPoolSettings & {
  /** Begins the names of the roles; at most 50 characters. */
  readonly name: string;
  readonly userPool: UserPoolBase;
  /** Clients whose users get credentials. */
  readonly clients: readonly UserPoolClient[];
  /** Region of the stack's provider. */
  readonly region: string;
};

const NAME = text(/^[\w+=,.@-]{1,50}$/, "a name of 1 to 50 letters, digits or _ + = , . @ -");

/**
 * Gives the pool's users credentials of AWS. Its roles may do nothing until they are given a policy. The escape hatch to the resource is
 * `node.defaultChild`.
 */
export class IdentityPool extends Construct {
  readonly identityPoolId: string;
  /** Of users who are signed in. */
  readonly authenticatedRole: IamRole;
  /** Of everybody else. Only with `allowUnauthenticatedIdentities`. */
  readonly unauthenticatedRole: IamRole | undefined;

  constructor(scope: Construct, id: string, props: IdentityPoolProps) {
    super(scope, id);
    const { name, userPool, clients, region, ...settings } = props;
    check(this, { name: [NAME, name], region: [regionKind, region], settings: [identityPool, settings] });
    refuse(this, identityPoolProblems(settings, region, userPool.customAttributes));
    refuse(this, clients.length > 0 ? [] : [{ path: ["clients"], value: [], allowed: "at least one client" }]);
    const { allowUnauthenticatedIdentities = false, roleMapping, principalTags } = settings;
    const pool = new CognitoIdentityPool(this, "Default", {
      identityPoolName: name,
      allowUnauthenticatedIdentities,
      allowClassicFlow: settings.allowClassicFlow ?? false,
      cognitoIdentityProviders: clients.map(({ clientId }) => ({
        clientId,
        providerName: userPool.endpoint,
        serverSideTokenCheck: settings.serverSideTokenCheck ?? true,
      })),
    });
    this.identityPoolId = pool.id;
    const role = (id: string, suffix: string, amr: string, actions: readonly string[] | string) =>
      new IamRole(this, id, {
        name: `${name}-${suffix}`,
        assumeRolePolicy: trust(identityService(region), pool.id, amr, actions),
      });
    const assume = "sts:AssumeRoleWithWebIdentity";
    this.authenticatedRole = role(
      "authenticated_role",
      "authenticated",
      "authenticated",
      principalTags ? [assume, "sts:TagSession"] : assume,
    );
    this.unauthenticatedRole = allowUnauthenticatedIdentities
      ? role("unauthenticated_role", "guest", "unauthenticated", assume)
      : undefined;
    new CognitoIdentityPoolRolesAttachment(this, "roles", {
      identityPoolId: pool.id,
      roles: {
        authenticated: this.authenticatedRole.arn,
        ...(this.unauthenticatedRole && { unauthenticated: this.unauthenticatedRole.arn }),
      },
      ...(roleMapping && {
        roleMapping: clients.map(({ clientId }) => mapping(`${userPool.endpoint}:${clientId}`, roleMapping)),
      }),
    });
    if (principalTags) {
      new CognitoIdentityPoolProviderPrincipalTag(this, "principal_tags", {
        identityPoolId: pool.id,
        identityProviderName: userPool.endpoint,
        useDefaults: false,
        principalTags,
      });
    }
  }
}

function mapping(identityProvider: string, roleMapping: NonNullable<IdentityPoolSettings["roleMapping"]>) {
  const { type, ambiguousRoleResolution } = roleMapping;
  return {
    identityProvider,
    type,
    ambiguousRoleResolution,
    ...(roleMapping.type === "Rules" && { mappingRule: roleMapping.rules }),
  };
}

/** This identity pool only, and only for the kind of users that the role is for: "Role trust and permissions", Cognito developer guide. */
function trust(service: string, identityPoolId: string, amr: string, actions: readonly string[] | string): string {
  return policyDocument({
    Effect: "Allow",
    Action: actions,
    Principal: { Federated: service },
    Condition: {
      StringEquals: { [`${service}:aud`]: identityPoolId },
      "ForAnyValue:StringLike": { [`${service}:amr`]: amr },
    },
  });
}
