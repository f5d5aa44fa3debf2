import type { CognitoCall, CognitoRefusal } from "../emulator/cognito-refusals";
import { attributeOf, type StoredUser } from "./requests";

/*
 * What Cognito refuses because of the state of a user, and cognito-local does not look at: names and messages of the errors are Cognito's.
 */

/** Operations that sign a user in. */
export const SIGNING_IN: readonly string[] = ["InitiateAuth", "AdminInitiateAuth", "RespondToAuthChallenge"];

/** Operations that send a code for a new password. */
const RESETTING: readonly string[] = ["ForgotPassword", "AdminResetUserPassword"];

export const WRONG_PASSWORD: CognitoRefusal = {
  __type: "NotAuthorizedException",
  message: "Incorrect username or password.",
};
const DISABLED: CognitoRefusal = { __type: "NotAuthorizedException", message: "User is disabled." };
const NO_RESET: CognitoRefusal = {
  __type: "NotAuthorizedException",
  message: "User password cannot be reset in the current state.",
};
const NO_ADDRESS: CognitoRefusal = {
  __type: "InvalidParameterException",
  message: "Cannot reset password for the user as there is no registered/verified email or phone_number",
};

/** Undefined where a call goes on, also where there is no such user. */
export function refusalOfUser(
  operation: string,
  call: CognitoCall,
  user: StoredUser | undefined,
): CognitoRefusal | undefined {
  if (user === undefined) return undefined;
  const [signsIn, resets] = [SIGNING_IN.includes(operation), RESETTING.includes(operation)];
  if ((signsIn || resets) && user.Enabled === false) return DISABLED;
  if (signsIn) {
    const password = call.AuthParameters?.PASSWORD;
    // cognito-local does not look at a temporary password.
    return password !== undefined && password !== user.Password ? WRONG_PASSWORD : undefined;
  }
  if (!resets) return undefined;
  if (user.UserStatus === "FORCE_CHANGE_PASSWORD") return NO_RESET;
  const isVerified = (name: string) => attributeOf(user, name) && attributeOf(user, `${name}_verified`) === "true";
  return isVerified("email") || isVerified("phone_number") ? undefined : NO_ADDRESS;
}

/**
 * Whether a client with `prevent_user_existence_errors` answers a refusal as if a code had been sent: "Managing error responses", Cognito developer guide.
 */
export function isToldAsSent(operation: string, { __type, message }: CognitoRefusal): boolean {
  if (operation === "ResendConfirmationCode") return __type === "UserNotFoundException";
  const hidden = __type === "UserNotFoundException" || [DISABLED.message, NO_ADDRESS.message].includes(message);
  return operation === "ForgotPassword" && hidden;
}
