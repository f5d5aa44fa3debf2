import { VARIABLES } from "../../../review/types/function-variables";
import type { At } from "../../../review/types/type";

/** A plan with a pool whose users sign in with this, or with nothing else than a username. */
function isFine(from: object | null, to: object | string | null, names: readonly string[], isNew = false): boolean {
  const values = { alias_attributes: names };
  const state = [{ address: "aws_cognito_user_pool.users", type: "aws_cognito_user_pool", mode: "managed", values }];
  const text = (value: object | string | null) =>
    value === null || typeof value === "string" ? value : JSON.stringify(value);
  const place = { plan: { resources: [], state }, isNew } as unknown as At;
  return VARIABLES.IDENTIFIERS?.isFine(text(from), text(to), place) ?? false;
}

const PHONE = { username: "required", phone_number: "required" };

it.each<[what: string, fine: boolean, ...rest: Parameters<typeof isFine>]>([
  ["a new function that keeps unique what users sign in with", true, null, PHONE, ["phone_number"], true],
  [
    "a new function that does not keep the number unique",
    false,
    null,
    { username: "required" },
    ["phone_number"],
    true,
  ],
  ["one identifier more", true, null, { username: "required", email: "required", phone_number: "optional" }, ["email"]],
  ["one identifier less", false, PHONE, { username: "required" }, []],
  ["an identifier that accounts need not have any more", false, PHONE, { ...PHONE, phone_number: "optional" }, []],
  ["an identifier that accounts must have from now on", true, { ...PHONE, phone_number: "optional" }, PHONE, []],
  ["none, which stands for username and address", false, PHONE, null, ["phone_number"]],
  ["what is no identifier", false, null, { username: "required", email: "required", name: "required" }, ["email"]],
  ["what the function cannot read", false, null, "{", ["email"]],
])("%s is fine: %s", (_, fine, ...change) => {
  expect(isFine(...change)).toBe(fine);
});
