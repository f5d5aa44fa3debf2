import { UserPool, type UserPoolProps } from "../../../modules/user-pool/user-pool";
import { only, stackOf } from "../../support/stack";

const props: UserPoolProps = {
  name: "acme-dev-v2",
  tier: "LITE",
  selfSignUp: false,
  deletionProtection: false,
  preSignUpArn: "arn:aws:lambda:eu-west-1:111122223333:function:decide",
};

const pool = (changed: Partial<UserPoolProps> = {}) =>
  only(
    stackOf((stack) => new UserPool(stack, "user_pool", { ...props, ...changed })).resource,
    "aws_cognito_user_pool",
  );

it("says what can never be changed later", () => {
  expect(pool()).toMatchObject({
    name: "acme-dev-v2",
    alias_attributes: ["email"],
    username_configuration: { case_sensitive: false },
  });
  expect(pool()).not.toHaveProperty("username_attributes");
});

it("has the pools of its name in every plan, so that a second one is seen", () => {
  const { data } = stackOf((stack) => new UserPool(stack, "user_pool", props));
  expect(data.aws_cognito_user_pools).toMatchObject({ user_pool_same_name: { name: "acme-dev-v2" } });
});

it("has one schema entry, complete, so that a second plan shows no difference", () => {
  expect(pool().schema).toEqual([
    {
      name: "email",
      attribute_data_type: "String",
      required: true,
      mutable: true,
      developer_only_attribute: false,
      string_attribute_constraints: { min_length: "0", max_length: "2048" },
    },
  ]);
});

it("takes an e-mail address for somebody's only once they have proved it", () => {
  expect(pool()).toMatchObject({
    auto_verified_attributes: ["email"],
    user_attribute_update_settings: { attributes_require_verification_before_update: ["email"] },
    account_recovery_setting: { recovery_mechanism: [{ name: "verified_email", priority: 1 }] },
  });
});

it.each([
  [true, false],
  [false, true],
])("self sign-up %s means that only administrators create accounts: %s", (selfSignUp, adminOnly) => {
  expect(pool({ selfSignUp }).admin_create_user_config).toEqual({ allow_admin_create_user_only: adminOnly });
});

it.each([
  [true, "ACTIVE"],
  [false, "INACTIVE"],
])("deletion protection %s is %s", (deletionProtection, state) => {
  expect(pool({ deletionProtection }).deletion_protection).toBe(state);
});

it("asks the function before every sign-up", () => {
  expect(pool().lambda_config).toEqual({ pre_sign_up: props.preSignUpArn });
});

it("asks another function about people whom it does not know, where there is one", () => {
  const userMigrationArn = "arn:aws:lambda:eu-west-1:111122223333:function:move";
  expect(pool({ userMigrationArn }).lambda_config).toEqual({
    pre_sign_up: props.preSignUpArn,
    user_migration: userMigrationArn,
  });
});

it("has the tier that is asked for", () => {
  expect(pool({ tier: "PLUS" }).user_pool_tier).toBe("PLUS");
});
