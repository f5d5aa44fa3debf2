// Operations of Cognito's API that cognito-local does not have. Their input, answers and errors are in the Cognito API reference.
import { randomBytes } from "node:crypto";
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const {
  CognitoError,
  InvalidParameterError,
  NotAuthorizedError,
  UserNotFoundError,
} = require("cognito-local/lib/errors");
const { selectAppropriateDeliveryMethod } = require("cognito-local/lib/services/messageDelivery/deliveryMethod");
const { Targets } = require("cognito-local/lib/targets/targets");
const { decode } = createRequire(require.resolve("cognito-local/lib/server"))("jsonwebtoken");

const { AdminCreateUser } = Targets;

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
      await pool.saveUser(context, { ...user, ConfirmationCode, UserLastModifiedDate: services.clock.get() });
      return { CodeDeliveryDetails: delivery };
    },

  AdminResetUserPassword:
    (services) =>
    async (context, { UserPoolId, Username, ClientMetadata }) => {
      const pool = await services.cognito.getUserPool(context, UserPoolId);
      const user = await userNamed(pool, context, Username);
      const delivery = selectAppropriateDeliveryMethod(["phone_number", "email"], user);
      const ConfirmationCode = services.otp();
      const told = [UserPoolId, user, ConfirmationCode, ClientMetadata, delivery];
      await services.messages.deliver(context, "ForgotPassword", null, ...told);
      const UserLastModifiedDate = services.clock.get();
      await pool.saveUser(context, { ...user, ConfirmationCode, UserStatus: "RESET_REQUIRED", UserLastModifiedDate });
      return {};
    },

  // With another temporary password, an invitation is sent again.
  AdminCreateUser: (services) => async (context, call) => {
    if (call.MessageAction !== "RESEND") return AdminCreateUser(services)(context, call);
    const { UserPoolId, Username, ClientMetadata, DesiredDeliveryMediums = ["SMS", "EMAIL"] } = call;
    const pool = await services.cognito.getUserPool(context, UserPoolId);
    const user = await userNamed(pool, context, Username);
    if (user.UserStatus !== "FORCE_CHANGE_PASSWORD") {
      const message = `Resend not possible. ${Username} status is not FORCE_CHANGE_PASSWORD`;
      throw new CognitoError("UnsupportedUserStateException", message);
    }
    const sentTo = DesiredDeliveryMediums.map((medium) => (medium === "SMS" ? "phone_number" : "email"));
    const delivery = selectAppropriateDeliveryMethod(sentTo, user);
    if (!delivery) throw new InvalidParameterError("User has no attribute matching desired delivery mediums");
    const Password = call.TemporaryPassword ?? `Aa1!${randomBytes(6).toString("base64url")}`;
    const told = [UserPoolId, user, Password, ClientMetadata, delivery];
    await services.messages.deliver(context, "AdminCreateUser", null, ...told);
    const invited = { ...user, Password, UserLastModifiedDate: services.clock.get() };
    await pool.saveUser(context, invited);
    const { Attributes, Enabled, UserCreateDate, UserLastModifiedDate, UserStatus } = invited;
    return { User: { Username: user.Username, Attributes, Enabled, UserCreateDate, UserLastModifiedDate, UserStatus } };
  },

  GlobalSignOut:
    (services) =>
    async (context, { AccessToken }) => {
      const claims = decode(AccessToken ?? "");
      if (!claims) throw new NotAuthorizedError("Invalid Access Token");
      const pool = await services.cognito.getUserPoolForClientId(context, claims.client_id);
      return signOut(pool, context, claims.sub);
    },

  AdminUserGlobalSignOut:
    (services) =>
    async (context, { UserPoolId, Username }) =>
      signOut(await services.cognito.getUserPool(context, UserPoolId), context, Username),
});

async function userNamed(pool, context, name) {
  const user = await pool.getUserByUsername(context, name);
  if (!user) throw new UserNotFoundError("User does not exist.");
  return user;
}

/** The user's refresh tokens end; access tokens stay good until they expire. */
async function signOut(pool, context, name) {
  await pool.saveUser(context, { ...(await userNamed(pool, context, name)), RefreshTokens: [] });
  return {};
}
