import { servicesFrom } from "../aws/services";
import { logTo } from "../trigger/log";
import { countTo } from "../trigger/metrics";
import { write } from "../trigger/output";
import { setUp } from "../uniqueness/setup";
import { linkToOwner } from "./federated";
import { preSignUp } from "./handler";
import { NAMESPACE } from "./metrics";
import { fromVariables } from "./options";

const { env } = process;
const options = fromVariables(env);
const { federated, identifiers, identityProviders, messages } = options;
const { uniqueness, directory, cognito } = setUp(options, servicesFrom(env));

/** The entry that Lambda calls, configured by the function's environment variables. */
export const handler = preSignUp({
  uniqueness,
  identifiers,
  federated,
  linkToOwner: linkToOwner({ cognito, directory, identityProviders }),
  messages,
  log: logTo(write, options.logLevel),
  count: countTo(write, env.AWS_LAMBDA_FUNCTION_NAME ?? "", NAMESPACE),
});
