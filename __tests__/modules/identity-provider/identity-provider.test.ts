import { TerraformVariable } from "cdktf";
import { IdentityProvider, type IdentityProviderProps } from "../../../modules/identity-provider/identity-provider";
import { UserPool, type UserPoolProps } from "../../../modules/user-pool/user-pool";
import { type Document, only, stackOf } from "../../support/stack";

/** Also what the types do not allow. */
type Provider = Readonly<Record<string, unknown>> & { readonly name: string };

function documentWith(provider: Provider, pool: Partial<UserPoolProps> = {}): Document {
  return stackOf((stack) => {
    const userPool = new UserPool(stack, "user_pool", { userPoolName: "p", ...pool });
    new IdentityProvider(stack, "provider", { ...provider, userPool } as unknown as IdentityProviderProps);
  });
}

const providerWith = (provider: Provider, pool?: Partial<UserPoolProps>) =>
  only(documentWith(provider, pool).resource, "aws_cognito_identity_provider");

const CLIENT = { clientId: "id", clientSecret: { ssmParameter: "/acme/secret" } };
const SECRET = "${data.aws_ssm_parameter.provider_secret.value}";
const OKTA = { name: "AcmeOkta", type: "OIDC", issuer: "https://acme.okta.com", ...CLIENT };
const ENTRA = { name: "AcmeEntra", type: "SAML", metadataUrl: "https://login.example/metadata.xml" };
const APPLE = {
  ...{ name: "SignInWithApple", clientId: "com.acme.auth", teamId: "ABCDE12345", keyId: "FGHIJ67890" },
  privateKey: { secretsManagerSecret: "acme/apple" },
};

describe("what AWS would fill in is written", () => {
  it.each([
    [
      { name: "Google", ...CLIENT },
      {
        ...{ client_id: "id", client_secret: SECRET, authorize_scopes: "openid email profile" },
        ...{ attributes_url: "https://people.googleapis.com/v1/people/me?personFields=", token_request_method: "POST" },
        ...{ attributes_url_add_attributes: "true", authorize_url: "https://accounts.google.com/o/oauth2/v2/auth" },
        ...{ oidc_issuer: "https://accounts.google.com", token_url: "https://www.googleapis.com/oauth2/v4/token" },
      },
      { username: "sub", email: "email", email_verified: "email_verified" },
    ],
    [
      { name: "Facebook", ...CLIENT, apiVersion: "v21.0", scopes: ["email"] },
      {
        ...{ client_id: "id", client_secret: SECRET, authorize_scopes: "email", api_version: "v21.0" },
        ...{ attributes_url: "https://graph.facebook.com/v21.0/me?fields=", attributes_url_add_attributes: "true" },
        ...{ authorize_url: "https://www.facebook.com/v21.0/dialog/oauth", token_request_method: "GET" },
        token_url: "https://graph.facebook.com/v21.0/oauth/access_token",
      },
      { username: "id", email: "email" },
    ],
    [
      { name: "LoginWithAmazon", ...CLIENT },
      {
        ...{ client_id: "id", client_secret: SECRET, authorize_scopes: "profile" },
        ...{ attributes_url: "https://api.amazon.com/user/profile", attributes_url_add_attributes: "false" },
        ...{ authorize_url: "https://www.amazon.com/ap/oa", token_request_method: "POST" },
        token_url: "https://api.amazon.com/auth/o2/token",
      },
      { username: "user_id", email: "email" },
    ],
    [
      APPLE,
      {
        ...{ client_id: "com.acme.auth", team_id: "ABCDE12345", key_id: "FGHIJ67890", authorize_scopes: "email name" },
        private_key: "${data.aws_secretsmanager_secret_version.provider_secret.secret_string}",
        ...{ attributes_url_add_attributes: "false", authorize_url: "https://appleid.apple.com/auth/authorize" },
        ...{ oidc_issuer: "https://appleid.apple.com", token_request_method: "POST" },
        token_url: "https://appleid.apple.com/auth/token",
      },
      { username: "sub", email: "email", email_verified: "email_verified" },
    ],
    [
      OKTA,
      {
        ...{ client_id: "id", client_secret: SECRET, oidc_issuer: "https://acme.okta.com" },
        ...{ authorize_scopes: "openid email profile", attributes_request_method: "GET" },
        attributes_url_add_attributes: "false",
      },
      { username: "sub", email: "email", email_verified: "email_verified" },
    ],
    [
      ENTRA,
      {
        MetadataURL: "https://login.example/metadata.xml",
        ...{ IDPSignout: "false", IDPInit: "false", EncryptedResponses: "false" },
      },
      { email: "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress" },
    ],
  ] as Array<[Provider, object, object]>)("$0.name", (provider, details, mapping) => {
    const { name, type = name } = provider;
    expect(providerWith(provider)).toMatchObject({
      user_pool_id: "${aws_cognito_user_pool.user_pool.id}",
      provider_name: name,
      provider_type: type,
    });
    expect(providerWith(provider).provider_details).toEqual(details);
    expect(providerWith(provider).attribute_mapping).toEqual(mapping);
  });

  it("only what no configuration can repeat is ignored", () => {
    expect(providerWith({ name: "Google", ...CLIENT })).not.toHaveProperty("lifecycle");
    expect(providerWith(OKTA)).not.toHaveProperty("lifecycle");
    expect(providerWith(APPLE).lifecycle.ignore_changes).toEqual(['provider_details["private_key"]']);
    expect(providerWith(ENTRA).lifecycle.ignore_changes).toEqual([
      'provider_details["ActiveEncryptionCertificate"]',
      'provider_details["SLORedirectBindingURI"]',
      'provider_details["SSORedirectBindingURI"]',
    ]);
  });
});

describe("a secret", () => {
  it("is read from a parameter when Terraform plans", () => {
    expect(only(documentWith(OKTA).data, "aws_ssm_parameter")).toMatchObject({ name: "/acme/secret" });
  });

  it("is a secret of Secrets Manager, or one field of its JSON", () => {
    const stored = { secretsManagerSecret: "acme/okta", jsonKey: "client-secret" };
    const document = documentWith({ ...OKTA, clientSecret: stored });
    expect(only(document.data, "aws_secretsmanager_secret_version")).toMatchObject({ secret_id: "acme/okta" });
    expect(only(document.resource, "aws_cognito_identity_provider").provider_details.client_secret).toBe(
      '${jsondecode(data.aws_secretsmanager_secret_version.provider_secret.secret_string)["client-secret"]}',
    );
  });

  it("is not needed by a public client of OpenID Connect", () => {
    const { clientSecret, ...rest } = OKTA;
    expect(providerWith(rest).provider_details).not.toHaveProperty("client_secret");
  });

  it.each([
    { ...OKTA, clientSecret: "s3cr3t-value" },
    { ...OKTA, clientSecret: { value: "s3cr3t-value" } },
    { name: "Google", clientId: "id", clientSecret: "s3cr3t-value" },
    { ...APPLE, privateKey: "-----BEGIN PRIVATE KEY-----\ns3cr3t-value\n-----END PRIVATE KEY-----" },
    { ...APPLE, privateKey: { ssmParameter: "s3cr3t-value", jsonKey: "k" } },
  ])("that is written down is refused, and not shown: %#", (provider) => {
    const message = refusalOf(provider);
    expect(message).toContain("(not shown)");
    expect(message).toContain('where the secret is stored: { ssmParameter: "name" }');
    expect(message).not.toContain("s3cr3t-value");
  });
});

it("a secret that is written down beside a value that only the plan knows is refused, and not shown", () => {
  const build = () =>
    stackOf((stack) => {
      const userPool = new UserPool(stack, "user_pool", { userPoolName: "p" });
      const clientId = new TerraformVariable(stack, "id", { type: "string" }).stringValue;
      const provider = { name: "Google", userPool, clientId, clientSecret: "s3cr3t-value" };
      new IdentityProvider(stack, "provider", provider as unknown as IdentityProviderProps);
    });
  expect(build).toThrow('field "clientSecret": "(not shown)" is not allowed; allowed: where the secret is stored');
});

it("a pool has one provider of a name", () => {
  const build = () =>
    stackOf((stack) => {
      const userPool = new UserPool(stack, "user_pool", { userPoolName: "p" });
      for (const id of ["one", "other"]) new IdentityProvider(stack, id, { name: "Google", userPool, ...CLIENT });
    });
  expect(build).toThrow('field "name": "Google" is not allowed');
});

describe("a mapping", () => {
  it("has what the pool requires, as far as the provider is known to say it", () => {
    const pool = { standardAttributes: { given_name: { required: true } } };
    expect(providerWith({ name: "Facebook", ...CLIENT }, pool).attribute_mapping).toMatchObject({
      given_name: "first_name",
    });
    expect(refusalOf({ name: "LoginWithAmazon", ...CLIENT }, pool)).toContain(
      'field "attributeMapping.given_name": it is missing; allowed: the provider\'s claim for it',
    );
  });

  it("adds attributes, and says other claims for those that are always there", () => {
    const pool = { customAttributes: { plan: { type: "String" as const } } };
    const attributeMapping = { "custom:plan": "plan", email: "upn" };
    expect(providerWith({ ...OKTA, attributeMapping }, pool).attribute_mapping).toEqual({
      ...{ username: "sub", email: "upn", email_verified: "email_verified", "custom:plan": "plan" },
    });
  });
});

function refusalOf(provider: Provider, pool?: Partial<UserPoolProps>): string {
  try {
    providerWith(provider, pool);
  } catch (error) {
    return (error as Error).message;
  }
  return "";
}

it.each([
  [{ ...OKTA, name: "Ok" }, '"name"', "3 to 32 characters"],
  [{ ...OKTA, name: "O".repeat(33) }, '"name"', "3 to 32 characters"],
  [{ ...OKTA, name: "_Okta" }, '"name"', "_ at most as the second"],
  [{ ...OKTA, name: "Acme Okta" }, '"name"', "without blanks"],
  [{ ...OKTA, name: "COGNITO" }, '"name"', "not COGNITO"],
  [{ name: "Login", ...CLIENT }, '"settings.type"', "providers of other types are called Google, Facebook"],
  [{ name: "Login", type: "Google", ...CLIENT }, '"settings.type"', '"OIDC" or "SAML"'],
  [{ name: "Google", type: "OIDC", ...CLIENT }, '"settings.type"', "the fields clientId, clientSecret, scopes"],
  [{ name: "Google", clientId: "id" }, '"settings.clientSecret"', "where the secret is stored"],
  [{ ...OKTA, scopes: ["email"] }, '"settings.scopes"', "with openid in it"],
  [{ ...OKTA, scopes: ["openid", "a b"] }, '"settings.scopes[1]"', "without blanks"],
  [{ ...OKTA, issuer: "https://acme.okta.com/" }, '"settings.issuer"', "no / at the end"],
  [{ ...OKTA, issuer: "http://acme.okta.com" }, '"settings.issuer"', "begins with https://"],
  [{ ...OKTA, issuer: "https://acme.${var.x}.com" }, '"settings.issuer"', "which Terraform replaces"],
  [{ ...OKTA, endpoints: { token: "https://a.b/c" } }, '"settings.endpoints.authorization"', "begins with https://"],
  [{ ...OKTA, attributesRequestMethod: "PUT" }, '"settings.attributesRequestMethod"', "GET, POST"],
  [{ ...OKTA, identifiers: ["a".repeat(41)] }, '"settings.identifiers[0]"', "1 to 40 letters"],
  [{ ...OKTA, identifiers: ["a", "a"] }, '"settings.identifiers"', "a list of different"],
  [{ ...OKTA, attributeMapping: { username: "email" } }, '"settings.attributeMapping.username"', "always the id"],
  [{ ...OKTA, attributeMapping: { plan: "plan" } }, '"settings.attributeMapping.plan"', "custom:<name>"],
  [
    { ...OKTA, attributeMapping: { "custom:x": "x" } },
    '"attributeMapping.custom:x"',
    "custom attributes of the pool: custom:since",
  ],
  [
    { ...OKTA, attributeMapping: { "custom:since": "x" } },
    '"attributeMapping.custom:since"',
    "attributes that can change",
  ],
  [{ ...OKTA, attributeMapping: { gender: "x" } }, '"attributeMapping.gender"', "attributes that can change"],
  [{ ...ENTRA, metadataUrl: undefined }, '"metadataUrl"', "either metadataUrl or metadataFile"],
  [{ ...ENTRA, metadataFile: "<EntityDescriptor/>" }, '"settings.metadataFile"', "readFileSync"],
  [{ ...ENTRA, metadataFile: "<md:EntityDescriptor >" }, '"metadataUrl"', "either metadataUrl or metadataFile"],
  [{ ...ENTRA, metadataUrl: undefined, metadataFile: "./metadata.xml" }, '"settings.metadataFile"', "readFileSync"],
  [{ ...ENTRA, requestSigningAlgorithm: "rsa-sha1" }, '"settings.requestSigningAlgorithm"', "rsa-sha256"],
  [{ ...APPLE, teamId: "abc" }, '"settings.teamId"', "10 upper-case letters and digits"],
  [{ name: "Facebook", ...CLIENT, apiVersion: "17" }, '"settings.apiVersion"', "such as v17.0"],
] as Array<[Provider, string, string]>)("%j is refused", (provider, field, allowed) => {
  const pool: Partial<UserPoolProps> = {
    standardAttributes: { gender: { mutable: false } },
    customAttributes: { since: { type: "DateTime", mutable: false } },
  };
  const message = refusalOf(provider, pool);
  expect(message).toContain(`field ${field}: `);
  expect(message).toContain(allowed);
});
