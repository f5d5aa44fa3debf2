import { AwsError } from "../aws/client";
import { DEFAULT_IDENTIFIERS, type Identifiers } from "../identity/account";
import { causeOf, deadlineOf, type Invocation } from "../trigger/invocation";
import type { Log } from "../trigger/log";
import type { Count } from "../trigger/metrics";
import { Refusal } from "../trigger/refusal";
import { expiredMetrics, type Uniqueness } from "../uniqueness/uniqueness";
import { claimsOf, TAKEN, wanted } from "../uniqueness/wanted";
import { type Answer, answerFor, newUsername, requireMovable } from "./account";
import { Declined } from "./declined";
import { readSignIn, type SignIn } from "./event";
import type { Metric } from "./metrics";
import type { OldPool } from "./old-pool";

export interface Dependencies {
  readonly oldPool: OldPool;
  /** The check that the pool makes before every sign-up. */
  readonly uniqueness: Uniqueness;
  /** The identifiers that the pool keeps unique. @default username and e-mail address */
  readonly identifiers?: Identifiers;
  /** Whether a username that the pool does not accept becomes the account's old id: {@link newUsername}. @default it is declined */
  readonly renameToId?: boolean | undefined;
  readonly log: Log;
  readonly count: Count<Metric>;
}

/**
 * A user-migration trigger. Returns the account for Cognito to create, or throws {@link Declined}. An account is migrated only
 * if the old pool accepts the sign-in and its identifiers are known to be free in the new pool: the check is the same as for a
 * sign-up. It fails closed.
 */
export function userMigration(dependencies: Dependencies) {
  const { oldPool, uniqueness, identifiers = DEFAULT_IDENTIFIERS, renameToId = false, log, count } = dependencies;

  return async function handler<Event extends object>(
    event: Event,
    invocation: Invocation,
  ): Promise<Event & { response: Answer }> {
    const start = Date.now();
    const deadline = deadlineOf(invocation, start);
    let signIn: SignIn | undefined;
    try {
      signIn = readSignIn(event);
      const { response, counts } = await decide(signIn, deadline);
      report("INFO", "migrated", { Migrated: 1, ...counts });
      return { ...event, response };
    } catch (error) {
      const reason = refusedFor(error);
      if (reason === undefined) {
        const malformed = error instanceof Declined || error instanceof Refusal;
        report("ERROR", "failed closed", { FailedClosed: 1 }, malformed ? "MalformedEvent" : causeOf(error));
        throw new Declined("unavailable");
      }
      // Without a decision of the operator the account is never migrated.
      const level = reason === "conflict" ? "WARN" : "INFO";
      report(level, "refused", { Refused: 1, ...(reason === "conflict" && { Conflict: 1 }) }, reason);
      throw new Declined(reason);
    }

    function report(
      level: "INFO" | "WARN" | "ERROR",
      message: string,
      counts: Partial<Record<Metric, number>>,
      reason?: string,
    ): void {
      const trigger = signIn?.trigger ?? "unknown";
      const milliseconds = Date.now() - start;
      log(level, message, { requestId: invocation.awsRequestId, trigger, milliseconds, ...(reason && { reason }) });
      count(counts);
    }
  };

  async function decide(signIn: SignIn, deadline: number) {
    const { trigger, userPoolId, username } = signIn;
    // Calling the same pool would invoke this function recursively.
    if (userPoolId === oldPool.id) throw new AwsError("SamePool", false);
    if (signIn.trigger === "UserMigration_Authentication") {
      await oldPool.authenticate(username, signIn.password, deadline);
    }
    const account = await oldPool.find(username, deadline);
    requireMovable(account, trigger, identifiers);
    // A preferred username is not migrated where users sign in with it: its owner can choose it again.
    const attribute = (name: string) => (name === "preferred_username" ? undefined : account.attributes.get(name));
    const newName = newUsername(account, identifiers, renameToId);
    const identities = wanted(userPoolId, newName, attribute, identifiers);
    if (await oldPool.hasRival(account, identities, deadline)) throw new Declined("conflict");
    const claim = await uniqueness.claim(identities, claimsOf(identities, identifiers), deadline);
    if (claim.taken) throw new Declined(TAKEN[claim.taken]);
    return { response: answerFor(account, identities, trigger), counts: expiredMetrics(claim) };
  }
}

/** Why an account is not migrated; undefined for an unexpected error. */
function refusedFor(error: unknown): Exclude<Declined["reason"], "unavailable"> | undefined {
  const { reason } = error instanceof Declined || error instanceof Refusal ? error : { reason: undefined };
  return reason === "unavailable" ? undefined : reason;
}
