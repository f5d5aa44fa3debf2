import { assumeRole, signedWith } from "../aws/assume-role";
import { awsClient } from "../aws/client";
import { type Credentials, signedPost } from "../aws/request";
import { servicesFrom } from "../aws/services";
import { logTo } from "../trigger/log";
import { countTo } from "../trigger/metrics";
import { write } from "../trigger/output";
import { Directory } from "../uniqueness/directory";
import { listUsersWith } from "../uniqueness/list-users";
import { setUp } from "../uniqueness/setup";
import { userMigration } from "./handler";
import { NAMESPACE } from "./metrics";
import { cognitoPool } from "./old-pool";
import { fromVariables, regionOf } from "./options";

const { env } = process;
const options = fromVariables(env);
const { userPoolId, clientId, roleArn, externalId, renameToId } = options.migrateFrom;
const functionName = env.AWS_LAMBDA_FUNCTION_NAME ?? "";
const services = servicesFrom(env);
const { now } = services;

const oldPool = (changed: { credentials?: Credentials } = {}) =>
  awsClient(services.config("cognito-idp", { region: regionOf(userPoolId), ...changed }));
const call = roleArn
  ? signedWith(
      assumeRole({
        post: signedPost(services.config("sts")),
        roleArn,
        externalId,
        sessionName: functionName || "user-migration",
        now,
      }),
      (credentials) => oldPool({ credentials }),
    )
  : oldPool();
// An unconfirmed account of the old pool does not conflict with another account.
const directory = new Directory({ listUsers: listUsersWith(call), unconfirmedHold: 0, now });

/** The entry that Lambda calls, configured by the function's environment variables. */
export const handler = userMigration({
  oldPool: cognitoPool({ call, userPoolId, clientId, directory }),
  identifiers: options.identifiers,
  renameToId,
  uniqueness: setUp(options, services, "migration").uniqueness,
  log: logTo(write, options.logLevel),
  count: countTo(write, functionName, NAMESPACE),
});
