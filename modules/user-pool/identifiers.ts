import type { Identifiers } from "../../lambda/trigger/options";
import { requiredAttributes } from "./attributes";
import { type SignInNames, signsInWith } from "./sign-in-names";

/** The identifiers that the pool's functions keep unique: those that users sign in with. Without usernames of their own, users have one or both of the others. */
export function identifiersOf(settings: SignInNames & Parameters<typeof requiredAttributes>[0]): Identifiers {
  const required = requiredAttributes(settings);
  const presence = (name: string) => (required.includes(name) ? "required" : "optional");
  return {
    ...(settings.usernameAttributes === undefined && { username: "required" }),
    ...(signsInWith(settings, "email") && { email: isOnly(settings, "email") ? "required" : presence("email") }),
    ...(signsInWith(settings, "phone_number") && {
      phone_number: isOnly(settings, "phone_number") ? "required" : presence("phone_number"),
    }),
    ...(signsInWith(settings, "preferred_username") && { preferred_username: "optional" }),
  };
}

function isOnly({ usernameAttributes }: SignInNames, name: string): boolean {
  return usernameAttributes?.length === 1 && usernameAttributes[0] === name;
}
