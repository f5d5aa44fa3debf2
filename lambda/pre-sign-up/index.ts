import { awsClient, environmentCredentials } from "../aws/client";
import { preSignUp } from "./handler";
import { logTo } from "./log";

const { env } = process;

/** The entry that Lambda calls, set up from the function's environment variables. */
export const handler = preSignUp({
  cognito: awsClient({
    service: "cognito-idp",
    region: env.AWS_REGION ?? "",
    credentials: environmentCredentials(env),
    endpoint: env.AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER || env.AWS_ENDPOINT_URL || undefined,
  }),
  // Not console: what Lambda makes of its lines is no longer one JSON object a line.
  log: logTo((line) => process.stdout.write(line), env.LOG_LEVEL),
  unconfirmedHold: Number(env.UNCONFIRMED_HOLD_HOURS ?? 24) * 3_600_000,
});
