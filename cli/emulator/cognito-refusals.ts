import { createHmac } from "node:crypto";
import { STANDARD_ATTRIBUTES } from "../../modules/user-pool/attributes";
import type { LocalClient } from "./pool-in-cognito";
import type { Block } from "./terraform-json";

/*
 * What Cognito refuses and cognito-local does not look at: fields that are missing, a client's secret, its ways to sign in, passwords, and attributes. Names
 * and messages of the errors are Cognito's.
 */

/** Fields of a call of Cognito's API, as far as they are looked at. */
export interface CognitoCall {
  readonly ClientId?: string;
  readonly Username?: string;
  readonly SecretHash?: string;
  readonly AuthFlow?: string;
  readonly AuthParameters?: Readonly<Record<string, string>>;
  readonly ChallengeName?: string;
  readonly ChallengeResponses?: Readonly<Record<string, string>>;
  readonly UserAttributes?: ReadonlyArray<{ readonly Name: string; readonly Value: string }>;
  readonly [field: string]: unknown;
}

/** Cognito's error: its name, and what it says. */
export interface CognitoRefusal {
  readonly __type: string;
  readonly message: string;
}

/** Operations that make a user: their username is a new one. */
export const MAKING: readonly string[] = ["SignUp", "AdminCreateUser"];

/** A phone number as Cognito takes it. */
const NUMBER = /^\+\d{5,15}$/;

/** The attribute that a username becomes, where users of the pool sign in with their addresses or numbers. */
export function typedAttribute(Username: string, pool: Block): string | undefined {
  const typed = (pool.username_attributes ?? []) as readonly string[];
  return typed.find((name) => (name === "email" ? Username.includes("@") : NUMBER.test(Username)));
}

/** Whether a flow gets tokens for a refresh token. */
export function isRefresh(flow: string | undefined): boolean {
  return flow === "REFRESH_TOKEN_AUTH" || flow === "REFRESH_TOKEN";
}

/** A user's names, by which a secret's hash may be made where a refresh token stands for the user. */
export type NamesOf = (refreshToken: string) => Promise<readonly string[]>;

/** What Cognito answers to a call that it refuses before it asks a function; undefined where it goes on. */
export async function refusalByCognito(
  operation: string,
  call: CognitoCall,
  { pool, clients, namesOf }: { pool: Block; clients: readonly LocalClient[]; namesOf: NamesOf },
): Promise<CognitoRefusal | undefined> {
  const client = clients.find(({ id }) => id === call.ClientId);
  if (call.ClientId !== undefined && client === undefined) {
    return { __type: "ResourceNotFoundException", message: `User pool client ${call.ClientId} does not exist.` };
  }
  return (
    (client && (await ofSecret(operation, call, client, namesOf))) ??
    (client && ofAuthFlow(call, client)) ??
    ofUsername(operation, call, pool) ??
    ofPassword(newPasswordIn(operation, call), pool) ??
    ofAttributes(operation, call, pool, client)
  );
}

const OF_CLIENT = ["ClientId", "Username"];
const OF_ADMINISTRATOR = ["UserPoolId", "Username"];

/** Texts that a call must have: "Required" of each operation, Cognito API reference. */
const FIELDS: Readonly<Record<string, readonly string[]>> = {
  SignUp: [...OF_CLIENT, "Password"],
  ConfirmSignUp: [...OF_CLIENT, "ConfirmationCode"],
  ResendConfirmationCode: OF_CLIENT,
  ForgotPassword: OF_CLIENT,
  ConfirmForgotPassword: [...OF_CLIENT, "ConfirmationCode", "Password"],
  InitiateAuth: ["AuthFlow", "ClientId"],
  RespondToAuthChallenge: ["ChallengeName", "ClientId"],
  GetTokensFromRefreshToken: ["RefreshToken", "ClientId"],
  RevokeToken: ["Token", "ClientId"],
  GetUser: ["AccessToken"],
  GlobalSignOut: ["AccessToken"],
  DeleteUser: ["AccessToken"],
  ChangePassword: ["AccessToken", "ProposedPassword"],
  UpdateUserAttributes: ["AccessToken"],
  DeleteUserAttributes: ["AccessToken"],
  GetUserAttributeVerificationCode: ["AccessToken", "AttributeName"],
  VerifyUserAttribute: ["AccessToken", "AttributeName", "Code"],
  AdminInitiateAuth: ["UserPoolId", "AuthFlow", "ClientId"],
  AdminRespondToAuthChallenge: ["UserPoolId", "ChallengeName", "ClientId"],
  AdminSetUserPassword: [...OF_ADMINISTRATOR, "Password"],
  AdminAddUserToGroup: [...OF_ADMINISTRATOR, "GroupName"],
  AdminRemoveUserFromGroup: [...OF_ADMINISTRATOR, "GroupName"],
  AdminCreateUser: OF_ADMINISTRATOR,
  AdminGetUser: OF_ADMINISTRATOR,
  AdminDeleteUser: OF_ADMINISTRATOR,
  AdminConfirmSignUp: OF_ADMINISTRATOR,
  AdminEnableUser: OF_ADMINISTRATOR,
  AdminDisableUser: OF_ADMINISTRATOR,
  AdminResetUserPassword: OF_ADMINISTRATOR,
  AdminUserGlobalSignOut: OF_ADMINISTRATOR,
  AdminListGroupsForUser: OF_ADMINISTRATOR,
  AdminUpdateUserAttributes: OF_ADMINISTRATOR,
  AdminDeleteUserAttributes: OF_ADMINISTRATOR,
};

/** Operations that change a user's attributes, with the list that they must have. */
const LISTS: Readonly<Record<string, string>> = {
  UpdateUserAttributes: "UserAttributes",
  AdminUpdateUserAttributes: "UserAttributes",
  DeleteUserAttributes: "UserAttributeNames",
  AdminDeleteUserAttributes: "UserAttributeNames",
};

/** Flows that begin with a password. */
const WITH_PASSWORD: readonly string[] = ["USER_PASSWORD_AUTH", "ADMIN_USER_PASSWORD_AUTH", "ADMIN_NO_SRP_AUTH"];

/** What Cognito answers to a call without a field that it must have, or with one of another type; undefined where it goes on. */
export function refusalOfFields(operation: string, call: CognitoCall, pool: Block): CognitoRefusal | undefined {
  if (!isTexts(call.AuthParameters) || !isTexts(call.ChallengeResponses) || !isAttributes(call.UserAttributes)) {
    return { __type: "SerializationException", message: "A field is of another type than Cognito takes." };
  }
  const missing = ["USERNAME", "PASSWORD"].find((name) => call.AuthParameters?.[name] === undefined);
  if (WITH_PASSWORD.includes(String(call.AuthFlow)) && missing) {
    return invalidParameter(`Missing required parameter ${missing}`);
  }
  // Users of a pool with other first factors may have no password.
  const isNeeded = (field: string) => !(operation === "SignUp" && field === "Password" && pool.sign_in_policy);
  const list = LISTS[operation];
  const wrong = [...(FIELDS[operation] ?? []).filter(isNeeded), ...(list ? [list] : [])].flatMap((field) => {
    const value = call[field];
    const at = `at '${field[0]?.toLowerCase()}${field.slice(1)}' failed to satisfy constraint: Member must`;
    if (!(field === list ? Array.isArray(value) : typeof value === "string")) return `Value null ${at} not be null`;
    return value === "" ? `Value ${at} have length greater than or equal to 1` : [];
  });
  const [count, errors] = [wrong.length, wrong.length === 1 ? "error" : "errors"];
  return count === 0 ? undefined : invalidParameter(`${count} validation ${errors} detected: ${wrong.join("; ")}`);
}

function isTexts(value: unknown): boolean {
  if (value === undefined || value === null) return true;
  return typeof value === "object" && Object.values(value).every((text) => typeof text === "string");
}

function isAttributes(value: unknown): boolean {
  if (value === undefined || value === null) return true;
  const isAttribute = (one: { Name?: unknown; Value?: unknown } | null) =>
    typeof one?.Name === "string" && typeof (one.Value ?? "") === "string";
  return Array.isArray(value) && value.every(isAttribute);
}

/** Operations with `SecretHash`: Cognito API reference. */
const WITH_SECRET_HASH = [
  ...["SignUp", "ConfirmSignUp", "ResendConfirmationCode", "ForgotPassword", "ConfirmForgotPassword"],
];

/** "Computing secret hash values", Cognito developer guide: an HMAC of the username and the client's id, with the secret as its key. */
async function ofSecret(
  operation: string,
  call: CognitoCall,
  { id, secret }: LocalClient,
  namesOf: NamesOf,
): Promise<CognitoRefusal | undefined> {
  const parameters = call.AuthParameters ?? call.ChallengeResponses;
  const isTold = parameters !== undefined || WITH_SECRET_HASH.includes(operation);
  const given = parameters ? parameters.SECRET_HASH : call.SecretHash;
  if (!isTold || (secret === undefined && given === undefined)) return undefined;
  if (given === undefined) {
    return notAuthorized(`Client ${id} is configured with secret but SECRET_HASH was not received`);
  }
  const REFRESH_TOKEN = isRefresh(call.AuthFlow) ? parameters?.REFRESH_TOKEN : undefined;
  const names = REFRESH_TOKEN ? await namesOf(REFRESH_TOKEN) : [parameters?.USERNAME ?? call.Username ?? ""];
  const isRight = (name: string) =>
    secret !== undefined &&
    given ===
      createHmac("sha256", secret)
        .update(name + id)
        .digest("base64");
  // A token of no user is refused as what it is.
  if (names.some(isRight) || (secret !== undefined && names.length === 0)) return undefined;
  return notAuthorized(`Unable to verify secret hash for client ${id}`);
}

/** Former names of flows: "AuthFlow", Cognito API reference. */
const SAME_FLOW: Readonly<Record<string, string>> = {
  REFRESH_TOKEN: "REFRESH_TOKEN_AUTH",
  ADMIN_NO_SRP_AUTH: "ADMIN_USER_PASSWORD_AUTH",
};

function ofAuthFlow({ AuthFlow }: CognitoCall, { settings }: LocalClient): CognitoRefusal | undefined {
  const flows = settings.explicit_auth_flows;
  if (AuthFlow === undefined || !Array.isArray(flows)) return undefined;
  const flow = SAME_FLOW[AuthFlow] ?? AuthFlow;
  if (flows.includes(`ALLOW_${flow}`)) return undefined;
  if (flow === "USER_SRP_AUTH") return invalidParameter("USER_SRP_AUTH is not enabled for the client.");
  return invalidParameter(`${flow === "USER_PASSWORD_AUTH" ? flow : "Auth"} flow not enabled for this client`);
}

/** What a username should be, where users sign in with this attribute. */
const FORMS: Readonly<Record<string, string>> = { email: "an email", phone_number: "a phone number" };

/** "Username" of SignUp, Cognito API reference, but for invisible characters: the function says more of them. And what would be taken for an alias. */
function ofUsername(operation: string, call: CognitoCall, pool: Block): CognitoRefusal | undefined {
  const { Username, MessageAction } = call;
  if (!MAKING.includes(operation) || MessageAction === "RESEND" || typeof Username !== "string") return undefined;
  if (/[\p{Z}\p{Cc}]/u.test(Username)) {
    return invalidParameter(
      "1 validation error detected: Value at 'username' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]+",
    );
  }
  const typed = (pool.username_attributes ?? []) as readonly string[];
  if (typed.length > 0 && typedAttribute(Username, pool) === undefined) {
    const forms = ["email", "phone_number"].filter((name) => typed.includes(name)).map((name) => FORMS[name]);
    return invalidParameter(`Username should be ${forms.length > 1 ? "either " : ""}${forms.join(" or ")}.`);
  }
  const aliases = (pool.alias_attributes ?? []) as readonly string[];
  const format = (what: string) =>
    invalidParameter(`Username cannot be of ${what} format, since user pool is configured for ${what} alias.`);
  if (aliases.includes("email") && /^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(Username)) return format("email");
  return aliases.includes("phone_number") && NUMBER.test(Username) ? format("phone number") : undefined;
}

/** The password that a call sets; undefined where it sets none. */
function newPasswordIn(operation: string, call: CognitoCall): string | undefined {
  if (call.ChallengeName === "NEW_PASSWORD_REQUIRED") return call.ChallengeResponses?.NEW_PASSWORD;
  const field = {
    SignUp: "Password",
    ConfirmForgotPassword: "Password",
    AdminSetUserPassword: "Password",
    AdminCreateUser: "TemporaryPassword",
    ChangePassword: "ProposedPassword",
  }[operation];
  const password = field && call[field];
  return typeof password === "string" ? password : undefined;
}

/** "PasswordPolicyType", Cognito API reference: what it asks for, and the characters that are symbols to it. */
const REQUIRED = [
  ["require_uppercase", /[A-Z]/, "uppercase"],
  ["require_lowercase", /[a-z]/, "lowercase"],
  ["require_numbers", /[0-9]/, "numeric"],
  ["require_symbols", /[\^$*.[\]{}()?\-"!@#%&/\\,><':;|_~`+=]|\S +\S/, "symbol"],
] as const;

function ofPassword(password: string | undefined, { password_policy: policy }: Block): CognitoRefusal | undefined {
  if (password === undefined) return undefined;
  const refused = (reason: string) => ({
    __type: "InvalidPasswordException",
    message: `Password did not conform with policy: ${reason}`,
  });
  // Cognito's own policy, where none is set.
  const { minimum_length = 8, ...required } = (policy ?? {}) as Block;
  if (password.length < Number(minimum_length)) return refused("Password not long enough");
  const missing = REQUIRED.find(([name, form]) => (policy ? required[name] === true : true) && !form.test(password));
  return missing && refused(`Password must have ${missing[2]} characters`);
}

/** Attributes of every pool, with those that Cognito sets itself. */
const STANDARD = [...STANDARD_ATTRIBUTES, "sub", "email_verified", "phone_number_verified"];

/** Names of the attributes that a call gives a user. */
function attributesIn({ UserAttributes = [], ChallengeResponses = {} }: CognitoCall): string[] {
  const answered = Object.keys(ChallengeResponses).flatMap((name) => /^userAttributes\.(.+)$/.exec(name)?.[1] ?? []);
  return [...UserAttributes.map(({ Name }) => Name), ...answered];
}

interface SchemaBlock {
  readonly name: string;
  readonly required?: boolean;
}

function ofAttributes(
  operation: string,
  call: CognitoCall,
  pool: Block,
  client: LocalClient | undefined,
): CognitoRefusal | undefined {
  if (!MAKING.includes(operation) && call.ChallengeName !== "NEW_PASSWORD_REQUIRED") return undefined;
  const { Username = "" } = call;
  const schema = (pool.schema ?? []) as unknown as readonly SchemaBlock[];
  const known: readonly string[] = [...STANDARD, ...schema.map(({ name }) => `custom:${name}`)];
  const names = attributesIn(call);
  const unknown = names.filter((name) => !known.includes(name));
  const isGiven = (name: string) => names.includes(name) || name === typedAttribute(Username, pool);
  // An administrator may leave out what is required.
  const missing =
    operation === "SignUp" ? schema.filter(({ name, required }) => required === true && !isGiven(name)) : [];
  const wrong = [
    ...unknown.map((name) => `${name}: Attribute does not exist in the schema.\n`),
    ...missing.map(({ name }) => `${name}: The attribute is required\n`),
  ];
  if (wrong.length > 0) return invalidParameter(`Attributes did not conform to the schema: ${wrong.join("")}`);
  const writable = client?.settings.write_attributes;
  return Array.isArray(writable) && names.some((name) => !writable.includes(name))
    ? notAuthorized("A client attempted to write unauthorized attribute")
    : undefined;
}

export function notAuthorized(message: string): CognitoRefusal {
  return { __type: "NotAuthorizedException", message };
}

export function invalidParameter(message: string): CognitoRefusal {
  return { __type: "InvalidParameterException", message };
}
