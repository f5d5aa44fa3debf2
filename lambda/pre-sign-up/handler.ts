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
 * A Pre-SignUp trigger. Returns the unchanged event to admit a sign-up and throws a {@link Refusal} to refuse it. It fails
 * closed: an error is a refusal too, so a sign-up is admitted only if its identifiers are known to be free.
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

  /** Returns the metrics of an admission; throws the refusal. */
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
