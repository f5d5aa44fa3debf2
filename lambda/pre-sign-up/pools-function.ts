import type { PreSignUpTriggerEvent } from "aws-lambda";
import { AwsError } from "../aws/client";
import type { Invoke } from "../aws/invoke";
import { field } from "../trigger/event";
import type { OwnCheck } from "./own-check";

/** What a Pre-SignUp function may answer: "Pre sign-up Lambda trigger", Cognito developer guide. */
const ANSWERS = ["autoConfirmUser", "autoVerifyEmail", "autoVerifyPhone"] as const;

/** Characters of a refusal's text: what is longer is no text for a user. */
const LONGEST_TEXT = 1000;
/** Characters of a value that is kept out of the text; a shorter one is part of many words. */
const SHORTEST_VALUE = 3;

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

/** The text of what the function threw. Throws an {@link AwsError} if the function did not decide: it crashed, or did not answer in time. */
function refusalIn(payload: unknown, event: PreSignUpTriggerEvent): string {
  const [type, text] = [field(payload, "errorType"), field(payload, "errorMessage")];
  if (typeof text !== "string" || isOfLambda(type, text)) throw new AwsError("FunctionFailed", false);
  if (text.length > LONGEST_TEXT) throw badAnswer();
  // Lambda logs what is thrown, and a browser shows it.
  const plain = withoutValues(text, event)
    .replace(/[\p{C}\p{Zl}\p{Zp}\s]+/gu, " ")
    .trim();
  if (plain === "") throw badAnswer();
  return plain;
}

/** What Lambda and its runtimes say of a function that was not loaded, or did not end: "Troubleshoot execution issues in Lambda", Lambda developer guide. */
const NOT_DECIDED =
  /^(?:Sandbox\.|Extension\.|Runtime\.(?:ExitError|HandlerNotFound|ImportModuleError|InvalidEntrypoint|MalformedHandlerName|MarshalError|NodejsExit|OutOfMemory|Unknown|UserCodeSyntaxError)$)/i;

function isOfLambda(type: unknown, text: string): boolean {
  return (
    (typeof type === "string" && NOT_DECIDED.test(type)) ||
    /Task timed out after \d|^RequestId: \S+ (?:Error|Process exited)/.test(text)
  );
}

/** Without what the user wrote: a refusal's text is in the log. */
function withoutValues(text: string, { userName, request }: PreSignUpTriggerEvent): string {
  const { userAttributes, validationData, clientMetadata } = request;
  const values = [
    userName,
    ...[userAttributes, validationData, clientMetadata].flatMap((all) => Object.values(all ?? {})),
  ];
  const hidden = values
    .filter((value) => typeof value === "string" && value.length >= SHORTEST_VALUE && !/^(?:true|false)$/.test(value))
    .sort((one, other) => other.length - one.length)
    .map((value) => value.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"));
  return hidden.length === 0 ? text : text.replace(new RegExp(hidden.join("|"), "giu"), "…");
}

function badAnswer(): AwsError {
  return new AwsError("BadAnswer", false);
}
