import type { PreSignUpTriggerEvent } from "aws-lambda";
import { AwsError } from "../../../lambda/aws/client";
import type { Invoke, Invoked } from "../../../lambda/aws/invoke";
import { poolsFunction } from "../../../lambda/pre-sign-up/pools-function";
import { signUpEvent } from "../../support/events";

const ARN = "arn:aws:lambda:eu-west-1:111122223333:function:only-acme:live";
const ana = () => signUpEvent("ana.of.acme", "ana@example.com") as unknown as PreSignUpTriggerEvent;

/** What the check makes of this answer, and of the event. */
async function asked(answer: Partial<Invoked>, event = ana()) {
  const invoke = jest.fn<ReturnType<Invoke>, Parameters<Invoke>>(async () => ({
    failed: false,
    payload: undefined,
    ...answer,
  }));
  const text = await poolsFunction(invoke, ARN)(event, 4711);
  return { text, event, invoke };
}

const codeOf = (answer: Partial<Invoked>) =>
  asked(answer).then(
    ({ text }) => ({ text }),
    (error: unknown) => (error instanceof AwsError ? error.code : error),
  );

it("the function gets the same event, until the same deadline", async () => {
  const { invoke, text } = await asked({ payload: { ...ana() } });
  expect(text).toBeUndefined();
  expect(invoke.mock.calls).toEqual([[ARN, ana(), 4711]]);
});

it("what it sets of the answer is taken over, and nothing else of the event", async () => {
  const payload = {
    ...ana(),
    userName: "another",
    request: { userAttributes: { email: "another@example.com" } },
    response: { autoConfirmUser: true, autoVerifyEmail: false, autoVerifyPhone: true },
  };
  const { event } = await asked({ payload });
  expect(event).toEqual({ ...ana(), response: payload.response });
});

it("what it does not set of the answer stays as Cognito has it", async () => {
  const { event } = await asked({ payload: { response: { autoVerifyEmail: true } } });
  expect(event.response).toEqual({ ...ana().response, autoVerifyEmail: true });
});

it("what it throws is the text of the refusal, on one line", async () => {
  const payload = {
    errorType: "Error",
    errorMessage: "Sign up with\n your address\u2028of acme.com.\u0000",
    stackTrace: [],
  };
  expect((await asked({ failed: true, payload })).text).toBe("Sign up with your address of acme.com.");
});

it("nothing that the user wrote is in the text, in whatever letter case", async () => {
  const event = ana();
  event.request.userAttributes.phone_number = "+442079460123";
  event.request.userAttributes.email_verified = "true";
  event.request.userAttributes.locale = "en";
  event.request.validationData = { code: "a(b" };
  event.request.clientMetadata = { invitation: "x-17" };
  const errorMessage = "It is true: ANA.OF.ACME <ana@Example.com> +442079460123 en a(b x-17!";
  const { text } = await asked({ failed: true, payload: { errorMessage } }, event);
  expect(text).toBe("It is true: … <…> … en … …!");
});

it("of a value that begins with another one, nothing is left", async () => {
  const event = { ...ana(), userName: "ana" };
  const { text } = await asked({ failed: true, payload: { errorMessage: "ana@example.com: no" } }, event);
  expect(text).toBe("…: no");
});

it.each([
  ["the part before the @", "ana.smith is on the deny list", "… is on the deny list"],
  ["an address with a character that is not seen", "Not ana.smith@exam\u200bple.com.", "Not …."],
  ["an address with a soft hyphen, in capitals", "Not ANA.\u00adSMITH@EXAMPLE.COM.", "Not …."],
  ["a name with other blanks", "Ana\u00a0\n  Smith\u00e9 is known", "… is known"],
  ["a name without blanks", "anasmith\u00e9 is known", "… is known"],
  ["a name whose accent is a character of its own", "ANA SMITHE\u0301 is known", "… is known"],
  ["a number in groups", "Call +44 (20) 7946-0123 or 442079460123", "Call … or …"],
  ["a value that the user wrote with invisible characters", "Code x17y is used", "Code … is used"],
])("what the user wrote is not in the text as %s", async (_, errorMessage, expected) => {
  const event = ana();
  event.request.userAttributes = {
    email: "ana.smith@example.com",
    name: "Ana  Smith\u00e9",
    phone_number: "+442079460123",
  };
  event.request.clientMetadata = { code: "x1\u200b7y" };
  expect((await asked({ failed: true, payload: { errorMessage } }, event)).text).toBe(expected);
});

it("a part of an address that is part of another word stays, and so does its domain", async () => {
  const event = ana();
  event.request.userAttributes.email = "info@acme.com";
  const errorMessage = "No information for acme.com: info is taken";
  const { text } = await asked({ failed: true, payload: { errorMessage } }, event);
  expect(text).toBe("No information for acme.com: … is taken");
});

it.each([
  ...["Runtime.UnhandledPromiseRejection", "Runtime.ExitError", "Sandbox.Timedout", "Extension.Crash"],
  ...["TypeError", "ReferenceError", "RangeError", "SyntaxError", "AggregateError", "AbortError"],
  ...["KeyError", "ValueError", "AttributeError", "ModuleNotFoundError", "ZeroDivisionError", "TimeoutError"],
  ...["AccessDeniedException", "ThrottlingException", "CredentialsProviderError", "ClientError"],
  ...["java.lang.NullPointerException", "java.util.NoSuchElementException"],
])("a function that throws %s has not decided, and fails closed", async (errorType) => {
  expect(await codeOf({ failed: true, payload: { errorType, errorMessage: "No." } })).toBe("FunctionFailed");
});

it.each([
  "User: arn:aws:sts::111122223333:assumed-role/only-acme/only-acme is not authorized to perform: dynamodb:GetItem",
  "An error occurred (UserNotFoundException) when calling the AdminGetUser operation: User does not exist.",
])("a function whose text is AWS's has not decided, whatever it throws: %s", async (errorMessage) => {
  for (const errorType of ["Error", "Exception", "UserNotFoundException", undefined]) {
    expect(await codeOf({ failed: true, payload: { errorType, errorMessage } })).toBe("FunctionFailed");
  }
});

it.each([
  ...["Error", "Exception", "NotOfAcme", "DomainError", "SignUpRefusedException", "errorString", undefined],
  ...["java.lang.Exception", "java.lang.RuntimeException", "com.acme.Refused", "Function<RuntimeError>"],
])("a function that throws %s has decided", async (errorType) => {
  expect(await codeOf({ failed: true, payload: { errorType, errorMessage: "No." } })).toEqual({ text: "No." });
});

it.each<[string, unknown, string]>([
  ["nothing", null, "BadAnswer"],
  ["a text", "yes", "BadAnswer"],
  ["a list", [], "BadAnswer"],
  ["no response", {}, "BadAnswer"],
  ["an inherited response", Object.create({ response: {} }), "BadAnswer"],
  ["a response that is a list", { response: [] }, "BadAnswer"],
  ["a response of another trigger", { response: { claimsOverrideDetails: {} } }, "BadAnswer"],
  ["more than a sign-up's response", { response: { autoConfirmUser: true, isAdministrator: true } }, "BadAnswer"],
  ["a text for true or false", { response: { autoConfirmUser: "true" } }, "BadAnswer"],
  ["null for true or false", { response: { autoVerifyEmail: null } }, "BadAnswer"],
  ["a prototype", JSON.parse('{ "response": { "__proto__": { "autoConfirmUser": true } } }'), "BadAnswer"],
])("a function that answers with %s fails closed", async (_, payload, code) => {
  expect(await codeOf({ payload })).toBe(code);
});

it.each<[string, unknown, string]>([
  ["nothing", null, "FunctionFailed"],
  ["no text", { errorType: "Error" }, "FunctionFailed"],
  ["an object for a text", { errorMessage: {} }, "FunctionFailed"],
  ["an empty text", { errorMessage: " \u200b" }, "BadAnswer"],
  ["a book", { errorMessage: "a".repeat(1001) }, "BadAnswer"],
  [
    "the end of its time",
    { errorMessage: "2026-01-01T12:00:00.000Z 8a7b Task timed out after 3.00 seconds" },
    "FunctionFailed",
  ],
  [
    "the end of its time, newer",
    { errorType: "Sandbox.Timedout", errorMessage: "RequestId: 8a7b Error: Task timed out after 3.00 seconds" },
    "FunctionFailed",
  ],
  [
    "the end of its process",
    { errorMessage: "RequestId: 8a7b Error: Runtime exited with error: signal: killed" },
    "FunctionFailed",
  ],
  [
    "code that does not load",
    { errorType: "Runtime.ImportModuleError", errorMessage: "Error: Cannot find module" },
    "FunctionFailed",
  ],
])("a function that fails with %s fails closed", async (_, payload, code) => {
  expect(await codeOf({ failed: true, payload })).toBe(code);
});
