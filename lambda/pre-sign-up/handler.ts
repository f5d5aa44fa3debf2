import type { Context } from "aws-lambda";
import { AwsError, type Call } from "../aws/client";
import { findTaken } from "./directory";
import { readSignUp, type SignUp } from "./event";
import { listUsersWith } from "./list-users";
import type { Log } from "./log";
import { Refusal } from "./refusal";

/** Milliseconds from the call of the handler to its answer. Cognito waits 5 s, the start of a cold function included. */
const BUDGET = 3500;
/** Milliseconds kept back from what Lambda says is left, for answering. */
const RESERVE = 250;

export interface Dependencies {
  readonly cognito: Call;
  readonly log: Log;
  /** Milliseconds that an account which never confirmed keeps its e-mail address from others. */
  readonly unconfirmedHold: number;
}

/** What Lambda tells a handler, as far as this one asks. */
export type Invocation = Pick<Context, "awsRequestId" | "getRemainingTimeInMillis">;

/**
 * A Pre-SignUp trigger: answers with the event, unchanged, for a sign-up that may go on, and throws a {@link Refusal}
 * for any other. What goes wrong is a refusal too: nobody is admitted unless both look-ups have answered.
 */
export function preSignUp({ cognito, log, unconfirmedHold }: Dependencies) {
  return async function handler<Event>(event: Event, { awsRequestId, getRemainingTimeInMillis }: Invocation) {
    const start = Date.now();
    const deadline = start + Math.min(BUDGET, getRemainingTimeInMillis() - RESERVE);
    let signUp: SignUp | undefined;
    try {
      signUp = readSignUp(event);
      const taken = await findTaken(listUsersWith(cognito, deadline), signUp, unconfirmedHold, start);
      if (taken.username) throw new Refusal("usernameTaken");
      if (taken.email) throw new Refusal("emailTaken");
      report("INFO", "admitted");
      return event;
    } catch (error) {
      if (error instanceof Refusal && error.reason !== "unavailable") {
        report("INFO", "refused", { reason: error.reason });
        throw error;
      }
      report("ERROR", "failed closed", { reason: causeOf(error) });
      throw new Refusal("unavailable");
    }

    function report(level: "INFO" | "ERROR", message: string, fields: { reason?: string } = {}): void {
      const trigger = signUp?.trigger ?? "unknown";
      log(level, message, { requestId: awsRequestId, trigger, milliseconds: Date.now() - start, ...fields });
    }
  };
}

/** What broke, in words that hold nothing of the event: errors of the runtime may quote what they choked on. */
function causeOf(error: unknown): string {
  if (error instanceof AwsError) return error.code;
  if (error instanceof Refusal) return "MalformedEvent";
  return error instanceof Error ? error.constructor.name : "Unknown";
}
