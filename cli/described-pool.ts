import {
  type CognitoIdentityProviderClient,
  DescribeUserPoolCommand,
  type DescribeUserPoolCommandOutput,
  type UserPoolType,
} from "@aws-sdk/client-cognito-identity-provider";
import { Failure } from "./failure";

/** A user pool as Cognito describes it. Throws what the call throws, and a {@link Failure} for an answer without this pool. */
export async function describedPool(client: CognitoIdentityProviderClient, userPoolId: string): Promise<UserPoolType> {
  return poolIn(await client.send(new DescribeUserPoolCommand({ UserPoolId: userPoolId })), userPoolId);
}

/** Throws a {@link Failure} unless Cognito has described this pool. */
export function poolIn({ UserPool: pool }: Partial<DescribeUserPoolCommandOutput>, userPoolId: string): UserPoolType {
  if (pool?.Id === userPoolId && pool.Arn !== undefined) return pool;
  throw new Failure(
    `Cognito's answer to DescribeUserPool does not describe the pool ${userPoolId}. Run the command again.`,
  );
}
