import {
  DescribeUserPoolDomainCommand,
  paginateListUserPoolClients,
  paginateListUserPools,
} from "@aws-sdk/client-cognito-identity-provider";
import { Failure } from "../failure";
import type { Context } from "./context";

/** The pool of a name. Names are not unique: every deployment without a state makes another one. */
export async function poolNamed(name: string, { aws, asked }: Context): Promise<string | undefined> {
  const ids: string[] = [];
  for await (const { UserPools = [] } of paginateListUserPools({ client: aws.cognito }, { MaxResults: 60 })) {
    for (const pool of UserPools) if (pool.Name === name && pool.Id) ids.push(pool.Id);
  }
  return choose(ids, asked.pool, {
    what: "user pool",
    name,
    option: "--pool",
    how: "which one has the accounts (`aws cognito-idp list-users --user-pool-id <id>` shows them)",
  });
}

/** The import id of the pool's app client of a name. Names are not unique here either. */
export async function clientOf(name: string, { aws, poolId, asked }: Context): Promise<string | undefined> {
  if (poolId === undefined) return undefined;
  const ids: string[] = [];
  const pages = paginateListUserPoolClients({ client: aws.cognito }, { UserPoolId: poolId, MaxResults: 60 });
  for await (const { UserPoolClients = [] } of pages) {
    for (const { ClientName, ClientId } of UserPoolClients) if (ClientName === name && ClientId) ids.push(ClientId);
  }
  const how = "which one the application uses";
  const id = choose(ids, asked.client, { what: "app client", name, option: "--client", how });
  return id && `${poolId}/${id}`;
}

/** The hosted domain of a prefix, if it is this pool's. Throws a {@link Failure} if it is another pool's. */
export async function domainOf(domain: string, { aws, poolId }: Context): Promise<string | undefined> {
  const { DomainDescription } = await aws.cognito.send(new DescribeUserPoolDomainCommand({ Domain: domain }));
  const owner = DomainDescription?.UserPoolId;
  if (owner === undefined) return undefined;
  if (owner === poolId) return domain;
  throw new Failure(
    `The domain ${domain} is that of the user pool ${owner}, which is not in the state: take that pool back with` +
      ` --pool ${owner}, or delete the domain there if no user signs in to it.`,
  );
}

/** The one to take back: the one that is named, or the only one there is. */
export function choose(
  found: readonly string[],
  asked: string | undefined,
  { what, name, option, how }: Readonly<Record<"what" | "name" | "option" | "how", string>>,
): string | undefined {
  if (asked !== undefined) {
    if (found.includes(asked)) return asked;
    throw new Failure(`No ${what} ${asked} is called ${name}. There are: ${found.join(", ") || "none"}.`, 64);
  }
  if (found.length <= 1) return found[0];
  throw new Failure(
    `There are ${found.length} ${what}s called ${name}, and none of them is in the state: ${found.join(", ")}.` +
      ` Say with ${option} <id> ${how}.`,
    64,
  );
}
