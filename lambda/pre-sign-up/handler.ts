import { IDENTIFIERS } from "../identity/account";
import { causeOf, deadlineOf, type Invocation } from "../trigger/invocation";
import type { Log } from "../trigger/log";
import type { Messages } from "../trigger/messages";
import type { Count } from "../trigger/metrics";
import { Refusal } from "../trigger/refusal";
import { expiredMetrics, type Uniqueness } from "../uniqueness/uniqueness";
import { readSignUp, type SignUp } from "./event";
import type { LinkToOwner } from "./federated";
import { type Metric, refusalMetrics } from "./metrics";
import type { Federated } from "./options";

export interface Dependencies {
  readonly uniqueness: Uniqueness;
  readonly federated: Federated;
  readonly linkToOwner: LinkToOwner;
  readonly messages: Messages;
  readonly log: Log;
  readonly count: Count<Metric>;
}

/**
 * A Pre-SignUp trigger: answers with the event, unchanged, for a sign-up that may go on, and throws a {@link Refusal}
 * for any other. What goes wrong is a refusal too: a sign-up is admitted only where its identifiers are known to be free.
 */
export function preSignUp({ uniqueness, federated, linkToOwner, messages, log, count }: Dependencies) {
  return async function handler<Event>(event: Event, invocation: Invocation) {
    const start = Date.now();
    const deadline = deadlineOf(invocation, start);
    let signUp: SignUp | undefined;
    try {
      signUp = readSignUp(event);
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

  /** What to count for an admission; throws the refusal. */
  async function decide(signUp: SignUp, deadline: number): Promise<Partial<Record<Metric, number>>> {
    let claim = await uniqueness.claim(signUp, IDENTIFIERS, deadline);
    if (claim.taken === "email" && signUp.trigger === "PreSignUp_ExternalProvider") {
      if (federated === "link" && (await linkToOwner(signUp, deadline))) return { Admitted: 1, Linked: 1 };
      if (federated === "allow") claim = await uniqueness.claim(signUp, ["username"], deadline);
    }
    if (claim.taken) throw new Refusal(claim.taken === "username" ? "usernameTaken" : "emailTaken");
    return { Admitted: 1, ...(claim.takenOver && { TakenOver: claim.takenOver }), ...expiredMetrics(claim) };
  }
}
