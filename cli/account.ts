import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { TIME_LIMITS, withAwsErrors } from "./aws";

let known: Promise<string> | undefined;

/** Id of the account that the credentials belong to; asked once. */
export function callerAccount(region: string): Promise<string> {
  known ??= withAwsErrors(async () => {
    const { Account } = await new STSClient({ region, ...TIME_LIMITS }).send(new GetCallerIdentityCommand({}));
    if (Account === undefined) throw new Error("STS does not say which account this is");
    return Account;
  });
  return known;
}
