import { DEFAULT_IDENTIFIERS, type IdentifierName, isReserved } from "../../lambda/identity/account";
import { SIGN_UPS } from "../demo/sign-ups";
import { PASSWORD } from "../emulator/emulated-pool";
import type { Block } from "../emulator/terraform-json";
import type { Field, Trial } from "./api";

const LABELS: Readonly<Record<string, string>> = {
  username: "Username",
  email: "E-mail",
  phone_number: "Phone number",
};

/** What an attribute is called on the page. */
export const labelOf = (name: string) => LABELS[name] ?? name.replaceAll("_", " ");

const KINDS: Readonly<Record<string, Field["kind"]>> = { email: "email", phone_number: "tel" };

/** What a user types in a sign-up: what the pool keeps unique, and what its schema requires. Lengths are of "SignUp", Cognito API reference. */
export function fieldsOf(pool: Block, identifiers: readonly IdentifierName[]): Field[] {
  const schema = (pool.schema ?? []) as unknown as ReadonlyArray<{ name: string; required?: boolean }>;
  const required = schema.filter((attribute) => attribute.required).map(({ name }) => name);
  const attributes = [...new Set([...identifiers.filter(isReserved), ...required])].map((name) => ({
    name,
    label: labelOf(name),
    kind: KINDS[name] ?? "text",
    required: name === "username" || required.includes(name),
    value: "",
    longest: name === "username" ? 128 : 2_048,
  }));
  const { minimum_length = 0 } = (pool.password_policy ?? {}) as Block;
  const value = PASSWORD.padEnd(Number(minimum_length), PASSWORD);
  return [...attributes, { name: "password", label: "Password", kind: "text", required: true, value, longest: 256 }];
}

/**
 * Whether the sign-ups of the demonstration and of its race show what they are for: a username and an e-mail address are kept unique, and nothing else is
 * needed.
 */
export function isUsual(fields: readonly Field[], identifiers: readonly IdentifierName[]): boolean {
  const usual = Object.keys(DEFAULT_IDENTIFIERS) as IdentifierName[];
  const enough: readonly string[] = [...usual, "password"];
  return (
    usual.every((name) => identifiers.includes(name)) &&
    fields.every(({ name, required }) => !required || enough.includes(name))
  );
}

/** The sign-ups of the demonstration, with the password of these fields. */
export function trials(fields: readonly Field[]): Trial[] {
  const password = fields.find(({ name }) => name === "password")?.value ?? "";
  return SIGN_UPS.map(({ what, username, email }) => ({ what, values: { username, email, password } }));
}
