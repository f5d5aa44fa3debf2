import { type CognitoCall, type CognitoRefusal, invalidParameter, notAuthorized } from "../emulator/cognito-refusals";
import type { Block } from "../emulator/terraform-json";
import { isLeftToAdministrators, RESETTING, recoveryOf } from "./recovery";
import type { StoredUser } from "./users";

/*
 * What Cognito refuses because of the state of a user, and cognito-local does not look at: names and messages of the errors are Cognito's.
 */

/** Operations that sign a user in. */
export const SIGNING_IN: readonly string[] = [
  "InitiateAuth",
  "AdminInitiateAuth",
  "RespondToAuthChallenge",
  "AdminRespondToAuthChallenge",
  "GetTokensFromRefreshToken",
];

export const WRONG_PASSWORD = notAuthorized("Incorrect username or password.");
export const EXPIRED_CODE: CognitoRefusal = {
  __type: "ExpiredCodeException",
  message: "Invalid code provided, please request a code again.",
};
/** Of a second factor. */
export const WRONG_CODE: CognitoRefusal = {
  __type: "CodeMismatchException",
  message: "Invalid code received for user",
};
const DISABLED = notAuthorized("User is disabled.");
const NO_SESSION = notAuthorized("Invalid session for the user.");
const NO_RESET = notAuthorized("User password cannot be reset in the current state.");
const BY_ADMINISTRATOR = notAuthorized("Contact administrator to reset password.");
const NO_ADDRESS = invalidParameter(
  "Cannot reset password for the user as there is no registered/verified email or phone_number",
);

/** Undefined where a call goes on, mostly also where there is no such user. */
export function refusalOfUser(
  operation: string,
  call: CognitoCall,
  user: StoredUser | undefined,
  pool: Block,
): CognitoRefusal | undefined {
  // Whether there is such a user is not told.
  if (operation === "ForgotPassword" && isLeftToAdministrators(pool)) return BY_ADMINISTRATOR;
  if (user === undefined) return undefined;
  if (SIGNING_IN.includes(operation)) return ofSignIn(call, user);
  if (RESETTING.includes(operation)) return ofReset(operation, user, pool);
  const refusalOfCode = CONFIRMING[operation];
  return refusalOfCode && user.Enabled === false ? DISABLED : refusalOfCode?.(user);
}

function ofSignIn({ AuthFlow, AuthParameters, ChallengeName }: CognitoCall, user: StoredUser) {
  // The password is proved first.
  if (AuthFlow === "USER_SRP_AUTH" || ChallengeName === "PASSWORD_VERIFIER") return undefined;
  const password = AuthParameters?.PASSWORD;
  // cognito-local does not look at a temporary password.
  if (password !== undefined && password !== user.Password) return WRONG_PASSWORD;
  if (user.Enabled === false) return DISABLED;
  // cognito-local takes a missing code for the one that was not sent.
  if (ChallengeName === "SMS_MFA" && user.MFACode === undefined) return WRONG_CODE;
  const isOver = ChallengeName === "NEW_PASSWORD_REQUIRED" && user.UserStatus !== "FORCE_CHANGE_PASSWORD";
  return isOver ? NO_SESSION : undefined;
}

function ofReset(operation: string, user: StoredUser, pool: Block): CognitoRefusal | undefined {
  if (user.Enabled === false) return DISABLED;
  const isUnconfirmed = operation === "AdminResetUserPassword" && user.UserStatus === "UNCONFIRMED";
  if (isUnconfirmed || user.UserStatus === "FORCE_CHANGE_PASSWORD") return NO_RESET;
  if (isLeftToAdministrators(pool)) return BY_ADMINISTRATOR;
  if (recoveryOf(user, pool) === undefined) return NO_ADDRESS;
  return user.UserStatus === "UNCONFIRMED" ? NO_RESET : undefined;
}

/** States of users that a code may give a new password. */
const RESET: readonly string[] = ["CONFIRMED", "RESET_REQUIRED"];

/** A code for a new account gives no password, and one for a new password confirms no account. */
const CONFIRMING: Readonly<Record<string, (user: StoredUser) => CognitoRefusal | undefined>> = {
  ConfirmSignUp: ({ UserStatus, ConfirmationCode, ResetsPassword }) => {
    if (UserStatus !== "UNCONFIRMED") {
      return notAuthorized(`User cannot be confirmed. Current status is ${UserStatus}`);
    }
    return ConfirmationCode === undefined || ResetsPassword ? EXPIRED_CODE : undefined;
  },
  ConfirmForgotPassword: ({ UserStatus, ConfirmationCode, ResetsPassword }) =>
    !RESET.includes(UserStatus ?? "") || ConfirmationCode === undefined || !ResetsPassword ? EXPIRED_CODE : undefined,
};

/**
 * Whether a client with `prevent_user_existence_errors` answers a refusal as if a code had been sent: "Managing error responses", Cognito developer guide.
 */
export function isToldAsSent(operation: string, { __type, message }: CognitoRefusal): boolean {
  if (operation === "ResendConfirmationCode") return __type === "UserNotFoundException";
  const hidden = __type === "UserNotFoundException" || [DISABLED.message, NO_ADDRESS.message].includes(message);
  return operation === "ForgotPassword" && hidden;
}
