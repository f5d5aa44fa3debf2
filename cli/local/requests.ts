import { type CognitoCall, MAKING, typedAttribute } from "../emulator/cognito-refusals";
import type { Block } from "../emulator/terraform-json";
import { RESETTING, recoveryOf } from "./recovery";
import { attributeOf, type StoredUser } from "./users";

/** A call as cognito-local takes it: it knows neither aliases nor some of what Cognito fills in. */
export function asCognitoLocalTakesIt(
  operation: string,
  call: CognitoCall,
  user: StoredUser | undefined,
  pool: Block,
): CognitoCall {
  if (MAKING.includes(operation) && call.MessageAction !== "RESEND") return withTypedAttribute(call, pool);
  const named = user ? withUsername(call, user.Username) : call;
  const { UserAttributes } = named;
  return {
    ...named,
    ...(user && UserAttributes && { UserAttributes: withVerified(UserAttributes, user) }),
    ...(user && RESETTING.includes(operation) && { DeliveryAttribute: recoveryOf(user, pool) }),
  };
}

/** An operation for which cognito-local has another one, with the call that it takes. */
export function asAnother(operation: string, call: CognitoCall): readonly [operation: string, call: CognitoCall] {
  const { AuthFlow = "", RefreshToken, ...others } = call;
  switch (operation) {
    case "AdminInitiateAuth":
      return ["InitiateAuth", { ...call, AuthFlow: OF_ADMINISTRATORS[AuthFlow] ?? AuthFlow }];
    case "AdminRespondToAuthChallenge":
      return ["RespondToAuthChallenge", call];
    case "GetTokensFromRefreshToken": {
      const AuthParameters = { REFRESH_TOKEN: String(RefreshToken) };
      return ["InitiateAuth", { ...others, AuthFlow: "REFRESH_TOKEN_AUTH", AuthParameters }];
    }
    default:
      return [operation, call];
  }
}

/** Flows of AdminInitiateAuth that InitiateAuth has by another name. */
const OF_ADMINISTRATORS: Readonly<Record<string, string>> = {
  ADMIN_USER_PASSWORD_AUTH: "USER_PASSWORD_AUTH",
  ADMIN_NO_SRP_AUTH: "USER_PASSWORD_AUTH",
};

function withUsername(call: CognitoCall, USERNAME: string): CognitoCall {
  const { Username, AuthParameters, ChallengeResponses } = call;
  return {
    ...call,
    ...(Username !== undefined && { Username: USERNAME }),
    ...(AuthParameters?.USERNAME !== undefined && { AuthParameters: { ...AuthParameters, USERNAME } }),
    ...(ChallengeResponses?.USERNAME !== undefined && { ChallengeResponses: { ...ChallengeResponses, USERNAME } }),
  };
}

/** Where users sign in with an address or a number, Cognito makes it an attribute of the user. */
function withTypedAttribute(call: CognitoCall, pool: Block): CognitoCall {
  const { Username = "", UserAttributes = [] } = call;
  const Name = typedAttribute(Username, pool);
  if (Name === undefined || UserAttributes.some((attribute) => attribute.Name === Name)) return call;
  return { ...call, UserAttributes: [...UserAttributes, { Name, Value: Username }] };
}

type Attributes = NonNullable<CognitoCall["UserAttributes"]>;

/** That what the user has already is verified, can be said alone. */
function withVerified(attributes: Attributes, user: StoredUser): Attributes {
  const missing = ["email", "phone_number"].flatMap((Name) => {
    const isSaid = (name: string) => attributes.some((attribute) => attribute.Name === name);
    const Value = attributeOf(user, Name);
    return isSaid(`${Name}_verified`) && !isSaid(Name) && Value !== undefined ? [{ Name, Value }] : [];
  });
  return [...missing, ...attributes];
}
