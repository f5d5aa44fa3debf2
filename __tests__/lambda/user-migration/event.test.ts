import { Declined } from "../../../lambda/user-migration/declined";
import { readSignIn } from "../../../lambda/user-migration/event";
import { forgottenEvent, NEW_POOL, PASSWORD, signInEvent } from "../../support/old-pool";

function reasonOf(event: unknown): string | undefined {
  try {
    readSignIn(event);
  } catch (error) {
    if (error instanceof Declined) return error.reason;
    throw error;
  }
  return undefined;
}

it("a sign-in is read", () => {
  expect(readSignIn(signInEvent("Ana"))).toEqual({
    trigger: "UserMigration_Authentication",
    userPoolId: NEW_POOL,
    username: "Ana",
    password: PASSWORD,
  });
});

it("a forgotten password is read, without a password in the event", () => {
  const read = { trigger: "UserMigration_ForgotPassword", userPoolId: NEW_POOL, username: "ana@example.com" };
  expect(readSignIn(forgottenEvent("ana@example.com"))).toEqual(read);
  expect(readSignIn({ ...forgottenEvent("ana@example.com"), request: { password: "x" } })).toEqual(read);
});

const event = signInEvent("ana");
const withPassword = (password: unknown) => ({ ...event, request: { password } });

describe("a malformed event fails closed", () => {
  it.each<[what: string, event: unknown]>([
    ["nothing", undefined],
    ["null", null],
    ["a string", "event"],
    ["a list", [event]],
    ["another trigger", { ...event, triggerSource: "PreSignUp_SignUp" }],
    ["a trigger in a list", { ...event, triggerSource: ["UserMigration_Authentication"] }],
    ["no trigger", { ...event, triggerSource: undefined }],
    ["no pool", { ...event, userPoolId: undefined }],
    ["an empty pool", { ...event, userPoolId: "" }],
    ["no username", { ...event, userName: undefined }],
    ["a username that is an object", { ...event, userName: { length: 1 } }],
    ["no request", { ...event, request: undefined }],
    ["no password", { ...event, request: {} }],
    ["a password in a list", withPassword([PASSWORD])],
    ["an inherited password", { ...event, request: Object.create({ password: PASSWORD }) }],
    ["a password behind __proto__", { ...event, request: JSON.parse('{"__proto__":{"password":"x"}}') }],
  ])("%s", (_, hostile) => {
    expect(reasonOf(hostile)).toBe("unavailable");
  });
});

describe("input that no account can have is refused without a call", () => {
  it.each<[what: string, event: unknown, reason: string]>([
    ["an empty username", signInEvent(""), "notFound"],
    ["a blank in the username", signInEvent("an a"), "notFound"],
    ["an invisible character in the username", signInEvent("an\u200ba"), "notFound"],
    ["half a character in the username", signInEvent("an\ud800a"), "notFound"],
    ["a line break at the end of the username", signInEvent("ana\n"), "notFound"],
    ["a username of 129 characters", signInEvent("a".repeat(129)), "notFound"],
    ["an empty password", withPassword(""), "wrongPassword"],
    ["a password of 257 characters", withPassword("x".repeat(257)), "wrongPassword"],
  ])("%s", (_, typed, reason) => {
    expect(reasonOf(typed)).toBe(reason);
  });
});
