import { distinct, oneOf } from "../setting/kinds";
import type { Problem } from "../setting/problems";
import { type Complete, optional } from "../setting/setting";

const ALIASES = ["email", "phone_number", "preferred_username"] as const;
const USERNAMES = ["email", "phone_number"] as const;

/** What users type to sign in. It cannot be changed once the pool exists. */
export const signInNameSettings = {
  aliasAttributes: optional(distinct(oneOf(ALIASES), `a list of ${ALIASES.join(", ")}; [] for usernames only`), {
    doc: 'what users sign in with beside their username, and what is kept unique: `["email", "phone_number", "preferred_username"]`, `[]` for nothing ([how](docs/uniqueness.md)). Cannot be changed once the pool exists',
    none: '`["email"]`, but beside `usernameAttributes`',
    source: '"AliasAttributes" of CreateUserPool, Cognito API reference',
  }),
  usernameAttributes: optional(
    distinct(oneOf(USERNAMES), `a list of ${USERNAMES.join(", ")}`).min(1, {
      error: `a list of ${USERNAMES.join(", ")}`,
    }),
    {
      doc: 'what users sign in with instead of a username, which Cognito then makes: `["email"]`, `["phone_number"]`, or one of both. Cannot be changed once the pool exists',
      none: "users have usernames",
      source: '"UsernameAttributes" of CreateUserPool, Cognito API reference',
    },
  ),
};

export type SignInNames = Complete<typeof signInNameSettings>;

/** What users sign in with beside a username; their preferred username is an attribute, too. */
export function signInAttributes({ aliasAttributes, usernameAttributes }: SignInNames): string[] {
  return [...(usernameAttributes ?? aliasAttributes ?? ["email"])];
}

export function signsInWith(settings: SignInNames, name: (typeof ALIASES)[number]): boolean {
  return signInAttributes(settings).includes(name);
}

/** Whether no account can do without an e-mail address: it would have nothing else to be found by, and to be proved. */
export function needsEmail(settings: SignInNames): boolean {
  return signsInWith(settings, "email") && settings.usernameAttributes?.length !== 2;
}

/** The pool's arguments. */
export function signInNameArguments(settings: SignInNames) {
  const { usernameAttributes } = settings;
  const names = signInAttributes(settings);
  if (usernameAttributes) return { usernameAttributes: names };
  return names.length > 0 ? { aliasAttributes: names } : {};
}

export function signInNameProblems({ aliasAttributes, usernameAttributes }: SignInNames): Problem[] {
  if (aliasAttributes === undefined || usernameAttributes === undefined) return [];
  const allowed = "either aliasAttributes, or usernameAttributes: a pool cannot have both";
  return [{ path: ["usernameAttributes"], value: usernameAttributes, allowed }];
}
