import { type CognitoCall, type CognitoRefusal, notAuthorized } from "../emulator/cognito-refusals";
import { EXPIRED_CODE, SIGNING_IN, WRONG_CODE, WRONG_PASSWORD } from "./refusals";
import { refreshTokenIn } from "./users";

const NO_USER: CognitoRefusal = { __type: "UserNotFoundException", message: "User does not exist." };
const NO_REFRESH = notAuthorized("Invalid Refresh Token");

/**
 * A refusal of cognito-local in Cognito's own words: "Errors" of each operation, Cognito API reference.
 *
 * @param hidesUsers whether the client has `prevent_user_existence_errors`
 */
export function inCognitosWords(
  operation: string,
  call: CognitoCall,
  refusal: CognitoRefusal,
  hidesUsers: boolean,
): CognitoRefusal {
  const { __type, message } = refusal;
  // What cognito-local says of a user that it does not find.
  const isUnauthorized = message === "User not authorized";
  const isUnknown = isUnauthorized || __type === "UserNotFoundException";
  if (isUnauthorized && (refreshTokenIn(call) !== undefined || operation === "RevokeToken")) return NO_REFRESH;
  const signsIn = SIGNING_IN.includes(operation);
  if (__type === "CodeMismatchException") {
    return signsIn ? WRONG_CODE : { __type, message: "Invalid verification code provided, please try again." };
  }
  if (signsIn || operation === "ChangePassword") {
    const isWrong = __type === "InvalidPasswordException" || isUnauthorized;
    return isWrong || (isUnknown && hidesUsers) ? WRONG_PASSWORD : refusal;
  }
  if ((operation === "ConfirmSignUp" || operation === "ConfirmForgotPassword") && isUnknown && hidesUsers) {
    return EXPIRED_CODE;
  }
  return isUnknown ? NO_USER : refusal;
}

/** What Cognito answers where a code is asked for a user that is not there, and the client does not tell so. */
export function simulatedDelivery(name: string): object {
  const Destination = masked(name.includes("@") ? name : `${name[0] ?? ""}@e`);
  return { CodeDeliveryDetails: { AttributeName: "email", DeliveryMedium: "EMAIL", Destination } };
}

/** An answer in which places that a code was sent to are hidden: "CodeDeliveryDetailsType", Cognito API reference. */
export function withMasks(body: string): object {
  return JSON.parse(body, (name, value) =>
    ["Destination", "CODE_DELIVERY_DESTINATION"].includes(name) ? masked(String(value)) : value,
  );
}

function masked(destination: string): string {
  const [local = "", domain] = destination.split("@");
  return domain === undefined ? `+*******${destination.slice(-4)}` : `${local[0] ?? ""}***@${domain[0] ?? ""}***`;
}

/** "AuthenticationResultType", Cognito API reference: with what cognito-local leaves out. */
export function withTokenType(
  body: { readonly AuthenticationResult?: Readonly<Record<string, unknown>> },
  { RefreshToken }: CognitoCall,
): object {
  const { AuthenticationResult: result } = body;
  if (typeof result?.AccessToken !== "string") return body;
  const claims = JSON.parse(Buffer.from(result.AccessToken.split(".")[1] ?? "", "base64url").toString());
  const type = { TokenType: "Bearer", ExpiresIn: claims.exp - claims.iat };
  // A client whose refresh tokens can be used once would get another one. Here a token stays good.
  return { ...body, AuthenticationResult: { ...(RefreshToken ? { RefreshToken } : {}), ...result, ...type } };
}
