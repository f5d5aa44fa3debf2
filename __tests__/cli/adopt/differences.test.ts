import { differences, isSame } from "../../../cli/adopt/differences";
import type { Existing, Values } from "../../../cli/adopt/existing";

const pool = (values: Values): Existing => ({ type: "aws_cognito_user_pool", id: "x", values });
const client = (values: Values): Existing => ({ type: "aws_cognito_user_pool_client", id: "x", values });

it.each([
  [[{ case_sensitive: false }], { case_sensitive: false }, true],
  [["a", "b"], ["b", "a"], true],
  [false, undefined, true],
  ["", null, true],
  [8, "8", true],
  [[{ a: [{ b: "1" }] }], { a: { b: 1 } }, true],
  [[{ a: false }], undefined, false],
  [["a"], ["a", "b"], false],
  [true, undefined, false],
])("%j and %j are the same to the provider: %s", (one, other, expected) => {
  expect(isSame(one, other)).toBe(expected);
  expect(isSame(other, one)).toBe(expected);
});

it("what the configuration says otherwise is kept, what it does not say only where that removes it", () => {
  const existing = pool({ name: "old", tags: { team: "web" }, email_verification_message: "{####}" });
  expect(differences(existing, { name: "new", mfa_configuration: "OFF", auto_verified_attributes: ["email"] })).toEqual(
    {
      name: "old",
      tags: { team: "web" },
      mfa_configuration: null,
      auto_verified_attributes: null,
    },
  );
  expect(differences(client({ name: "a", read_attributes: ["email"] }), { name: "a" })).toEqual({
    generate_secret: null,
  });
});

it("what Cognito's own sender has said is kept, and that it sends needs no word", () => {
  const sent = (more: object) =>
    differences(pool({ email_configuration: [{ email_sending_account: "COGNITO_DEFAULT", ...more }] }), {});
  expect(sent({})).toEqual({});
  const more = { reply_to_email_address: "help@example.com" };
  expect(sent(more)).toEqual({ email_configuration: [{ email_sending_account: "COGNITO_DEFAULT", ...more }] });
});

it("functions are kept one by one, and this project's own is not in question", () => {
  const existing = pool({ name: "a", lambda_config: [{ pre_sign_up: "old", define_auth_challenge: "arn" }] });
  const configured = { name: "a", lambda_config: { pre_sign_up: "${aws_lambda_function.pre_sign_up.arn}" } };
  expect(differences(existing, configured)).toEqual({ "lambda_config.define_auth_challenge": "arn" });
});
