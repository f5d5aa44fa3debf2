import { type Block, cognitoRequest, type TerraformJson } from "./terraform-json";

/** Calls an operation of Cognito's API. */
export type Cognito = (operation: string, input: object) => Promise<unknown>;

export interface LocalClient {
  /** Its name in Cognito. */
  readonly name: string;
  readonly id: string;
  /** Undefined for a client without one. */
  readonly secret: string | undefined;
  /** Its block in Terraform's JSON. */
  readonly settings: Block;
}

export interface BroughtUp {
  readonly id: string;
  /** The environment's own client is the first. */
  readonly clients: readonly LocalClient[];
}

/** The environment's own client, by its address (stacks/users-stack.ts). */
const OWN_CLIENT = "user_pool_client";

/**
 * Makes the pool, the clients and the groups of a stack. What an earlier start has made, by its name, keeps its id, its secret and its users, and
 * gets the settings of today as far as they can be changed.
 */
export async function bringUp(cognito: Cognito, stack: TerraformJson): Promise<BroughtUp> {
  const id = await poolOf(cognito, stack.resource("aws_cognito_user_pool"));
  const before = await clientsOf(cognito, id);
  const clients: LocalClient[] = [];
  const blocks = stack
    .named("aws_cognito_user_pool_client")
    .map(([address, block]) => ({ ...block, isOwn: address === OWN_CLIENT }))
    .sort((one, other) => Number(other.isOwn) - Number(one.isOwn));
  for (const { isOwn: _, name, ...client } of blocks as ReadonlyArray<Block & { isOwn: boolean }>) {
    // Of several clients with one name each has its own.
    const known = before.find(
      ({ ClientId, ClientName }) => ClientName === name && !clients.some(({ id }) => id === ClientId),
    );
    const request = { ...cognitoRequest(client), ClientName: name, UserPoolId: id };
    // A client cannot get or lose its secret.
    const isKept = known !== undefined && (known.ClientSecret !== undefined) === (client.generate_secret === true);
    const { UserPoolClient } = (
      isKept
        ? await cognito("UpdateUserPoolClient", { ...request, ClientId: known.ClientId })
        : await cognito("CreateUserPoolClient", request)
    ) as { UserPoolClient: Client };
    clients.push({
      name: String(name),
      id: UserPoolClient.ClientId,
      secret: UserPoolClient.ClientSecret ?? known?.ClientSecret,
      settings: client,
    });
  }
  for (const { ClientId } of before.filter((one) => !clients.some((client) => client.id === one.ClientId))) {
    await cognito("DeleteUserPoolClient", { UserPoolId: id, ClientId });
  }
  await groupsOf(cognito, id, stack);
  return { id, clients };
}

interface Client {
  readonly ClientId: string;
  readonly ClientName: string;
  readonly ClientSecret?: string;
}

async function poolOf(cognito: Cognito, { name, ...pool }: Block): Promise<string> {
  const { UserPools = [] } = (await cognito("ListUserPools", { MaxResults: 60 })) as {
    UserPools?: Array<{ Id: string; Name: string }>;
  };
  const present = UserPools.find(({ Name }) => Name === name);
  if (present) {
    await cognito("UpdateUserPool", { ...cognitoRequest(pool), UserPoolId: present.Id });
    return present.Id;
  }
  const created = await cognito("CreateUserPool", { ...cognitoRequest(pool), PoolName: name });
  return (created as { UserPool: { Id: string } }).UserPool.Id;
}

async function clientsOf(cognito: Cognito, UserPoolId: string): Promise<Client[]> {
  const { UserPoolClients = [] } = (await cognito("ListUserPoolClients", { UserPoolId, MaxResults: 60 })) as {
    UserPoolClients?: Client[];
  };
  const described = UserPoolClients.map(({ ClientId }) => cognito("DescribeUserPoolClient", { UserPoolId, ClientId }));
  return (await Promise.all(described)).map((answer) => (answer as { UserPoolClient: Client }).UserPoolClient);
}

/** Makes the groups that are missing. One that is not in the settings any more stays. */
async function groupsOf(cognito: Cognito, UserPoolId: string, stack: TerraformJson): Promise<void> {
  const groups = stack.resources("aws_cognito_user_group");
  if (groups.length === 0) return;
  const { Groups = [] } = (await cognito("ListGroups", { UserPoolId })) as { Groups?: Array<{ GroupName: string }> };
  for (const { name, description, precedence } of groups) {
    if (Groups.some(({ GroupName }) => GroupName === name)) continue;
    await cognito("CreateGroup", { UserPoolId, GroupName: name, Description: description, Precedence: precedence });
  }
}
