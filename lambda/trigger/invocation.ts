import type { Context } from "aws-lambda";
import { AwsError } from "../aws/client";

/** What Lambda tells a handler, as far as a user pool's triggers ask. */
export type Invocation = Pick<Context, "awsRequestId" | "getRemainingTimeInMillis">;

/** Milliseconds from the call of the handler to its answer. Cognito waits 5 s, the start of a cold function included. */
const BUDGET = 3500;
/** Milliseconds kept back from what Lambda says is left, for answering. */
const RESERVE = 250;

/** When the work for an answer has to be done, in milliseconds since 1970. */
export function deadlineOf({ getRemainingTimeInMillis }: Invocation, start: number): number {
  return start + Math.min(BUDGET, getRemainingTimeInMillis() - RESERVE);
}

/** What broke, in words that hold nothing of the event: errors of the runtime may quote what they choked on. */
export function causeOf(error: unknown): string {
  if (error instanceof AwsError) return error.code;
  return error instanceof Error ? error.constructor.name : "Unknown";
}
