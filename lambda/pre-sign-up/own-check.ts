import type { PreSignUpTriggerEvent } from "aws-lambda";
import { AwsError } from "../aws/client";
import { causeOf, deadlineOf, type Invocation } from "../trigger/invocation";
import type { Log } from "../trigger/log";
import type { Count } from "../trigger/metrics";
import { Refusal, withoutFullStop } from "../trigger/refusal";
import { RELEASE } from "../uniqueness/reservations";
import type { Revocable } from "../uniqueness/revocable";
import { type Dependencies, preSignUp } from "./handler";
import type { Metric } from "./metrics";

/**
 * A check of an environment's own, which runs once the project's has admitted a sign-up. It answers with nothing to admit it too, or with the text that
 * the user reads. It may set `event.response`. What it throws is not shown: the sign-up is refused as unavailable. `deadline` is when its answer comes too
 * late, in milliseconds since 1970.
 */
export type OwnCheck = (
  event: PreSignUpTriggerEvent,
  deadline: number,
) => string | undefined | Promise<string | undefined>;

export interface CheckedDependencies extends Omit<Dependencies, "uniqueness"> {
  readonly check: OwnCheck;
  /** What the log calls it. @default OwnCheck */
  readonly checkName?: string | undefined;
  /** The uniqueness check for one sign-up. */
  readonly revocable: () => Revocable;
}

/** The project's Pre-SignUp trigger, followed by a check of an environment's own, which comes first where an identity would be linked. A refusal of either leaves no reservation behind. */
export function checkedPreSignUp({
  check,
  checkName = "OwnCheck",
  revocable,
  log,
  count,
  ...dependencies
}: CheckedDependencies) {
  return async function handler(event: PreSignUpTriggerEvent, invocation: Invocation) {
    const start = Date.now();
    const deadline = deadlineOf(invocation, start);
    const { uniqueness, release } = revocable();
    const output = heldBack(log, count);
    const decide = preSignUp({ ...dependencies, uniqueness, log: output.log, count: output.count });
    // A link cannot be taken back, and its user signs in without another sign-up: the check has to admit it before.
    const isFirst = dependencies.federated === "link" && event.triggerSource === "PreSignUp_ExternalProvider";
    if (isFirst) await admit();
    try {
      await decide(event, invocation);
    } catch (refusal) {
      output.write();
      throw refusal;
    }
    if (!isFirst) await admit();
    output.write();
    return event;

    /** Throws the refusal of the check. */
    async function admit(): Promise<void> {
      try {
        const text = await answerOf(check, event, deadline - RELEASE);
        if (text === undefined) return;
        // Reported first: a release that takes the rest of the time would be the last that is seen of this call.
        report("INFO", "refused", checkName, { Refused: 1 });
        await release(deadline);
        throw new OwnRefusal(text);
      } catch (error) {
        if (error instanceof OwnRefusal) throw error;
        report("ERROR", "failed closed", `${checkName}: ${causeOf(error)}`, { FailedClosed: 1 });
        await release(deadline);
        throw new Refusal("unavailable", dependencies.messages.unavailable);
      }
    }

    function report(
      level: "INFO" | "ERROR",
      message: string,
      reason: string,
      counts: Partial<Record<Metric, number>>,
    ): void {
      const milliseconds = Date.now() - start;
      log(level, message, { requestId: invocation.awsRequestId, trigger: event.triggerSource, milliseconds, reason });
      const { Admitted, ...others } = output.counts();
      count({ ...others, ...counts });
    }
  };
}

/** Its message is what the check answers. */
class OwnRefusal extends Error {
  override readonly name = "Refusal";

  constructor(text: string) {
    super(withoutFullStop(text));
    this.stack = `${this.name}: ${this.message}`;
  }
}

async function answerOf(check: OwnCheck, event: PreSignUpTriggerEvent, deadline: number): Promise<string | undefined> {
  // What the check does would be done for a sign-up that is refused anyway.
  if (Date.now() >= deadline) throw new AwsError("Timeout", false);
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new AwsError("Timeout", false)), deadline - Date.now());
  });
  try {
    const answer: unknown = await Promise.race([check(event, deadline), late]);
    if (answer === undefined || (typeof answer === "string" && answer !== "")) return answer;
    throw new AwsError("BadAnswer", false);
  } finally {
    clearTimeout(timer);
  }
}

/** What the project's check reports: that it admits a sign-up is true only once the other check admits it, too. */
function heldBack(log: Log, count: Count<Metric>) {
  const lines: Array<() => void> = [];
  let counted: Partial<Record<Metric, number>> = {};
  return {
    log: (...line: Parameters<Log>) => void lines.push(() => log(...line)),
    count: (counts: Partial<Record<Metric, number>>) => {
      counted = counts;
    },
    counts: () => counted,
    write(): void {
      for (const line of lines) line();
      count(counted);
    },
  };
}
