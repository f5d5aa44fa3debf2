import { DEFAULT_IDENTIFIERS, type Identifiers, isProved } from "../identity/account";
import { causeOf, deadlineOf, type Invocation } from "../trigger/invocation";
import type { Log } from "../trigger/log";
import type { Messages } from "../trigger/messages";
import type { Count } from "../trigger/metrics";
import { Refusal } from "../trigger/refusal";
import { expiredMetrics, type Uniqueness } from "../uniqueness/uniqueness";
import { claimsOf, TAKEN } from "../uniqueness/wanted";
import { readSignUp, type SignUp } from "./event";
import type { LinkToOwner } from "./federated";
import { type Metric, refusalMetrics } from "./metrics";
import type { Federated } from "./options";

export interface Dependencies {
  readonly uniqueness: Uniqueness;
  /** The identifiers that the pool keeps unique. @default username and e-mail address */
  readonly identifiers?: Identifiers;
  readonly federated: Federated;
  readonly linkToOwner: LinkToOwner;
  readonly messages: Messages;
  readonly log: Log;
  readonly count: Count<Metric>;
}

/**
 * A Pre-SignUp trigger. Returns the unchanged event to admit a sign-up and throws a {@link Refusal} to refuse it. It fails
 * closed: an error is a refusal too, so a sign-up is admitted only if its identifiers are known to be free.
 */
export function preSignUp(dependencies: Dependencies) {
  const { uniqueness, identifiers = DEFAULT_IDENTIFIERS, federated, linkToOwner, messages, log, count } = dependencies;

  return async function handler<Event>(event: Event, invocation: Invocation) {
    const start = Date.now();
    const deadline = deadlineOf(invocation, start);
    let signUp: SignUp | undefined;
    try {
      signUp = readSignUp(event, identifiers);
      const counts = await decide(signUp, deadline);
      report("INFO", "admitted", counts);
      return event;
    } catch (error) {
      if (error instanceof Refusal && error.reason !== "unavailable") {
        report("INFO", "refused", refusalMetrics(error.reason), error.reason);
        throw new Refusal(error.reason, messages[error.reason]);
      }
      const malformed = error instanceof Refusal;
      report("ERROR", "failed closed", { FailedClosed: 1 }, malformed ? "MalformedEvent" : causeOf(error));
      throw new Refusal("unavailable", messages.unavailable);
    }

    function report(
      level: "INFO" | "ERROR",
      message: string,
      counts: Partial<Record<Metric, number>>,
      reason?: string,
    ): void {
      const trigger = signUp?.trigger ?? "unknown";
      const milliseconds = Date.now() - start;
      log(level, message, { requestId: invocation.awsRequestId, trigger, milliseconds, ...(reason && { reason }) });
      count(counts);
    }
  };

  /** Returns the metrics of an admission; throws the refusal. */
  async function decide(signUp: SignUp, deadline: number): Promise<Partial<Record<Metric, number>>> {
    const claims = claimsOf(signUp, identifiers);
    let claim = await uniqueness.claim(signUp, claims, deadline);
    if (claim.taken && isProved(claim.taken) && signUp.trigger === "PreSignUp_ExternalProvider") {
      const isEmail = claim.taken === "email";
      if (isEmail && federated === "link" && (await linkToOwner(signUp, deadline))) return { Admitted: 1, Linked: 1 };
      // Its address and its number are not reserved for it: each belongs to the account that has it alone.
      const others = claims.filter((name) => !isProved(name));
      if (federated === "allow") claim = others.length > 0 ? await uniqueness.claim(signUp, others, deadline) : {};
    }
    if (claim.taken) throw new Refusal(TAKEN[claim.taken]);
    return { Admitted: 1, ...(claim.takenOver && { TakenOver: claim.takenOver }), ...expiredMetrics(claim) };
  }
}
