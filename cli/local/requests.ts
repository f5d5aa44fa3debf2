import { type CognitoCall, MAKING, typedAttribute } from "../emulator/cognito-refusals";
import type { Block } from "../emulator/terraform-json";

/** A user as cognito-local keeps it. */
export interface StoredUser {
  readonly Username: string;
  readonly Password: string;
  readonly Enabled?: boolean;
  readonly UserStatus?: string;
  readonly RefreshTokens?: readonly string[];
  readonly Attributes: ReadonlyArray<{ readonly Name: string; readonly Value: string }>;
}

/** An attribute of a user; undefined where it has none. */
export function attributeOf({ Attributes }: StoredUser, name: string): string | undefined {
  return Attributes.find(({ Name }) => Name === name)?.Value;
}

/** The user that Cognito finds by a name: a username, an id, or what users of the pool sign in with beside it, once it is verified. */
export function userNamed(name: string, users: readonly StoredUser[], pool: Block): StoredUser | undefined {
  const [caseOf] = [pool.username_configuration].flat() as ReadonlyArray<{ case_sensitive?: boolean } | undefined>;
  const same = (value: string | undefined) =>
    value !== undefined &&
    (caseOf?.case_sensitive === false ? value.toLowerCase() === name.toLowerCase() : value === name);
  const aliases = (pool.alias_attributes ?? []) as readonly string[];
  const isVerified = (user: StoredUser, alias: string) =>
    alias === "preferred_username" || attributeOf(user, `${alias}_verified`) === "true";
  const typed = (pool.username_attributes ?? []) as readonly string[];
  return (
    users.find((user) => same(user.Username) || attributeOf(user, "sub") === name) ??
    users.find((user) => typed.some((attribute) => same(attributeOf(user, attribute)))) ??
    users.find((user) => aliases.some((alias) => isVerified(user, alias) && same(attributeOf(user, alias))))
  );
}

/** The username in a call; undefined where it has none. */
export function usernameIn({ Username, AuthParameters, ChallengeResponses }: CognitoCall): string | undefined {
  return AuthParameters?.USERNAME ?? ChallengeResponses?.USERNAME ?? Username;
}

/** A call as cognito-local takes it: it knows neither aliases nor some of what Cognito fills in. */
export function asCognitoLocalTakesIt(
  operation: string,
  call: CognitoCall,
  user: StoredUser | undefined,
  pool: Block,
): CognitoCall {
  if (MAKING.includes(operation) && call.MessageAction !== "RESEND") {
    return withDelivery(operation, withTypedAttribute(call, pool));
  }
  const named = user ? withUsername(call, user.Username) : call;
  const { AuthFlow, UserAttributes } = named;
  return {
    ...named,
    ...(AuthFlow === "ADMIN_NO_SRP_AUTH" && { AuthFlow: "ADMIN_USER_PASSWORD_AUTH" }),
    ...(user && UserAttributes && { UserAttributes: withVerified(UserAttributes, user) }),
  };
}

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

/** Where an administrator does not say how, Cognito sends the invitation to what the user has. */
function withDelivery(operation: string, call: CognitoCall): CognitoCall {
  const { UserAttributes = [], DesiredDeliveryMediums } = call;
  if (operation !== "AdminCreateUser" || DesiredDeliveryMediums !== undefined) return call;
  const hasPhone = UserAttributes.some(({ Name }) => Name === "phone_number");
  return { ...call, DesiredDeliveryMediums: [hasPhone ? "SMS" : "EMAIL"] };
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
