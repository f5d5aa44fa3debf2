import {
  type CognitoIdentityProviderClient,
  DescribeUserPoolDomainCommand,
  paginateListUserPoolClients,
  paginateListUserPools,
} from "@aws-sdk/client-cognito-identity-provider";
import { Failure } from "../failure";

/** Ids of all user pools of a name. Names are not unique: every deployment without a state makes another one. */
export async function poolsNamed(client: CognitoIdentityProviderClient, name: string): Promise<string[]> {
  const ids: string[] = [];
  for await (const { UserPools = [] } of paginateListUserPools({ client }, { MaxResults: 60 })) {
    for (const pool of UserPools) if (pool.Name === name && pool.Id) ids.push(pool.Id);
  }
  return ids;
}

/** The pool to take back: the one that is named, or the only one there is. */
export function choosePool(found: readonly string[], asked: string | undefined, name: string): string | undefined {
  if (asked !== undefined) {
    if (found.includes(asked)) return asked;
    throw new Failure(`No user pool ${asked} is called ${name}. There are: ${found.join(", ") || "none"}.`, 64);
  }
  if (found.length <= 1) return found[0];
  throw new Failure(
    `There are ${found.length} user pools called ${name}, and none of them is in the state: ${found.join(", ")}.` +
      " Say which one has the accounts with --pool <id> (`aws cognito-idp list-users --user-pool-id <id>` shows them).",
    64,
  );
}

/** The import id of the pool's app client of this name, where there is exactly one. */
export async function clientNamed(
  client: CognitoIdentityProviderClient,
  poolId: string,
  name: string,
): Promise<string | undefined> {
  const ids: string[] = [];
  for await (const page of paginateListUserPoolClients({ client }, { UserPoolId: poolId, MaxResults: 60 })) {
    for (const { ClientName, ClientId } of page.UserPoolClients ?? [])
      if (ClientName === name && ClientId) ids.push(ClientId);
  }
  return ids.length === 1 ? `${poolId}/${ids[0]}` : undefined;
}

/** Whether the hosted domain of this prefix is this pool's. Throws a {@link Failure} if it is another pool's. */
export async function hasDomain(
  client: CognitoIdentityProviderClient,
  domain: string,
  poolId: string | undefined,
): Promise<boolean> {
  const { DomainDescription } = await client.send(new DescribeUserPoolDomainCommand({ Domain: domain }));
  const owner = DomainDescription?.UserPoolId;
  if (owner === undefined) return false;
  if (owner === poolId) return true;
  throw new Failure(
    `The domain ${domain} is that of the user pool ${owner}, which is not in the state: take that pool back with` +
      ` --pool ${owner}, or delete the domain there if nobody signs in to it.`,
  );
}
