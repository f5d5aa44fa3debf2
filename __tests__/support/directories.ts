import { CognitoIdentityProviderClient } from "@aws-sdk/client-cognito-identity-provider";
import { Calls } from "../../migration/pool/calls";
import { Directory } from "../../migration/pool/directory";

/** A pool at an endpoint, called like the commands do, at a high rate. */
export function directoryAt(endpoint: string, poolId: string): Directory {
  const credentials = { accessKeyId: "test", secretAccessKey: "test" };
  const client = new CognitoIdentityProviderClient({ region: "eu-west-1", credentials, endpoint, maxAttempts: 1 });
  return new Directory(client, poolId, new Calls(2000));
}
