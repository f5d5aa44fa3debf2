import { median, quantile } from "simple-statistics";
import type { Call } from "../../lambda/aws/client";
import { AwsError, withRetries } from "../../lambda/aws/request";
import { preSignUp } from "../../lambda/pre-sign-up/handler";
import { MESSAGES } from "../../lambda/trigger/messages";
import { accountsWith } from "../../lambda/uniqueness/accounts";
import { byDirectory } from "../../lambda/uniqueness/by-directory";
import { Directory } from "../../lambda/uniqueness/directory";
import { listUsersWith } from "../../lambda/uniqueness/list-users";
import { byReservation } from "../../lambda/uniqueness/reservations";
import { dynamoTable } from "../../lambda/uniqueness/table";
import type { Uniqueness } from "../../lambda/uniqueness/uniqueness";
import { Quota } from "./quota";
import { inVirtualTime } from "./virtual-time";

/** Calls a second for an account and Region: "Quotas in Amazon Cognito", category UserList; cannot be raised. */
export const LIST_USERS = 30;

/** Ways to check a sign-up, each with an address in lower case or with capitals. */
export const WAYS = ["reserved", "reserved, capitals typed", "directory", "directory, capitals typed"] as const;
type Way = (typeof WAYS)[number];

/** Milliseconds that AWS takes to answer, at least and at most: uniformly distributed. */
const LATENCY = { from: 8, to: 32 };

/**
 * Simulates sign-ups at a rate of `offered` a second in virtual time. The function is the real one, with the real client's
 * retries; AWS is a quota and a latency. Every sign-up has its own identifiers.
 */
export function simulate(way: Way, offered: number, seconds: number) {
  return inVirtualTime(offered, async (until) => {
    const quota = new Quota(LIST_USERS);
    let calls = 0;
    const cognito = callTo(() => {
      calls++;
      return quota.take(Date.now()) ? { Users: [] } : new AwsError("TooManyRequestsException", true);
    });
    const handler = handlerWith(uniquenessOf(way, cognito));
    const waited: number[] = [];
    let admitted = 0;
    let failedClosed = 0;

    const signUp = async (number: number) => {
      const start = Date.now();
      const letters = way.endsWith("capitals typed") ? "Person" : "person";
      const event = {
        triggerSource: "PreSignUp_SignUp",
        userPoolId: "eu-west-1_Abcdefghi",
        userName: `${letters}${number}`,
        request: { userAttributes: { email: `${letters}${number}@example.com` } },
      };
      const invocation = { awsRequestId: String(number), getRemainingTimeInMillis: () => start + 4000 - Date.now() };
      await handler(event, invocation).then(
        () => admitted++,
        () => failedClosed++,
      );
      waited.push(Date.now() - start);
    };

    const running: Promise<void>[] = [];
    // Independent arrivals: a Poisson process.
    for (let at = 0; at < seconds * 1000; at += (-Math.log(1 - Math.random()) * 1000) / offered) {
      await until(at);
      running.push(signUp(running.length));
    }
    await Promise.all(running);
    // A second: admitted, and refused because the quota was used up. Calls: of each sign-up, repeated ones included.
    return {
      admitted: admitted / seconds,
      failedClosed: failedClosed / seconds,
      waiting: [median(waited), quantile(waited, 0.95)],
      calls: calls / running.length,
    };
  });
}

/** A service that responds or fails after a latency. The client's own rules retry it. */
function callTo(answer: () => object | AwsError): Call {
  const once = async (timeout: number) => {
    const latency = LATENCY.from + Math.random() * (LATENCY.to - LATENCY.from);
    const given = answer();
    await new Promise((resolve) => setTimeout(resolve, Math.min(latency, timeout)));
    if (latency > timeout) throw new AwsError("Timeout", true);
    if (given instanceof AwsError) throw given;
    return given;
  };
  return (_target, _input, deadline) => withRetries(once, deadline);
}

function uniquenessOf(way: Way, cognito: Call): Uniqueness {
  const now = () => Date.now();
  const directory = new Directory({ listUsers: listUsersWith(cognito), unconfirmedHold: 86_400_000, now });
  const accounts = accountsWith(cognito);
  if (way.startsWith("directory")) return byDirectory({ directory, accounts });
  // An on-demand table allows far more calls than Cognito's quota.
  const dynamoDb = callTo(() => ({}));
  return byReservation({ table: dynamoTable(dynamoDb, "reservations"), directory, accounts, now });
}

function handlerWith(uniqueness: Uniqueness) {
  return preSignUp({
    uniqueness,
    federated: "refuse",
    linkToOwner: async () => false,
    messages: MESSAGES,
    log: () => {},
    count: () => {},
  });
}
