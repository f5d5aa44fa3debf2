import type { Reason } from "../../lambda/trigger/messages";

/** What the demonstration signs up with, in this order, and what must come of it. */
export interface DemoSignUp {
  readonly what: string;
  readonly username: string;
  readonly email: string;
  /** Why it must be refused; undefined where it must be admitted. */
  readonly refusal?: Reason;
}

export const SIGN_UPS: readonly DemoSignUp[] = [
  { what: "the first", username: "username", email: "ana@example.com" },
  {
    what: "its name, other case",
    username: "Username",
    email: "ben@example.com",
    refusal: "usernameTaken",
  },
  {
    what: "its e-mail, other case",
    username: "other",
    email: "Ana@Example.COM",
    refusal: "emailTaken",
  },
  { what: "a quote in the name", username: 'q"uote', email: "cara@example.com" },
  { what: "a filter in the name", username: '"or(username^="u")or"', email: "dan@example.com" },
  {
    what: "full-width letters",
    username: "ｕｓｅｒｎａｍｅ",
    email: "eva@example.com",
    refusal: "usernameCompatibility",
  },
  {
    what: "a zero-width space",
    username: "user\u200bname",
    email: "fay@example.com",
    refusal: "usernameInvisible",
  },
  {
    what: "a ligature in the e-mail",
    username: "ligature",
    email: "\ufb01n@example.com",
    refusal: "emailCompatibility",
  },
  { what: "another user", username: "newcomer", email: "new@example.com" },
];
