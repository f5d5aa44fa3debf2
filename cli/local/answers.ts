import type { CognitoRefusal } from "../emulator/cognito-refusals";
import { SIGNING_IN, WRONG_PASSWORD } from "./refusals";

const EXPIRED_CODE: CognitoRefusal = {
  __type: "ExpiredCodeException",
  message: "Invalid code provided, please request a code again.",
};

/**
 * A refusal of cognito-local in Cognito's own words: "Errors" of each operation, Cognito API reference.
 *
 * @param hidesUsers whether the client has `prevent_user_existence_errors`
 */
export function inCognitosWords(operation: string, refusal: CognitoRefusal, hidesUsers: boolean): CognitoRefusal {
  const { __type } = refusal;
  if ([...SIGNING_IN, "ChangePassword"].includes(operation)) {
    const isWrong = __type === "InvalidPasswordException" || refusal.message === "User not authorized";
    return isWrong || (__type === "UserNotFoundException" && hidesUsers) ? WRONG_PASSWORD : refusal;
  }
  if (operation === "ConfirmSignUp" || operation === "ConfirmForgotPassword") {
    const isUnknown = __type === "UserNotFoundException" || __type === "NotAuthorizedException";
    return isUnknown && hidesUsers ? EXPIRED_CODE : refusal;
  }
  if (operation === "GetUser" && __type === "InvalidParameterException") {
    return { __type: "NotAuthorizedException", message: "Invalid Access Token" };
  }
  if (operation === "AdminUpdateUserAttributes" && __type === "NotAuthorizedException") {
    return { __type: "UserNotFoundException", message: "User does not exist." };
  }
  return refusal;
}

/** What Cognito answers where a code is asked for a user that is not there, and the client does not tell so. */
export function simulatedDelivery(name: string): object {
  const Destination = name.includes("@") ? `${name[0]}***@${name.split("@")[1]?.[0]}***` : `${name[0] ?? ""}***@e***`;
  return { CodeDeliveryDetails: { AttributeName: "email", DeliveryMedium: "EMAIL", Destination } };
}

/** "AuthenticationResultType", Cognito API reference: with what cognito-local leaves out. */
export function withTokenType<T extends { readonly AuthenticationResult?: Readonly<Record<string, unknown>> }>(
  body: T,
): T {
  const { AuthenticationResult: result } = body;
  if (typeof result?.AccessToken !== "string") return body;
  const claims = JSON.parse(Buffer.from(result.AccessToken.split(".")[1] ?? "", "base64url").toString());
  return { ...body, AuthenticationResult: { ...result, TokenType: "Bearer", ExpiresIn: claims.exp - claims.iat } };
}
