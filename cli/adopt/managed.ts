import { type CognitoIdentityProviderClient, paginateListUserPools } from "@aws-sdk/client-cognito-identity-provider";
import { ownName } from "../../settings/environment";
import type { Project } from "../../settings/project";
import { describedPool } from "../described-pool";
import { Failure } from "../failure";
import type { FoundPool } from "./existing";

type Tags = Readonly<Record<string, unknown>>;

/**
 * Throws a {@link Failure} where the pool has the tags that a deployed environment of this project gives its pool: a second import would
 * give the pool two managers, or would be ignored by Terraform.
 */
export function refuseManaged({ pool, poolId }: FoundPool, project: string, environment: string): void {
  const tags = (pool.values.tags ?? {}) as Tags;
  const manager = tags.environment;
  if (tags.project !== project || manager === undefined) return;
  const has = `The user pool ${poolId} has the tags project=${project} and environment=${manager}`;
  const said =
    manager === environment
      ? `${has}: ${environment} manages it already, and there is nothing to adopt. If the state of ${environment} is lost, take the pool back with \`npm run recover -- ${environment}\`.`
      : `${has}: the environment ${manager} manages it, and two environments would undo each other's changes. Deploy ${manager}, or adopt another pool.`;
  throw new Failure(`${said}\n${unlessUnmanaged(poolId)}`, 64);
}

/**
 * Throws a {@link Failure} where the environment has deployed another pool: Terraform ignores the import of an address that is in its state,
 * and would replace that pool. Pools are found by the names that the environment's settings give them, and by their tags.
 *
 * @param client of the environment's Region
 */
export async function refuseSecondPool(
  client: CognitoIdentityProviderClient,
  { name: project, environments }: Pick<Project, "name" | "environments">,
  environment: string,
  poolId: string,
): Promise<void> {
  const written = environments.find(({ name }) => name === environment)?.userPoolName;
  const names = [written, ownName(project, environment)];
  for await (const { UserPools = [] } of paginateListUserPools({ client }, { MaxResults: 60 })) {
    for (const { Id: id, Name: name } of UserPools) {
      if (id === undefined || id === poolId || !names.includes(name)) continue;
      const { UserPoolTags: tags = {} } = await describedPool(client, id);
      if (tags.project !== project || tags.environment !== environment) continue;
      throw new Failure(
        `The environment ${environment} has the user pool ${id} already: Terraform would replace it, and import nothing. Adopt ${poolId} into an environment that is not deployed, or destroy ${environment} first.\n${unlessUnmanaged(id)}`,
        64,
      );
    }
  }
}

function unlessUnmanaged(poolId: string): string {
  return `Only if no environment of this project manages ${poolId} (another tool has put the tags there, or the environment is gone), take a tag away, and run this again: aws cognito-idp untag-resource --resource-arn <ARN of ${poolId}> --tag-keys environment`;
}
