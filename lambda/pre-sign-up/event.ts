import { field } from "../trigger/event";
import { Refusal } from "../trigger/refusal";
import { type Wanted, wanted } from "../uniqueness/wanted";

/** A sign-up, read from an event that may hold anything. */
export interface SignUp extends Wanted {
  readonly trigger: Trigger;
  /** Whether an identity provider says that the address has been verified. */
  readonly emailVerified: boolean;
  /** What Cognito says of the provider's identity in its own letter case, where it says so: JSON. */
  readonly identities?: string;
}

export const TRIGGERS = ["PreSignUp_SignUp", "PreSignUp_AdminCreateUser", "PreSignUp_ExternalProvider"] as const;
export type Trigger = (typeof TRIGGERS)[number];

/**
 * Reads a Pre-SignUp event. Throws a {@link Refusal} for one that is not as Cognito sends it, or that has no username,
 * no e-mail address, or one that is not written in its canonical form up to letter case.
 *
 * `validationData` and `clientMetadata` are the caller's own words and are not read.
 */
export function readSignUp(event: unknown): SignUp {
  const trigger = TRIGGERS.find((known) => known === field(event, "triggerSource"));
  const userPoolId = field(event, "userPoolId");
  if (!trigger || typeof userPoolId !== "string" || userPoolId === "") throw new Refusal("unavailable");

  const attributes = field(field(event, "request"), "userAttributes");
  const identities = field(attributes, "identities");
  return {
    trigger,
    ...wanted(userPoolId, field(event, "userName"), field(attributes, "email")),
    emailVerified: ["true", true].includes(field(attributes, "email_verified") as string | boolean),
    ...(typeof identities === "string" && { identities }),
  };
}
