import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { TerraformOutput, TerraformVariable } from "cdktf";
import { BundledFunction } from "../../../modules/bundled-function/bundled-function";
import { UserPool, type UserPoolProps } from "../../../modules/user-pool/user-pool";
import { only, stackOf, statementsOf } from "../../support/stack";

const props: UserPoolProps = { userPoolName: "acme-dev-v2" };
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

it("counts an e-mail address only once it is verified", () => {
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

it("is protected against deletion, and open for sign-ups, where nothing is said", () => {
  expect(pool()).toMatchObject({
    deletion_protection: "ACTIVE",
    admin_create_user_config: { allow_admin_create_user_only: false },
    user_pool_tier: "ESSENTIALS",
  });
});

it("refuses a prop that cannot work, by name", () => {
  expect(() => pool({ poolTier: "GOLD" as "PLUS" })).toThrow(
    'UserPool "test/user_pool", field "poolTier": "GOLD" is not allowed; allowed: LITE, ESSENTIALS, PLUS',
  );
});

describe("triggers", () => {
  it("call the function, which lets this pool call it", () => {
    const { resource } = stackOf((stack, bundle) => {
      const fn = new BundledFunction(stack, "welcome", { functionName: "welcome", bundle });
      const pool = new UserPool(stack, "user_pool", props);
      pool.addTrigger("postConfirmation", fn);
      pool.addTrigger("customMessage", new BundledFunction(stack, "message", { functionName: "message", bundle }));
    });
    expect(only(resource, "aws_cognito_user_pool").lambda_config).toEqual({
      post_confirmation: "${aws_lambda_function.welcome.arn}",
      custom_message: "${aws_lambda_function.message.arn}",
    });
    expect(resource.aws_lambda_permission).toMatchObject({
      welcome_invoked_by_user_pool: { source_arn: "${aws_cognito_user_pool.user_pool.arn}" },
      message_invoked_by_user_pool: { source_arn: "${aws_cognito_user_pool.user_pool.arn}" },
    });
  });

  it("of several kinds can be one function, which the pool may call", () => {
    const { resource } = stackOf((stack, bundle) => {
      const fn = new BundledFunction(stack, "challenge", { functionName: "challenge", bundle });
      const pool = new UserPool(stack, "user_pool", props);
      for (const trigger of ["defineAuthChallenge", "createAuthChallenge", "verifyAuthChallengeResponse"] as const) {
        pool.addTrigger(trigger, fn);
      }
    });
    expect(Object.keys(only(resource, "aws_cognito_user_pool").lambda_config)).toHaveLength(3);
    expect(only(resource, "aws_lambda_permission").statement_id).toBe("invoked-by-user-pool");
  });

  it("of the same kind cannot be two", () => {
    expect(() =>
      stackOf((stack, bundle) => {
        const pool = new UserPool(stack, "user_pool", props);
        for (const id of ["one", "two"]) {
          pool.addTrigger("preSignUp", new BundledFunction(stack, id, { functionName: id, bundle }));
        }
      }),
    ).toThrow("The user pool test/user_pool has a function for the trigger preSignUp already.");
  });
});

it("lets a role look up its users", () => {
  const { resource } = stackOf((stack) => {
    new UserPool(stack, "user_pool", props).grantRead(new IamRole(stack, "support", { assumeRolePolicy: "{}" }));
  });
  expect(statementsOf(resource.aws_iam_role_policy?.support_read_users)).toEqual([
    {
      Effect: "Allow",
      Action: ["cognito-idp:AdminGetUser", "cognito-idp:ListUsers"],
      Resource: "${aws_cognito_user_pool.user_pool.arn}",
    },
  ]);
});

describe("a pool that is made elsewhere", () => {
  it("is looked up by its id, and lets a function be called by it", () => {
    const document = stackOf((stack, bundle) => {
      const pool = UserPool.fromUserPoolId(stack, "present", "eu-west-1_AbCdEfGhI");
      pool.addTrigger("preSignUp", new BundledFunction(stack, "fn", { functionName: "fn", bundle }));
      new TerraformOutput(stack, "endpoint", { value: pool.endpoint });
    });
    expect(document.data.aws_cognito_user_pool).toMatchObject({ present: { user_pool_id: "eu-west-1_AbCdEfGhI" } });
    expect(document.resource).not.toHaveProperty("aws_cognito_user_pool");
    expect(only(document.resource, "aws_lambda_permission").source_arn).toBe(
      "${data.aws_cognito_user_pool.present.arn}",
    );
    expect(document.output.endpoint.value).toBe(
      "cognito-idp.eu-west-1.${data.aws_partition.present_partition.dns_suffix}/eu-west-1_AbCdEfGhI",
    );
  });

  it("can have an id that is known only at plan", () => {
    const { output } = stackOf((stack) => {
      const id = new TerraformVariable(stack, "id", { type: "string" }).stringValue;
      new TerraformOutput(stack, "endpoint", { value: UserPool.fromUserPoolId(stack, "present", id).endpoint });
    });
    expect(output.endpoint.value).toContain('element(split("_", var.id), 0)');
  });
});
