import { type Dependencies, preSignUp } from "../../lambda/pre-sign-up/handler";
import { NAMESPACE } from "../../lambda/pre-sign-up/metrics";
import type { Invocation } from "../../lambda/trigger/invocation";
import { logTo } from "../../lambda/trigger/log";
import { MESSAGES } from "../../lambda/trigger/messages";
import { countTo } from "../../lambda/trigger/metrics";
import type { Accounts } from "../../lambda/uniqueness/accounts";
import { byDirectory } from "../../lambda/uniqueness/by-directory";
import { Directory } from "../../lambda/uniqueness/directory";
import type { ListUsers } from "../../lambda/uniqueness/list-users";
import { byReservation } from "../../lambda/uniqueness/reservations";
import type { ReservationsTable } from "../../lambda/uniqueness/table";

export const DAY = 24 * 3_600_000;

export interface Parts {
  readonly listUsers: ListUsers;
  /** Single accounts of the pool. @default there are none */
  readonly accounts?: Accounts;
  /** Without a table the function uses look-ups only. */
  readonly table?: ReservationsTable | undefined;
  readonly now?: () => number;
  /** Milliseconds that Lambda says are left. */
  readonly remaining?: number;
}

export const NO_ACCOUNTS: Accounts = { read: async () => undefined, remove: async () => {} };

export interface Outcome {
  readonly answer?: unknown;
  readonly refusal?: Error;
  readonly milliseconds: number;
}

/** The function with these parts, and its output. */
export function handlerOf(
  { listUsers, accounts = NO_ACCOUNTS, table, now = Date.now, remaining = 4000 }: Parts,
  changed: Partial<Dependencies> = {},
) {
  const lines: string[] = [];
  const write = (line: string) => lines.push(line);
  const directory = new Directory({ listUsers, unconfirmedHold: DAY, now });
  const handler = preSignUp({
    uniqueness: table ? byReservation({ table, directory, accounts, now }) : byDirectory({ directory, accounts }),
    federated: "refuse",
    linkToOwner: async () => false,
    messages: MESSAGES,
    log: logTo(write, "DEBUG"),
    count: countTo(write, "acme-dev-pre-sign-up", NAMESPACE),
    ...changed,
  });
  return observed(handler, lines, remaining);
}

/** A handler that is invoked like in Lambda, and its output. */
export function observed(
  handler: (event: object, invocation: Invocation) => Promise<unknown>,
  lines: string[],
  remaining: number,
) {
  return {
    lines,
    /** The lines of the log. */
    logged: () => lines.map((line) => JSON.parse(line)).filter((line) => line.level),
    /** The sum of every metric. */
    counted(): Record<string, number> {
      const sums: Record<string, number> = {};
      for (const line of lines.map((text) => JSON.parse(text)).filter((parsed) => parsed._aws)) {
        for (const { Name } of line._aws.CloudWatchMetrics[0].Metrics) sums[Name] = (sums[Name] ?? 0) + line[Name];
      }
      return sums;
    },
    async handle(event: unknown): Promise<Outcome> {
      const start = Date.now();
      const invocation = { awsRequestId: "request-1", getRemainingTimeInMillis: () => remaining };
      try {
        const answer = await handler(event as object, invocation);
        return { answer, milliseconds: Date.now() - start };
      } catch (refusal) {
        return { refusal: refusal as Error, milliseconds: Date.now() - start };
      }
    },
  };
}
