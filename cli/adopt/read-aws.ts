import {
  type CognitoIdentityProviderClient,
  DescribeIdentityProviderCommand,
  DescribeResourceServerCommand,
  DescribeUserPoolClientCommand,
  DescribeUserPoolDomainCommand,
  GetUserPoolMfaConfigCommand,
  paginateListGroups,
  paginateListIdentityProviders,
  paginateListResourceServers,
  paginateListUserPoolClients,
  ResourceNotFoundException,
  type UserPoolType,
} from "@aws-sdk/client-cognito-identity-provider";
import { regionOf } from "../../lambda/user-migration/options";
import { describedPool } from "../described-pool";
import { Failure } from "../failure";
import { asArguments, clientValues, poolValues } from "./as-provider";
import { type Existing, existingOf, type FoundPool, importId } from "./existing";
import { readAround } from "./read-around";

/** Everything that this project manages of a pool, as it is in AWS. Throws a {@link Failure} where there is no such pool. */
export async function readPool(cognito: CognitoIdentityProviderClient, UserPoolId: string): Promise<FoundPool> {
  const pool = await describePool(cognito, UserPoolId);
  const mfa = await cognito.send(new GetUserPoolMfaConfigCommand({ UserPoolId }));
  const read = [appClients, domains, identityProviders, resourceServers, groups];
  const all = (await Promise.all(read.map((each) => each(cognito, UserPoolId, pool)))).flat();
  const clients = all.filter(({ type }) => type === "aws_cognito_user_pool_client");
  const clientIds = clients.map(({ id }) => id.slice(UserPoolId.length + 1));
  const { others, outside } = await readAround(cognito, pool, clientIds);
  return {
    poolId: UserPoolId,
    region: regionOf(UserPoolId),
    account: pool.Arn?.split(":")[4],
    pool: { type: "aws_cognito_user_pool", id: UserPoolId, values: poolValues(pool, mfa) },
    clients,
    others: [...all.filter(({ type }) => type !== "aws_cognito_user_pool_client"), ...others],
    cloudFormationStack: pool.UserPoolTags?.["aws:cloudformation:stack-name"],
    outside,
  };
}

async function describePool(cognito: CognitoIdentityProviderClient, UserPoolId: string): Promise<UserPoolType> {
  try {
    return await describedPool(cognito, UserPoolId);
  } catch (error) {
    if (!(error instanceof ResourceNotFoundException)) throw error;
    throw new Failure(`There is no user pool ${UserPoolId} in this account and Region.`, 64);
  }
}

type Read = (client: CognitoIdentityProviderClient, UserPoolId: string, pool: UserPoolType) => Promise<Existing[]>;

const appClients: Read = async (client, UserPoolId) => {
  const found: Existing[] = [];
  for await (const { UserPoolClients = [] } of paginateListUserPoolClients(
    { client },
    { UserPoolId, MaxResults: 60 },
  )) {
    for (const { ClientId } of UserPoolClients) {
      const answer = await client.send(new DescribeUserPoolClientCommand({ UserPoolId, ClientId }));
      const { ClientName, ClientSecret, ...rest } = answer.UserPoolClient ?? {};
      const type = "aws_cognito_user_pool_client";
      found.push({
        type,
        id: importId(type, { id: ClientId }, UserPoolId),
        values: clientValues({ ...asArguments(rest), name: ClientName }),
        hasSecret: ClientSecret !== undefined,
      });
    }
  }
  return found;
};

const domains: Read = async (client, UserPoolId, { Domain, CustomDomain }) => {
  const type = "aws_cognito_user_pool_domain";
  const names = [Domain, CustomDomain].filter((name) => name !== undefined && name !== "");
  return Promise.all(
    [...new Set(names)].map(async (domain): Promise<Existing> => {
      const { DomainDescription } = await client.send(new DescribeUserPoolDomainCommand({ Domain: domain }));
      const certificate = DomainDescription?.CustomDomainConfig?.CertificateArn;
      const managed_login_version = DomainDescription?.ManagedLoginVersion;
      return existingOf(type, { domain, certificate_arn: certificate, managed_login_version }, UserPoolId);
    }),
  );
};

const identityProviders: Read = async (client, UserPoolId) => {
  const found: Existing[] = [];
  const type = "aws_cognito_identity_provider";
  for await (const { Providers = [] } of paginateListIdentityProviders({ client }, { UserPoolId, MaxResults: 60 })) {
    for (const { ProviderName } of Providers) {
      const answer = await client.send(new DescribeIdentityProviderCommand({ UserPoolId, ProviderName }));
      const { ProviderType, ProviderDetails, AttributeMapping, IdpIdentifiers } = answer.IdentityProvider ?? {};
      const values = {
        provider_name: ProviderName,
        provider_type: ProviderType,
        provider_details: ProviderDetails,
        attribute_mapping: AttributeMapping,
        idp_identifiers: IdpIdentifiers,
      };
      found.push(existingOf(type, values, UserPoolId));
    }
  }
  return found;
};

const resourceServers: Read = async (client, UserPoolId) => {
  const found: Existing[] = [];
  const type = "aws_cognito_resource_server";
  for await (const { ResourceServers = [] } of paginateListResourceServers(
    { client },
    { UserPoolId, MaxResults: 50 },
  )) {
    for (const { Identifier } of ResourceServers) {
      const answer = await client.send(new DescribeResourceServerCommand({ UserPoolId, Identifier }));
      const { Name: name, Scopes } = answer.ResourceServer ?? {};
      const values = { identifier: Identifier, name, scope: Scopes?.map(asArguments) };
      found.push(existingOf(type, values, UserPoolId));
    }
  }
  return found;
};

const groups: Read = async (client, UserPoolId) => {
  const found: Existing[] = [];
  const type = "aws_cognito_user_group";
  for await (const { Groups = [] } of paginateListGroups({ client }, { UserPoolId, Limit: 60 })) {
    for (const { GroupName: name, ...rest } of Groups) {
      // Cognito makes a group of its own for the users of an identity provider.
      if (name?.startsWith(`${UserPoolId}_`)) continue;
      found.push(existingOf(type, { ...asArguments(rest), name }, UserPoolId));
    }
  }
  return found;
};
