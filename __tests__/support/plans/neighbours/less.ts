import type { Block } from "../../stack";
import type { Edited } from "../edited";
import { CLIENT, FUNCTION, POOL } from "../scenario";
import type { Neighbour } from "./neighbour";

const client = (title: string, fields: Block, rule: string, before: Block = {}): Neighbour => ({
  title,
  plan: "client-renamed",
  edit: (plan: Edited) => {
    Object.assign(plan.of(CLIENT).before, before);
    Object.assign(plan.of(CLIENT).after, before, fields);
  },
  rule,
});
const pool = (title: string, fields: Block, rule: string, before: Block = {}): Neighbour => ({
  title,
  plan: "pool-mfa-on",
  edit: (plan: Edited) => {
    Object.assign(plan.of(POOL).before, before);
    Object.assign(plan.of(POOL).after, before, fields);
  },
  rule,
});

const recovery = (...names: readonly string[]) => ({
  account_recovery_setting: [{ recovery_mechanism: names.map((name, index) => ({ name, priority: index + 1 })) }],
});
const factors = (...names: readonly string[]) => ({ sign_in_policy: [{ allowed_first_auth_factors: names }] });
const attribute = {
  attribute_data_type: "String",
  mutable: true,
  required: false,
  developer_only_attribute: false,
  number_attribute_constraints: [],
};
const text = (min_length: string, max_length: string) => ({
  string_attribute_constraints: [{ min_length, max_length }],
});

const added = (title: string, ...attributes: readonly Block[]): Neighbour => ({
  title,
  plan: "pool-mfa-on",
  edit: (plan) => {
    plan.of(POOL).after.schema.push(...attributes.map((one) => ({ ...attribute, ...text("0", "50"), ...one })));
  },
  rule: "user-pool-schema",
});

/** Less than users, and the application, need; and what fails half-way. */
export const LESS: readonly Neighbour[] = [
  client("users can only stay signed in", { explicit_auth_flows: ["ALLOW_REFRESH_TOKEN_AUTH"] }, "client-flows"),
  client(
    "users cannot stay signed in",
    { explicit_auth_flows: ["ALLOW_USER_SRP_AUTH", "ALLOW_USER_PASSWORD_AUTH"] },
    "client-flows",
  ),
  client("the client loses a scope", { allowed_oauth_scopes: ["email"] }, "client-scopes"),
  client(
    "a callback that users come back by is swapped",
    { callback_urls: ["https://app.example.com/another"], default_redirect_uri: null },
    "client-callback",
  ),
  {
    title: "a callback is removed",
    plan: "client-renamed",
    edit: (plan) => {
      plan.of(CLIENT).before.callback_urls.push("https://app.example.com/mobile");
    },
    rule: "client-callback",
  },
  client("the place after signing out is removed", { logout_urls: [] }, "client-callback"),
  client(
    "the application no longer reads e-mail addresses",
    { read_attributes: ["email_verified"] },
    "client-attributes",
  ),
  client("sign-ups can no longer say a name", { write_attributes: ["email"] }, "client-attributes"),
  {
    title: "one sign-up at a time is admitted",
    plan: "weekly-concurrency",
    edit: (plan) => {
      plan.of(FUNCTION).after.reserved_concurrent_executions = 1;
    },
    rule: "function-concurrency",
  },
  pool(
    "users without a password cannot sign in by one",
    factors("EMAIL_OTP"),
    "user-pool-sign-in",
    factors("PASSWORD", "EMAIL_OTP"),
  ),
  pool("users of passkeys cannot sign in", factors("PASSWORD"), "user-pool-sign-in", factors("PASSWORD", "WEB_AUTHN")),
  pool(
    "accounts are recovered by text message first, where it was second",
    recovery("verified_phone_number", "verified_email"),
    "user-pool-recovery",
    recovery("verified_email", "verified_phone_number"),
  ),
  pool(
    "a second factor is asked for, and there is none",
    { mfa_configuration: "ON", software_token_mfa_configuration: [] },
    "user-pool-mfa",
  ),
  added("two attributes have one name", { name: "team" }, { name: "team", attribute_data_type: "Number" }),
  added("an attribute's shortest text is longer than its longest", { name: "team", ...text("60", "50") }),
  added("an attribute's name is too long", { name: "x".repeat(21) }),
  added(
    "there are more attributes than a pool can have",
    ...Array.from({ length: 51 }, (_, index) => ({ name: `a${index}` })),
  ),
];
