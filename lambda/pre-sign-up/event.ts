import type { Identifiers } from "../identity/account";
import { field } from "../trigger/event";
import { Refusal } from "../trigger/refusal";
import { type Wanted, wanted } from "../uniqueness/wanted";

/** A sign-up, read from an untrusted event. */
export interface SignUp extends Wanted {
  readonly trigger: Trigger;
  /** Whether the identity provider reports the address as verified. */
  readonly emailVerified: boolean;
  /** The event's `identities` attribute, JSON. It may have the provider's subject in its original letter case. */
  readonly identities?: string;
}

export const TRIGGERS = ["PreSignUp_SignUp", "PreSignUp_AdminCreateUser", "PreSignUp_ExternalProvider"] as const;
export type Trigger = (typeof TRIGGERS)[number];

/**
 * Reads a Pre-SignUp event. Throws a {@link Refusal} if the event is malformed, if an identifier that the pool requires is
 * missing, or if one has a spelling that is not admitted.
 *
 * `validationData` and `clientMetadata` come from the caller and are not read.
 */
export function readSignUp(event: unknown, identifiers?: Identifiers): SignUp {
  const trigger = TRIGGERS.find((known) => known === field(event, "triggerSource"));
  const userPoolId = field(event, "userPoolId");
  if (!trigger || typeof userPoolId !== "string" || userPoolId === "") throw new Refusal("unavailable");

  const attributes = field(field(event, "request"), "userAttributes");
  const identities = field(attributes, "identities");
  return {
    trigger,
    ...wanted(userPoolId, field(event, "userName"), (name) => field(attributes, name), identifiers),
    emailVerified: ["true", true].includes(field(attributes, "email_verified") as string | boolean),
    ...(typeof identities === "string" && { identities }),
  };
}
