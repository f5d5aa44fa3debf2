// Tokens as Cognito makes and checks them, instead of cognito-local's: with every attribute that the client may read, each refused once it has expired, was
// ended by a sign-out, or is another client's. "Understanding user pool JSON web tokens", Cognito developer guide.
import { createPublicKey, randomUUID } from "node:crypto";
import { createRequire } from "node:module";
// First: the tokens of what it adds are checked, too.
import "./cognito-operations.mjs";

const require = createRequire(import.meta.url);
const { NotAuthorizedError, UserNotFoundError } = require("cognito-local/lib/errors");
const { pem } = require("cognito-local/lib/keys/cognitoLocal.private.json");
const { LambdaService } = require("cognito-local/lib/services/lambda");
const { JwtTokenGenerator } = require("cognito-local/lib/services/tokenGenerator");
const { UserPoolServiceImpl } = require("cognito-local/lib/services/userPoolService");
const { Targets } = require("cognito-local/lib/targets/targets");
const { decode, sign, verify } = createRequire(require.resolve("cognito-local/lib/server"))("jsonwebtoken");

/** What users may do with their own account: the scope of a sign-in without hosted pages. */
const SCOPE = "aws.cognito.signin.user.admin";

const PUBLIC_KEY = createPublicKey(pem);

JwtTokenGenerator.prototype.generate = async function (context, user, groups, client, clientMetadata, source) {
  const now = Math.floor(this.clock.get().getTime() / 1000);
  const { ClientId, UserPoolId, TokenValidityUnits: units } = client;
  // Every token of a sign-in has the id of its refresh token.
  const origin = decode(context.refreshToken ?? "");
  const origin_jti = origin?.jti ?? randomUUID();
  const auth_time = origin?.auth_time ?? now;
  const sub = user.Attributes.find(({ Name }) => Name === "sub")?.Value;
  const common = { sub, auth_time, event_id: randomUUID(), iat: now, origin_jti };
  const own = { "cognito:username": user.Username, token_use: "id", jti: randomUUID() };
  const asked = this.triggers.enabled("PreTokenGeneration")
    ? await this.triggers.preTokenGeneration(context, {
        clientId: ClientId,
        clientMetadata,
        source,
        userAttributes: user.Attributes,
        username: user.Username,
        groupConfiguration: { groupsToOverride: groups },
        userPoolId: UserPoolId,
      })
    : {};
  const { claimsOverrideDetails: first, claimsAndScopeOverrideDetails: second } = asked;
  const { groupOverrideDetails, idTokenGeneration, accessTokenGeneration } = second ?? {
    groupOverrideDetails: first?.groupOverrideDetails,
    idTokenGeneration: first,
  };
  const named = groupOverrideDetails?.groupsToOverride ?? groups;
  const ofGroups = named.length > 0 && { "cognito:groups": named };
  const id = overridden({ ...common, ...attributesFor(client, user), ...own, ...ofGroups }, idTokenGeneration);
  const { scopesToAdd, scopesToSuppress } = accessTokenGeneration ?? {};
  const scopes = [SCOPE, ...(scopesToAdd ?? [])].filter((scope) => !scopesToSuppress?.includes(scope));
  const access = overridden(
    {
      ...{ ...common, ...ofGroups, client_id: ClientId, username: user.Username },
      ...{ scope: scopes.join(" "), token_use: "access", jti: randomUUID() },
    },
    accessTokenGeneration,
  );
  const refresh = { client_id: ClientId, auth_time, iat: now, jti: origin_jti };
  const signed = (claims, validity, unit, options = {}) =>
    sign(claims, pem, {
      ...{ algorithm: "RS256", keyid: "CognitoLocal", issuer: `${this.tokenConfig.IssuerDomain}/${UserPoolId}` },
      ...{ expiresIn: `${validity}${unit}`, ...options },
    });
  return {
    AccessToken: signed(access, client.AccessTokenValidity, units.AccessToken),
    IdToken: signed(id, client.IdTokenValidity, units.IdToken, { audience: ClientId }),
    RefreshToken: signed(refresh, client.RefreshTokenValidity, units.RefreshToken),
  };
};

const { createLambdaEvent } = LambdaService.prototype;
LambdaService.prototype.createLambdaEvent = function (event) {
  const made = createLambdaEvent.call(this, event);
  const { groupConfiguration } = event;
  return groupConfiguration ? { ...made, request: { ...made.request, groupConfiguration } } : made;
};

/** The claims that are a user's attributes: those that the client may read. */
function attributesFor({ ReadAttributes }, { Attributes }) {
  const claims = Object.fromEntries(Attributes.map(({ Name, Value }) => [Name, claimOf(Name, Value)]));
  for (const name of ["email", "phone_number"]) if (name in claims) claims[`${name}_verified`] ??= false;
  const readable = ([name]) => ReadAttributes === undefined || ReadAttributes.includes(name);
  return Object.fromEntries(Object.entries(claims).filter(readable));
}

function claimOf(name, value) {
  if (name.endsWith("_verified")) return value === "true";
  return name === "address" ? { formatted: value } : value;
}

/** Claims that a function cannot change: "Pre token generation Lambda trigger", Cognito developer guide. */
const FIXED = [
  ...["acr", "amr", "at_hash", "auth_time", "azp", "exp", "iat", "identities", "iss", "jti", "nbf", "nonce"],
  ...["origin_jti", "sub", "token_use", "aud", "client_id", "cognito:username"],
  ...["device_key", "event_id", "scope", "username", "version"],
];

function overridden(claims, details) {
  const { claimsToAddOrOverride, claimsToSuppress } = details ?? {};
  const added = Object.entries(claimsToAddOrOverride ?? {}).filter(([name]) => !FIXED.includes(name));
  const isKept = ([name]) => FIXED.includes(name) || !claimsToSuppress?.includes(name);
  return Object.fromEntries([...Object.entries(claims), ...added].filter(isKept));
}

/** The claims of a token that was made here and has not expired. `what` is how Cognito calls it. */
function verified(token, what) {
  try {
    return verify(token, PUBLIC_KEY, { algorithms: ["RS256"] });
  } catch (error) {
    throw new NotAuthorizedError(
      error.name === "TokenExpiredError" ? `${what} Token has expired` : `Invalid ${what} Token`,
    );
  }
}

async function checkAccessToken({ cognito }, context, token) {
  const { token_use, client_id, sub, origin_jti } = verified(token, "Access");
  if (token_use !== "access") throw new NotAuthorizedError("Invalid Access Token");
  const pool = await cognito.getUserPoolForClientId(context, client_id);
  const user = await pool.getUserByUsername(context, sub);
  if (!user) throw new UserNotFoundError("User does not exist.");
  if (user.Enabled === false) throw new NotAuthorizedError("User is disabled.");
  const isThere = user.RefreshTokens?.some((refresh) => decode(refresh)?.jti === origin_jti);
  if (!isThere) throw new NotAuthorizedError("Access Token has been revoked");
}

function checkRefreshToken({ AuthParameters, ClientId }) {
  const { client_id } = verified(AuthParameters?.REFRESH_TOKEN, "Refresh");
  if (client_id !== ClientId) throw new NotAuthorizedError("Invalid Refresh Token");
}

const { RespondToAuthChallenge } = Targets;
Targets.RespondToAuthChallenge = (services) => async (context, call) => {
  const answer = await RespondToAuthChallenge(services)(context, call);
  const { RefreshToken } = answer.AuthenticationResult ?? {};
  if (RefreshToken === undefined) return answer;
  const pool = await services.cognito.getUserPoolForClientId(context, call.ClientId);
  await pool.storeRefreshToken(context, RefreshToken, { Username: call.ChallengeResponses.USERNAME });
  return answer;
};

/** A function that was asked in the meantime may have changed the user. */
UserPoolServiceImpl.prototype.storeRefreshToken = async function (context, token, { Username }) {
  const user = await this.getUserByUsername(context, Username);
  if (user) await this.saveUser(context, { ...user, RefreshTokens: [...(user.RefreshTokens ?? []), token] });
};

/** How long tokens are good for where a client does not say it: "CreateUserPoolClient", Cognito API reference. */
const VALIDITY = { AccessTokenValidity: 1, IdTokenValidity: 1, RefreshTokenValidity: 30 };
const UNITS = { AccessToken: "hours", IdToken: "hours", RefreshToken: "days" };

for (const operation of ["CreateUserPoolClient", "UpdateUserPoolClient"]) {
  const target = Targets[operation];
  Targets[operation] = (services) => (context, call) =>
    target(services)(context, {
      ...VALIDITY,
      ...call,
      TokenValidityUnits: { ...UNITS, ...call.TokenValidityUnits },
    });
}

for (const [operation, target] of Object.entries(Targets)) {
  Targets[operation] = (services) => async (context, call) => {
    if (call.AccessToken !== undefined) await checkAccessToken(services, context, call.AccessToken);
    const isRefresh = ["REFRESH_TOKEN", "REFRESH_TOKEN_AUTH"].includes(call.AuthFlow);
    if (isRefresh) checkRefreshToken(call);
    const refreshToken = isRefresh ? call.AuthParameters.REFRESH_TOKEN : undefined;
    return target(services)({ ...context, refreshToken }, call);
  };
}
