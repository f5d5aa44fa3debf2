import { TerraformVariable } from "cdktf";
import { BundledFunction } from "../../../modules/bundled-function/bundled-function";
import { CustomerKey } from "../../../modules/customer-key/customer-key";
import { type ImportedFunctionOptions, TriggerFunction } from "../../../modules/trigger-function/trigger-function";
import { UserPool } from "../../../modules/user-pool/user-pool";
import { type Document, only, stackOf, statementsOf } from "../../support/stack";

const ARN = "arn:aws:lambda:eu-west-1:111122223333:function:welcome";
const KEY = "arn:aws:kms:eu-west-1:111122223333:key/1";

type Parts = {
  readonly userPool: UserPool;
  readonly fn: (name: string) => BundledFunction;
  readonly key: (id: string) => CustomerKey;
};

function withPool(use: (parts: Parts) => void): Document {
  return stackOf((stack, bundle) =>
    use({
      userPool: new UserPool(stack, "user_pool", { userPoolName: "acme-dev-v2" }),
      fn: (name) => new BundledFunction(stack, name, { functionName: `acme-${name}`, bundle }),
      key: (id) => new CustomerKey(stack, id, { arn: `${KEY}${id}`, region: "eu-west-1" }),
    }),
  );
}
const lambdaConfig = ({ resource }: Document) => only(resource, "aws_cognito_user_pool").lambda_config;

describe("a function that is made elsewhere", () => {
  const imported = (arn: string, options?: ImportedFunctionOptions) =>
    withPool(({ userPool }) =>
      userPool.addTrigger("postConfirmation", TriggerFunction.fromFunctionArn(userPool, "welcome", arn, options)),
    );

  it.each([
    [ARN, undefined],
    [`${ARN}:live`, "live"],
    [`${ARN}:7`, "7"],
  ])("%s may be called by this pool of this account only, by the version or alias %s", (arn, qualifier) => {
    const document = imported(arn);
    expect(lambdaConfig(document)).toEqual({ post_confirmation: arn });
    const permission = only(document.resource, "aws_lambda_permission");
    expect(permission).toMatchObject({
      action: "lambda:InvokeFunction",
      function_name: ARN,
      principal: "cognito-idp.amazonaws.com",
      source_arn: "${aws_cognito_user_pool.user_pool.arn}",
      source_account: expect.stringContaining(".account_id}"),
    });
    expect(permission.qualifier).toBe(qualifier);
    // Pools of other stacks may call it, too: the provider makes an id that is unique.
    expect(permission).not.toHaveProperty("statement_id");
  });

  it("of another account is let be called by its owner", () => {
    const { resource } = imported(ARN, { permission: false });
    expect(resource).not.toHaveProperty("aws_lambda_permission");
  });

  it.each(["welcome", "arn:aws:sns:eu-west-1:111122223333:welcome", `${ARN}:live:2`, `${ARN}:$LATEST`])(
    "is not %s",
    (arn) => {
      expect(() => imported(arn)).toThrow(/field "arn": .* allowed: the ARN of a Lambda function, of a version or/);
    },
  );

  it("may be known only at plan", () => {
    const { resource } = withPool(({ userPool }) => {
      const arn = new TerraformVariable(userPool, "arn", { type: "string" }).stringValue;
      userPool.addTrigger("customMessage", TriggerFunction.fromFunctionArn(userPool, "texts", arn));
    });
    expect(only(resource, "aws_lambda_permission").function_name).toBe("${var.user_pool_arn}");
  });
});

describe("pre-token generation", () => {
  it.each([
    [undefined, "V1_0"],
    [{}, "V1_0"],
    [{ lambdaVersion: "V2_0" } as const, "V2_0"],
    [{ lambdaVersion: "V3_0" } as const, "V3_0"],
  ])("with %j names one function twice, with the version %s", (options, version) => {
    const document = withPool(({ userPool, fn }) => userPool.addTrigger("preTokenGeneration", fn("roles"), options));
    const arn = "${aws_lambda_function.roles.arn}";
    expect(lambdaConfig(document)).toEqual({
      pre_token_generation: arn,
      pre_token_generation_config: { lambda_arn: arn, lambda_version: version },
    });
  });
});

describe("custom senders", () => {
  const withSenders = () =>
    withPool(({ userPool, fn, key }) => {
      const kmsKey = key("codes");
      userPool.addTrigger("customEmailSender", fn("mail"), { kmsKey });
      userPool.addTrigger("customSmsSender", fn("sms"), { kmsKey });
    });

  it("have the first version of the event, and one key", () => {
    const config = (name: string) => ({ lambda_arn: `\${aws_lambda_function.${name}.arn}`, lambda_version: "V1_0" });
    expect(lambdaConfig(withSenders())).toEqual({
      custom_email_sender: config("mail"),
      custom_sms_sender: config("sms"),
      kms_key_id: `${KEY}codes`,
    });
  });

  it("may decrypt the codes of this pool, and nothing else with the key", () => {
    const { resource } = withSenders();
    for (const name of ["mail", "sms"]) {
      expect(statementsOf(resource.aws_iam_role_policy?.[`${name}_decrypt_codes`])).toEqual([
        {
          Effect: "Allow",
          Action: "kms:Decrypt",
          Resource: `${KEY}codes`,
          Condition: { StringEquals: { "kms:EncryptionContext:userpool-id": "${aws_cognito_user_pool.user_pool.id}" } },
        },
      ]);
    }
  });

  it("with two keys are refused", () => {
    expect(() =>
      withPool(({ userPool, fn, key }) => {
        userPool.addTrigger("customEmailSender", fn("mail"), { kmsKey: key("one") });
        userPool.addTrigger("customSmsSender", fn("sms"), { kmsKey: key("two") });
      }),
    ).toThrow("has another key for its other custom sender: both use one");
  });

  it("that are made elsewhere get no grant: their roles are not known", () => {
    const { resource } = withPool(({ userPool, key }) => {
      const fn = TriggerFunction.fromFunctionArn(userPool, "mail", ARN);
      userPool.addTrigger("customEmailSender", fn, { kmsKey: key("codes") });
    });
    expect(resource).not.toHaveProperty("aws_iam_role_policy");
  });
});

it("one function for several triggers of a pool may be called once, and two for one trigger are refused", () => {
  const { resource } = withPool(({ userPool, fn }) => {
    const challenge = fn("challenge");
    for (const trigger of ["defineAuthChallenge", "createAuthChallenge"] as const)
      userPool.addTrigger(trigger, challenge);
    expect(() => userPool.addTrigger("defineAuthChallenge", challenge)).toThrow("has a function for the trigger");
  });
  expect(Object.keys(resource.aws_lambda_permission ?? {})).toEqual(["challenge_invoked_by_user_pool"]);
});
