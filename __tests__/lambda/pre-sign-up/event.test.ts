import { readSignUp, TRIGGERS } from "../../../lambda/pre-sign-up/event";
import type { Reason } from "../../../lambda/trigger/messages";
import { Refusal } from "../../../lambda/trigger/refusal";
import { signUpEvent } from "../../support/events";

function reasonOf(event: unknown): Reason | undefined {
  try {
    readSignUp(event);
  } catch (error) {
    if (error instanceof Refusal) return error.reason;
    throw error;
  }
  return undefined;
}

it.each(TRIGGERS)("%s is read", (triggerSource) => {
  expect(readSignUp({ ...signUpEvent("Ana", "Ana@Example.com"), triggerSource })).toEqual({
    trigger: triggerSource,
    userPoolId: "eu-west-1_AbCdEfGhI",
    username: { typed: "Ana", canonical: "ana" },
    email: { typed: "Ana@Example.com", canonical: "ana@example.com" },
    emailVerified: false,
  });
});

it.each<[unknown, boolean]>([
  ["true", true],
  [true, true],
  ["false", false],
  ["TRUE", false],
  [1, false],
  [undefined, false],
])("an e-mail address that an identity provider calls verified with %p is: %s", (said, verified) => {
  const event = signUpEvent("Google_1", "ana@example.com");
  const userAttributes = { ...event.request.userAttributes, email_verified: said };
  expect(readSignUp({ ...event, request: { userAttributes } }).emailVerified).toBe(verified);
});

it("validationData and clientMetadata may be absent", () => {
  const { request, ...event } = signUpEvent("ana", "ana@example.com");
  expect(reasonOf({ ...event, request: { userAttributes: request.userAttributes } })).toBeUndefined();
});

describe("a malformed event fails closed", () => {
  const event = signUpEvent("ana", "ana@example.com");
  it.each<[what: string, event: unknown, reason: Reason]>([
    ["nothing", undefined, "unavailable"],
    ["null", null, "unavailable"],
    ["a string", "event", "unavailable"],
    ["a list", [event], "unavailable"],
    ["another trigger", { ...event, triggerSource: "PostConfirmation_ConfirmSignUp" }, "unavailable"],
    ["no trigger", { ...event, triggerSource: undefined }, "unavailable"],
    ["no pool", { ...event, userPoolId: undefined }, "unavailable"],
    ["a pool that is a number", { ...event, userPoolId: 1 }, "unavailable"],
    ["no username", { ...event, userName: undefined }, "usernameMissing"],
    ["an empty username", { ...event, userName: "" }, "usernameMissing"],
    ["a username that is an object", { ...event, userName: { length: 1 } }, "usernameMissing"],
    ["a username of 129 characters", { ...event, userName: "a".repeat(129) }, "usernameTooLong"],
    ["a username whose quotes fill the filter", { ...event, userName: '"'.repeat(122) }, "usernameTooLong"],
    ["a username whose lower case fills the filter", { ...event, userName: "İ".repeat(128) }, "usernameTooLong"],
    ["no request", { ...event, request: undefined }, "emailMissing"],
    ["a request that is null", { ...event, request: null }, "emailMissing"],
    ["no attributes", { ...event, request: {} }, "emailMissing"],
    ["attributes in a list", { ...event, request: { userAttributes: [{ Name: "email" }] } }, "emailMissing"],
    ["no e-mail address", { ...event, request: { userAttributes: { sub: "1" } } }, "emailMissing"],
    ["an e-mail address that is null", { ...event, request: { userAttributes: { email: null } } }, "emailMissing"],
    ["an empty e-mail address", { ...event, request: { userAttributes: { email: "" } } }, "emailMissing"],
    ["a list of e-mail addresses", { ...event, request: { userAttributes: { email: ["a@x"] } } }, "emailMissing"],
    [
      "an inherited e-mail address",
      { ...event, request: { userAttributes: Object.create({ email: "a@x" }) } },
      "emailMissing",
    ],
    [
      "an e-mail address behind __proto__",
      JSON.parse(
        '{"triggerSource":"PreSignUp_SignUp","userPoolId":"p","userName":"a","request":{"userAttributes":{"__proto__":{"email":"a@x"}}}}',
      ),
      "emailMissing",
    ],
    ["100 kB of e-mail address", signUpEvent("ana", `${"a".repeat(100_000)}@example.com`), "emailTooLong"],
  ])("%s", (_, hostile, reason) => {
    expect(reasonOf(hostile)).toBe(reason);
  });
});

it("a refusal names the identifier with the refused spelling", () => {
  expect(reasonOf(signUpEvent("ａna", "ana@example.com"))).toBe("usernameCompatibility");
  expect(reasonOf(signUpEvent("a\u200bna", "ana@example.com"))).toBe("usernameInvisible");
  expect(reasonOf(signUpEvent(" ana", "ana@example.com"))).toBe("usernameBlank");
  expect(reasonOf(signUpEvent("ana\u{1fac8}", "ana@example.com"))).toBe("usernameInvisible");
  expect(reasonOf(signUpEvent("a@ß", "ana@example.com"))).toBe("usernameDomain");
  expect(reasonOf(signUpEvent("a@ä", "ana@example.com"))).toBeUndefined();
  expect(reasonOf(signUpEvent("ana", "ａna@example.com"))).toBe("emailCompatibility");
  expect(reasonOf(signUpEvent("ana", "a\u200bna@example.com"))).toBe("emailInvisible");
  expect(reasonOf(signUpEvent("ana", "ana@example.com "))).toBe("emailBlank");
  expect(reasonOf(signUpEvent("ana", "ana@exämple.com"))).toBe("emailDomain");
  expect(reasonOf(signUpEvent("ana", "ana@example.com."))).toBe("emailDomainForm");
});
