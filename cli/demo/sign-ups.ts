import { MESSAGES } from "../../lambda/trigger/messages";

/** What the demonstration signs up with, in this order, and what must come of it. */
export interface DemoSignUp {
  readonly what: string;
  readonly username: string;
  readonly email: string;
  /** What the refusal must say; undefined where the sign-up must be admitted. */
  readonly refusal?: string;
}

export const SIGN_UPS: readonly DemoSignUp[] = [
  { what: "the first", username: "username", email: "ana@example.com" },
  {
    what: "its name, other case",
    username: "Username",
    email: "ben@example.com",
    refusal: MESSAGES.usernameTaken,
  },
  {
    what: "its e-mail, other case",
    username: "other",
    email: "Ana@Example.COM",
    refusal: MESSAGES.emailTaken,
  },
  { what: "a quote in the name", username: 'q"uote', email: "cara@example.com" },
  { what: "a filter in the name", username: '"or(username^="u")or"', email: "dan@example.com" },
  {
    what: "full-width letters",
    username: "ｕｓｅｒｎａｍｅ",
    email: "eva@example.com",
    refusal: MESSAGES.usernameCompatibility,
  },
  {
    what: "a zero-width space",
    username: "user\u200bname",
    email: "fay@example.com",
    refusal: MESSAGES.usernameInvisible,
  },
  {
    what: "a ligature in the e-mail",
    username: "ligature",
    email: "\ufb01n@example.com",
    refusal: MESSAGES.emailCompatibility,
  },
  { what: "another user", username: "newcomer", email: "new@example.com" },
];
