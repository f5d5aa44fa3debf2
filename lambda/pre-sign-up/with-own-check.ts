import { servicesFrom } from "../aws/services";
import { logTo } from "../trigger/log";
import { countTo } from "../trigger/metrics";
import { write } from "../trigger/output";
import { type Revocable, revocable } from "../uniqueness/revocable";
import { setUp } from "../uniqueness/setup";
import { linkToOwner } from "./federated";
import { NAMESPACE } from "./metrics";
import { fromVariables } from "./options";
import { checkedPreSignUp, type OwnCheck } from "./own-check";

/** The entry that Lambda calls where an environment has a check of its own, configured like index.ts. `checkName` is for the log. */
export function withOwnCheck(check: OwnCheck, checkName?: string) {
  const { env } = process;
  const options = fromVariables(env);
  const { federated, identifiers, identityProviders, messages } = options;
  const { uniqueness, directory, cognito, table, reservedIn } = setUp(options, servicesFrom(env));
  return checkedPreSignUp({
    check,
    checkName,
    identifiers,
    revocable: (): Revocable => (table ? revocable(table, reservedIn) : { uniqueness, release: async () => {} }),
    federated,
    linkToOwner: linkToOwner({ cognito, directory, identityProviders }),
    messages,
    log: logTo(write, options.logLevel),
    count: countTo(write, env.AWS_LAMBDA_FUNCTION_NAME ?? "", NAMESPACE),
  });
}
