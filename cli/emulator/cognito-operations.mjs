// Operations of Cognito's API that cognito-local does not have, or has in part. Their input, answers and errors are in the Cognito API reference.
import { randomBytes, randomUUID } from "node:crypto";
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const {
  CodeMismatchError,
  CognitoError,
  ExpiredCodeError,
  InvalidParameterError,
  UsernameExistsError,
  UserNotFoundError,
} = require("cognito-local/lib/errors");
const { selectAppropriateDeliveryMethod } = require("cognito-local/lib/services/messageDelivery/deliveryMethod");
const {
  attributesAppend,
  attributesInclude,
  attributeValue,
  defaultVerifiedAttributesIfModified,
} = require("cognito-local/lib/services/userPoolService");
const { Targets } = require("cognito-local/lib/targets/targets");
const { decode } = createRequire(require.resolve("cognito-local/lib/server"))("jsonwebtoken");

const { AdminCreateUser, AdminDisableUser, AdminSetUserPassword, ConfirmSignUp, RespondToAuthChallenge, SignUp } =
  Targets;

Object.assign(Targets, {
  ResendConfirmationCode:
    (services) =>
    async (context, { ClientId, Username, ClientMetadata }) => {
      const pool = await services.cognito.getUserPoolForClientId(context, ClientId);
      const user = await userNamed(pool, context, Username);
      if (user.UserStatus !== "UNCONFIRMED") throw new InvalidParameterError("User is already confirmed.");
      const delivery = selectAppropriateDeliveryMethod(pool.options.AutoVerifiedAttributes ?? [], user);
      if (!delivery) throw new InvalidParameterError("Cannot resend codes. Auto verification not turned on.");
      const ConfirmationCode = services.otp();
      const told = [pool.options.Id, user, ConfirmationCode, ClientMetadata, delivery];
      await services.messages.deliver(context, "ResendCode", ClientId, ...told);
      await change(services, context, pool, user, { ConfirmationCode, ResetsPassword: false });
      return { CodeDeliveryDetails: delivery };
    },

  // The front says to which attribute the code goes.
  ForgotPassword: (services) => async (context, call) => {
    const pool = await services.cognito.getUserPoolForClientId(context, call.ClientId);
    const user = await userNamed(pool, context, call.Username);
    return { CodeDeliveryDetails: await sendReset(services, context, { pool, user, call }) };
  },

  AdminResetUserPassword: (services) => async (context, call) => {
    const pool = await services.cognito.getUserPool(context, call.UserPoolId);
    const user = await userNamed(pool, context, call.Username);
    await sendReset(services, context, { pool, user, call });
    await change(services, context, pool, user, { UserStatus: "RESET_REQUIRED" });
    return {};
  },

  // A code that was sent before gives no other password.
  AdminSetUserPassword: changing(AdminSetUserPassword, { ConfirmationCode: undefined, ResetsPassword: undefined }),

  // It ends the user's tokens, also those of a user that is enabled again.
  AdminDisableUser: changing(AdminDisableUser, { RefreshTokens: [] }),

  // The attribute that the code was sent to is verified before a function is told of the account.
  ConfirmSignUp: (services) => async (context, call) => {
    const pool = await services.cognito.getUserPoolForClientId(context, call.ClientId);
    const user = await pool.getUserByUsername(context, call.Username);
    const sentTo = user && selectAppropriateDeliveryMethod(pool.options.AutoVerifiedAttributes ?? [], user);
    if (sentTo && user.ConfirmationCode && user.ConfirmationCode === call.ConfirmationCode) {
      const verified = { Name: `${sentTo.AttributeName}_verified`, Value: "true" };
      await pool.saveUser(context, { ...user, Attributes: attributesAppend(user.Attributes, verified) });
    }
    return ConfirmSignUp(services)(context, call);
  },

  // Without an attribute that the pool verifies there is no code.
  SignUp: (services) => async (context, call) => {
    const pool = await services.cognito.getUserPoolForClientId(context, call.ClientId);
    const { AutoVerifiedAttributes = [] } = pool.options;
    const [made, sub] = await withId(pool, context, call);
    const isSent = AutoVerifiedAttributes.some((name) => attributesInclude(name, made.UserAttributes));
    const options = { UsernameAttributes: [], AutoVerifiedAttributes: isSent ? AutoVerifiedAttributes : undefined };
    return { ...(await SignUp(withOptions(services, pool, options))(context, made)), UserSub: sub };
  },

  // With another temporary password, an invitation is sent again.
  AdminCreateUser: (services) => async (context, call) => {
    const { UserPoolId, Username, ClientMetadata, DesiredDeliveryMediums = ["SMS"] } = call;
    const { TemporaryPassword = `Aa1!${randomBytes(6).toString("base64url")}` } = call;
    const pool = await services.cognito.getUserPool(context, UserPoolId);
    if (call.MessageAction !== "RESEND") {
      const [made] = await withId(pool, context, { ...call, TemporaryPassword });
      return AdminCreateUser(withOptions(services, pool, { UsernameAttributes: [] }))(context, made);
    }
    const user = await userNamed(pool, context, Username);
    if (user.UserStatus !== "FORCE_CHANGE_PASSWORD") {
      const message = `Resend not possible. ${Username} status is not FORCE_CHANGE_PASSWORD`;
      throw new CognitoError("UnsupportedUserStateException", message);
    }
    const sentTo = DesiredDeliveryMediums.map((medium) => (medium === "SMS" ? "phone_number" : "email"));
    const delivery = selectAppropriateDeliveryMethod(sentTo, user);
    if (!delivery) throw new InvalidParameterError("User has no attribute matching desired delivery mediums");
    const told = [UserPoolId, user, TemporaryPassword, ClientMetadata, delivery];
    await services.messages.deliver(context, "AdminCreateUser", null, ...told);
    const invited = await change(services, context, pool, user, { Password: TemporaryPassword });
    const { Attributes, Enabled, UserCreateDate, UserLastModifiedDate, UserStatus } = invited;
    return { User: { Username: user.Username, Attributes, Enabled, UserCreateDate, UserLastModifiedDate, UserStatus } };
  },

  // What the user says with a new password is stored before tokens tell of it.
  RespondToAuthChallenge: (services) => async (context, call) => {
    const { ClientId, ChallengeName, ChallengeResponses: responses = {}, Session } = call;
    if (ChallengeName === "NEW_PASSWORD_REQUIRED" && responses.NEW_PASSWORD && responses.USERNAME && Session) {
      const said = Object.entries(responses).filter(([name]) => name.startsWith("userAttributes."));
      const attributes = said.map(([name, Value]) => ({ Name: name.replace("userAttributes.", ""), Value }));
      const pool = await services.cognito.getUserPoolForClientId(context, ClientId);
      const user = await pool.getUserByUsername(context, responses.USERNAME);
      const changed = attributes.filter(({ Name, Value }) => attributeValue(Name, user?.Attributes) !== Value);
      const Attributes = attributesAppend(user?.Attributes, ...defaultVerifiedAttributesIfModified(changed));
      if (user && changed.length > 0) await pool.saveUser(context, { ...user, Attributes });
    }
    return RespondToAuthChallenge(services)(context, call);
  },

  GetUserAttributeVerificationCode:
    (services) =>
    async (context, { AccessToken, AttributeName, ClientMetadata }) => {
      const { pool, user, client } = await bearer(services, context, AccessToken);
      const delivery = selectAppropriateDeliveryMethod([AttributeName], user);
      if (!delivery) throw new InvalidParameterError(`User has no ${AttributeName} that a code can be sent to.`);
      const Code = services.otp();
      const told = [pool.options.Id, user, Code, ClientMetadata, delivery];
      await services.messages.deliver(context, "VerifyUserAttribute", client, ...told);
      const asked = { AttributeVerificationCode: Code, AskedVerification: { Code, AttributeName } };
      await change(services, context, pool, user, asked);
      return { CodeDeliveryDetails: delivery };
    },

  // An address or a number that users sign in with is one user's only.
  VerifyUserAttribute:
    (services) =>
    async (context, { AccessToken, AttributeName, Code }) => {
      const { pool, user } = await bearer(services, context, AccessToken);
      const { AttributeVerificationCode: code, UnverifiedAttributeChanges: pending = [] } = user;
      if (!code || AttributeName !== verifiedByCode(pool, user)) throw new ExpiredCodeError();
      if (Code !== code) throw new CodeMismatchError();
      const isProved = ({ Name }) => [AttributeName, `${AttributeName}_verified`].includes(Name);
      const proved = [...pending.filter(isProved), { Name: `${AttributeName}_verified`, Value: "true" }];
      const Attributes = attributesAppend(user.Attributes, ...proved);
      const others = (await pool.listUsers(context)).filter(({ Username }) => Username !== user.Username);
      if (isNameOfOne(pool, AttributeName) && others.some((other) => isSame(AttributeName, other, { Attributes }))) {
        throw new CognitoError("AliasExistsException", `An account with the ${AttributeName} already exists.`);
      }
      const left = pending.filter((attribute) => !isProved(attribute));
      await pool.saveUser(context, {
        ...{ ...user, Attributes, AttributeVerificationCode: undefined, UserLastModifiedDate: services.clock.get() },
        UnverifiedAttributeChanges: left.length > 0 ? left : undefined,
      });
      return {};
    },

  GlobalSignOut:
    (services) =>
    async (context, { AccessToken }) => {
      const { pool, user } = await bearer(services, context, AccessToken);
      await change(services, context, pool, user, { RefreshTokens: [] });
      return {};
    },

  AdminUserGlobalSignOut: changing(() => async () => ({}), { RefreshTokens: [] }),
});

async function userNamed(pool, context, name) {
  const user = await pool.getUserByUsername(context, name);
  if (!user) throw new UserNotFoundError("User does not exist.");
  return user;
}

/** An operation of administrators after which these fields of the user are changed, too. */
function changing(operation, fields) {
  return (services) => async (context, call) => {
    const answer = await operation(services)(context, call);
    const pool = await services.cognito.getUserPool(context, call.UserPoolId);
    await change(services, context, pool, call, fields);
    return answer;
  };
}

/** Changes these fields of a user, as it is now: a function that was asked in the meantime may have changed it, too. Answers the user. */
async function change({ clock }, context, pool, { Username }, fields) {
  const user = await userNamed(pool, context, Username);
  const changed = { ...user, ...fields, UserLastModifiedDate: clock.get() };
  await pool.saveUser(context, changed);
  return changed;
}

/** Sends a code for a new password; answers where to. */
async function sendReset(services, context, { pool, user, call }) {
  const { ClientId = null, ClientMetadata, DeliveryAttribute } = call;
  const delivery = selectAppropriateDeliveryMethod([DeliveryAttribute], { Attributes: user.Attributes });
  if (!delivery) throw new InvalidParameterError("There is nothing that a code can be sent to.");
  const ConfirmationCode = services.otp();
  const told = [pool.options.Id, user, ConfirmationCode, ClientMetadata, delivery];
  await services.messages.deliver(context, "ForgotPassword", ClientId, ...told);
  await change(services, context, pool, user, { ConfirmationCode, ResetsPassword: true });
  return delivery;
}

/** A call that makes a user, with the id of the user, which is the username, too, where users sign in with an address or a number. */
async function withId(pool, context, call) {
  const { Username, UserAttributes = [] } = call;
  const sub = randomUUID();
  const attributes = [{ Name: "sub", Value: sub }, ...UserAttributes.filter(({ Name }) => Name !== "sub")];
  if (!pool.options.UsernameAttributes?.length) return [{ ...call, UserAttributes: attributes }, sub];
  if (await pool.getUserByUsername(context, Username)) throw new UsernameExistsError();
  const Name = Username.includes("@") ? "email" : "phone_number";
  if (!attributesInclude(Name, attributes)) attributes.push({ Name, Value: Username });
  return [{ ...call, Username: sub, UserAttributes: attributes }, sub];
}

/** The services, with other options of a pool. */
function withOptions(services, pool, options) {
  const other = Object.create(pool, { options: { value: { ...pool.options, ...options } } });
  const value = async () => other;
  return {
    ...services,
    cognito: Object.create(services.cognito, { getUserPool: { value }, getUserPoolForClientId: { value } }),
  };
}

/** The user whose access token this is, with the pool and the id of the client. The token was checked before (cognito-tokens.mjs). */
async function bearer(services, context, token) {
  const { client_id: client, sub } = decode(token);
  const pool = await services.cognito.getUserPoolForClientId(context, client);
  return { pool, user: await userNamed(pool, context, sub), client };
}

/** The attribute that a user's code verifies: the one it was asked for or, after a change of attributes, the one it was sent to. */
function verifiedByCode(pool, user) {
  const { Code, AttributeName } = user.AskedVerification ?? {};
  if (Code === user.AttributeVerificationCode) return AttributeName;
  return selectAppropriateDeliveryMethod(pool.options.AutoVerifiedAttributes ?? [], user)?.AttributeName;
}

function isNameOfOne({ options: { AliasAttributes = [], UsernameAttributes = [] } }, name) {
  return AliasAttributes.includes(name) || UsernameAttributes.includes(name);
}

/** Whether two users have the same address or number, and it is verified. */
function isSame(name, ...users) {
  const [one, other] = users.map(({ Attributes }) => [
    attributeValue(name, Attributes)?.toLowerCase(),
    attributeValue(`${name}_verified`, Attributes),
  ]);
  return one[0] === other[0] && one[1] === "true" && other[1] === "true";
}
