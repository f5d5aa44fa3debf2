import { complete } from "../../../modules/setting/setting";
import { identifiersOf } from "../../../modules/user-pool/identifiers";
import { userPoolSettings } from "../../../modules/user-pool/settings";
import type { UserPoolProps } from "../../../modules/user-pool/user-pool";
import { attributesOf, scopesOfClient, userPoolClientSettings } from "../../../modules/user-pool-client/settings";
import { only } from "../../support/stack";
import { poolWith, refusalOf, stackWithPool } from "./pool-with";

type Props = Partial<UserPoolProps>;
const PHONE: Props = { aliasAttributes: ["phone_number"], accountRecovery: ["verified_phone_number"] };

it("users sign in with a username or an e-mail address where nothing is said", () => {
  const pool = poolWith();
  expect(pool).toMatchObject({ alias_attributes: ["email"], auto_verified_attributes: ["email"] });
  expect(pool).not.toHaveProperty("username_attributes");
});

it("a pool works without e-mail addresses: numbers are proved, by a role that sends text messages", () => {
  const { resource } = stackWithPool(PHONE);
  const pool = only(resource, "aws_cognito_user_pool");
  expect(pool).toMatchObject({
    alias_attributes: ["phone_number"],
    auto_verified_attributes: ["phone_number"],
    user_attribute_update_settings: { attributes_require_verification_before_update: ["phone_number"] },
    account_recovery_setting: { recovery_mechanism: [{ name: "verified_phone_number", priority: 1 }] },
    sms_configuration: { sns_caller_arn: "${aws_iam_role.user_pool_sms_role.arn}" },
  });
  expect(pool.schema ?? []).toEqual([]);
});

it("a pool works with usernames only: nothing is proved", () => {
  const pool = poolWith({ aliasAttributes: [], accountRecovery: [] });
  for (const name of ["alias_attributes", "auto_verified_attributes", "user_attribute_update_settings"]) {
    expect(pool).not.toHaveProperty(name);
  }
});

it("an e-mail address that is no name to sign in with can be there, and is proved", () => {
  expect(poolWith({ aliasAttributes: [], standardAttributes: { email: { required: true } } })).toMatchObject({
    auto_verified_attributes: ["email"],
    schema: [{ name: "email", required: true }],
  });
});

it("without usernames of their own, users have an address, or one of both", () => {
  expect(poolWith({ usernameAttributes: ["email"] })).toMatchObject({
    username_attributes: ["email"],
    schema: [{ name: "email", required: true }],
  });
  const both = poolWith({ usernameAttributes: ["email", "phone_number"] });
  expect(both).not.toHaveProperty("alias_attributes");
  expect(both).toMatchObject({ auto_verified_attributes: ["email", "phone_number"] });
  expect(both.schema ?? []).toEqual([]);
});

it.each<[Props, object]>([
  [{}, { username: "required", email: "required" }],
  [{ aliasAttributes: [] }, { username: "required" }],
  [PHONE, { username: "required", phone_number: "optional" }],
  [
    { ...PHONE, standardAttributes: { phone_number: { required: true } } },
    { username: "required", phone_number: "required" },
  ],
  [
    { aliasAttributes: ["preferred_username", "phone_number", "email"] },
    { username: "required", email: "required", phone_number: "optional", preferred_username: "optional" },
  ],
  [{ usernameAttributes: ["email"] }, { email: "required" }],
  [{ usernameAttributes: ["phone_number"] }, { phone_number: "required" }],
  [{ usernameAttributes: ["phone_number", "email"] }, { email: "optional", phone_number: "optional" }],
])("with %j, the functions keep unique: %j", (props, identifiers) => {
  expect(identifiersOf(complete(userPoolSettings, props))).toEqual(identifiers);
});

it.each<[Props, RegExp]>([
  [{ aliasAttributes: ["email"], usernameAttributes: ["email"] }, /"usernameAttributes".*either aliasAttributes, or/],
  [{ aliasAttributes: ["username" as "email"] }, /"aliasAttributes.*email, phone_number, preferred_username/],
  [{ aliasAttributes: ["email", "email"] }, /"aliasAttributes".*different/],
  [{ usernameAttributes: [] }, /"usernameAttributes".*a list of email, phone_number/],
  [{ usernameAttributes: ["preferred_username" as "email"] }, /"usernameAttributes.*email, phone_number/],
  [
    { aliasAttributes: ["phone_number"], accountRecovery: ["verified_email"] },
    /"accountRecovery".*a list without verified_email/,
  ],
  [{ ...PHONE, firstAuthFactors: ["PASSWORD", "EMAIL_OTP"] }, /"firstAuthFactors".*a list without EMAIL_OTP/],
  [{ ...PHONE, mfa: "ON" }, /"mfaFactors".*a list with SMS in it/],
  [{ standardAttributes: { email: {} } }, /"standardAttributes.email".*\{ required: true \}/],
  [{ standardAttributes: { email: { required: true, mutable: false } } }, /"standardAttributes.email"/],
])("%j is refused", (props, message) => {
  expect(refusalOf(props)).toMatch(message);
});

it("clients may read and write what users sign in with, and ask for it", () => {
  const settings = complete(userPoolClientSettings, { callbackUrls: ["https://acme.com"] });
  const pool = { requiredAttributes: [], signInAttributes: ["phone_number", "preferred_username"] };
  const { readAttributes, writeAttributes } = attributesOf(settings, pool);
  expect(writeAttributes).toEqual(expect.arrayContaining(["phone_number", "preferred_username"]));
  expect(writeAttributes).not.toContain("phone_number_verified");
  expect(readAttributes).toEqual(expect.arrayContaining(["phone_number", "phone_number_verified"]));
  expect(scopesOfClient(settings, pool)).toContain("phone");
  expect(scopesOfClient(settings, { signInAttributes: ["email"] })).not.toContain("phone");
});
