import type { PreSignUpTriggerEvent } from "aws-lambda";
import { AwsError } from "../aws/client";
import type { Invoke } from "../aws/invoke";
import { field } from "../trigger/event";
import { withoutValues } from "./hidden-values";
import { isNoDecision } from "./not-decided";
import type { OwnCheck } from "./own-check";

/** What a Pre-SignUp function may answer: "Pre sign-up Lambda trigger", Cognito developer guide. */
const ANSWERS = ["autoConfirmUser", "autoVerifyEmail", "autoVerifyPhone"] as const;

/** Characters of a refusal's text: what is longer is no text for a user. */
const LONGEST_TEXT = 1000;

/**
 * The check by the function that the pool called before this one. It gets the same event. What it sets of the answer is taken over; what it throws is
 * the text of the refusal, as Cognito would show it. Its answer is not trusted: what is not known in it fails closed.
 */
export function poolsFunction(invoke: Invoke, functionArn: string): OwnCheck {
  return async function check(event, deadline) {
    const { failed, payload } = await invoke(functionArn, event, deadline);
    if (failed) return refusalIn(payload, event);
    event.response = { ...event.response, ...answerIn(payload) };
    return undefined;
  };
}

type Answer = Partial<Record<(typeof ANSWERS)[number], boolean>>;

/** Cognito takes the event back, and of it the response only. */
function answerIn(payload: unknown): Answer {
  const response = field(payload, "response");
  if (typeof response !== "object" || response === null || Array.isArray(response)) throw badAnswer();
  const isKnown = ([name, value]: [string, unknown]) =>
    ANSWERS.some((known) => known === name) && typeof value === "boolean";
  if (!Object.entries(response).every(isKnown)) throw badAnswer();
  return response;
}

/** The text of what the function threw. Throws an {@link AwsError} if the function did not decide: it broke, or did not answer in time. */
function refusalIn(payload: unknown, event: PreSignUpTriggerEvent): string {
  const [type, text] = [field(payload, "errorType"), field(payload, "errorMessage")];
  if (typeof text !== "string" || isNoDecision(type, text)) throw new AwsError("FunctionFailed", false);
  if (text.length > LONGEST_TEXT) throw badAnswer();
  const plain = withoutValues(text, event);
  if (plain === "") throw badAnswer();
  return plain;
}

function badAnswer(): AwsError {
  return new AwsError("BadAnswer", false);
}
