import { servicesFrom } from "../aws/services";
import { logTo } from "../trigger/log";
import { countTo } from "../trigger/metrics";
import { write } from "../trigger/output";
import { accountsWith } from "../uniqueness/accounts";
import { byReservation } from "../uniqueness/reservations";
import { type Revocable, revocable } from "../uniqueness/revocable";
import { setUp } from "../uniqueness/setup";
import { dynamoTable } from "../uniqueness/table";
import { linkToOwner } from "./federated";
import { NAMESPACE } from "./metrics";
import { fromVariables } from "./options";
import { checkedPreSignUp, type OwnCheck } from "./own-check";

/** The entry that Lambda calls where an environment has a check of its own, configured like index.ts. */
export function withOwnCheck(check: OwnCheck) {
  const { env } = process;
  const options = fromVariables(env);
  const { federated, identityProviders, messages, reservationsTable } = options;
  const services = servicesFrom(env);
  const { uniqueness, directory, cognito } = setUp(options, services);
  const accounts = accountsWith(cognito);
  const table = reservationsTable ? dynamoTable(services.client("dynamodb"), reservationsTable) : undefined;
  return checkedPreSignUp({
    check,
    revocable: (): Revocable =>
      table
        ? revocable(table, (recorded) =>
            byReservation({ directory, accounts, table: recorded, now: () => services.now() }),
          )
        : { uniqueness, release: async () => {} },
    federated,
    linkToOwner: linkToOwner({ cognito, directory, identityProviders }),
    messages,
    log: logTo(write, options.logLevel),
    count: countTo(write, env.AWS_LAMBDA_FUNCTION_NAME ?? "", NAMESPACE),
  });
}
