import { CognitoIdentityProviderClient } from "@aws-sdk/client-cognito-identity-provider";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { TIME_LIMITS } from "../aws";

// migration/retry.ts retries every call of a migration. It explains why the SDK's own retries are not used.
const ONE_ATTEMPT = { maxAttempts: 1, ...TIME_LIMITS } as const;

export function singleAttemptCognito(region: string): CognitoIdentityProviderClient {
  return new CognitoIdentityProviderClient({ region, ...ONE_ATTEMPT });
}

export function singleAttemptDynamoDb(region: string): DynamoDBClient {
  return new DynamoDBClient({ region, ...ONE_ATTEMPT });
}
