import { argumentName, clientValues, poolValues } from "../../../cli/adopt/as-provider";

it.each([
  ["AllowedOAuthFlowsUserPoolClient", "allowed_oauth_flows_user_pool_client"],
  ["CallbackURLs", "callback_urls"],
  ["DefaultRedirectURI", "default_redirect_uri"],
  ["KMSKeyID", "kms_key_id"],
  ["SMSMessage", "sms_message"],
  ["WebAuthnConfiguration", "web_authn_configuration"],
  ["UserPoolAddOns", "user_pool_add_ons"],
])("%s of the API is %s of the provider", (name, argument) => {
  expect(argumentName(name)).toBe(argument);
});

const text = (Name: string, more = {}) => ({
  Name,
  AttributeDataType: "String" as const,
  DeveloperOnlyAttribute: false,
  Mutable: true,
  Required: false,
  StringAttributeConstraints: { MinLength: "0", MaxLength: "2048" },
  ...more,
});

it("only attributes that were written are arguments of the schema, by their names in the configuration", () => {
  const { schema } = poolValues(
    {
      SchemaAttributes: [
        text("sub", {
          Mutable: false,
          Required: true,
          StringAttributeConstraints: { MinLength: "1", MaxLength: "2048" },
        }),
        text("email"),
        text("birthdate", { StringAttributeConstraints: { MinLength: "10", MaxLength: "10" } }),
        text("identities", { StringAttributeConstraints: {} }),
        { ...text("updated_at"), AttributeDataType: "Number", NumberAttributeConstraints: { MinValue: "0" } },
        { Name: "email_verified", AttributeDataType: "Boolean", Mutable: true, Required: false },
        text("nickname", { Required: true }),
        text("custom:plan"),
        text("dev:custom:note", { DeveloperOnlyAttribute: true }),
        { Name: "dev:flag", AttributeDataType: "Boolean", Mutable: true, Required: false },
      ],
    },
    {},
  );
  const names = (schema as ReadonlyArray<{ readonly name: string }>).map(({ name }) => name);
  expect(names).toEqual(["nickname", "plan", "note", "flag"]);
});

it("constraints that AWS answers empty are an empty block, and none are none", () => {
  const { schema } = poolValues(
    {
      SchemaAttributes: [
        text("custom:a", { StringAttributeConstraints: {} }),
        text("custom:b", { StringAttributeConstraints: undefined }),
      ],
    },
    {},
  );
  const common = { attribute_data_type: "String", developer_only_attribute: false, mutable: true, required: false };
  expect(schema).toEqual([
    { ...common, name: "a", string_attribute_constraints: [{}] },
    { ...common, name: "b" },
  ]);
});

it("tags of AWS's own are none of the pool's, and a block is a list of one", () => {
  const UserPoolTags = { team: "web", "aws:cloudformation:stack-name": "auth" };
  const LambdaConfig = { CustomEmailSender: { LambdaArn: "arn", LambdaVersion: "V1_0" as const }, KMSKeyID: "key" };
  expect(poolValues({ Name: "users", UserPoolTags, LambdaConfig }, { MfaConfiguration: "OFF" })).toEqual({
    name: "users",
    tags: { team: "web" },
    lambda_config: [{ custom_email_sender: [{ lambda_arn: "arn", lambda_version: "V1_0" }], kms_key_id: "key" }],
    mfa_configuration: "OFF",
  });
});

it("units of tokens that an import leaves out are left out, and others are not", () => {
  const of = (refresh_token: string) => ({
    name: "web",
    token_validity_units: [{ access_token: "hours", id_token: "hours", refresh_token }],
  });
  expect(clientValues(of("days"))).toEqual({ name: "web" });
  expect(clientValues(of("minutes"))).toEqual(of("minutes"));
  expect(clientValues({ name: "web" })).toEqual({ name: "web" });
});
