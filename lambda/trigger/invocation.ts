import type { Context } from "aws-lambda";
import { AwsError } from "../aws/client";

/** The parts of Lambda's context that the triggers use. */
export type Invocation = Pick<Context, "awsRequestId" | "getRemainingTimeInMillis">;

/** Milliseconds from the call of the handler to its response. Cognito waits 5 s, including a cold start. */
const BUDGET = 3500;
/** Milliseconds of Lambda's remaining time that are reserved for the response. */
const RESERVE = 250;

/** The deadline of the work, in milliseconds since 1970. */
export function deadlineOf({ getRemainingTimeInMillis }: Invocation, start: number): number {
  return start + Math.min(BUDGET, getRemainingTimeInMillis() - RESERVE);
}

/** The cause of an error without data of the event: messages of runtime errors may quote their input. */
export function causeOf(error: unknown): string {
  if (error instanceof AwsError) return error.code;
  return error instanceof Error ? error.constructor.name : "Unknown";
}
