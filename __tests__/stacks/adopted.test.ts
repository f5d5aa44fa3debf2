import { namesIn, pathOf } from "../../settings/adopted";
import type { EnvironmentSettings } from "../../settings/schema";
import { environment } from "../support/synth";

const POOL = "aws_cognito_user_pool.user_pool";
const CLIENT = "aws_cognito_user_pool_client.user_pool_client";

it("what exists is imported by its address", () => {
  const imports = { [POOL]: "eu-west-1_AbCdEfGhI", [CLIENT]: "eu-west-1_AbCdEfGhI/1example" };
  expect(environment({ adopted: { imports } }).import).toEqual([
    { to: POOL, id: "eu-west-1_AbCdEfGhI" },
    { to: CLIENT, id: "eu-west-1_AbCdEfGhI/1example" },
  ]);
  expect(environment().import).toBeUndefined();
});

it("arguments that are kept take the place of what the settings say: whole lists, parts of blocks, and none at all", () => {
  const { user_pool: before } = environment().resource.aws_cognito_user_pool ?? {};
  const keep = {
    [POOL]: {
      schema: [{ name: "old", attribute_data_type: "String" }],
      "username_configuration.case_sensitive": true,
      user_attribute_update_settings: null,
      tags: { team: "web" },
    },
  };
  const { user_pool: after } = environment({ adopted: { keep } }).resource.aws_cognito_user_pool ?? {};
  const { user_attribute_update_settings: _, ...rest } = before ?? {};
  expect(after).toEqual({
    ...rest,
    schema: [{ name: "old", attribute_data_type: "String" }],
    username_configuration: { case_sensitive: true },
    tags: { team: "web" },
  });
});

it("a dot in a name within an argument is escaped", () => {
  const provider = { clientId: "1", clientSecret: { ssmParameter: "/google" }, attributeMapping: { email: "email" } };
  const mapped = "aws_cognito_identity_provider.identity_provider_Google";
  const keep = {
    [mapped]: { [pathOf("attribute_mapping", "custom:tenant.id")]: "hd", "attribute_mapping.custom:plan": "plan" },
  };
  const settings: EnvironmentSettings = { identityProviders: { Google: provider }, adopted: { keep } };
  const { identity_provider_Google: google } = environment(settings).resource.aws_cognito_identity_provider ?? {};
  expect(google?.attribute_mapping).toMatchObject({ "custom:tenant.id": "hd", "custom:plan": "plan", email: "email" });
});

it.each<[readonly string[], string]>([
  [["attribute_mapping", "custom:tenant.id"], "attribute_mapping.custom:tenant\\.id"],
  [["a", "b\\", ".", "\\."], "a.b\\\\.\\..\\\\\\."],
  [["schema"], "schema"],
])("%j is written as a path, and read again", (names, path) => {
  expect(pathOf(...names)).toBe(path);
  expect(namesIn(path)).toEqual(names);
});

it.each(["imports", "keep"] as const)(
  "an address in %s that the stack does not have is named, with those that it has",
  (field) => {
    const value = field === "imports" ? "x" : {};
    const adopted = { [field]: { "aws_cognito_user_pool_client.client_web": value } };
    expect(() => environment({ adopted })).toThrow(
      `environment "dev", field "adopted.${field}.aws_cognito_user_pool_client.client_web": "aws_cognito_user_pool_client.client_web" is not allowed;` +
        ` allowed: an address of the environment's resources: ${CLIENT}`,
    );
  },
);

it("names are those that are written", () => {
  const { resource } = environment({
    userPoolName: "Customers of Acme",
    clientName: "Web shop",
    clients: { ios: { clientName: "iOS", callbackUrls: [] } },
  });
  const names = (type: string) => Object.values(resource[type] ?? {}).map(({ name }) => name);
  expect(names("aws_cognito_user_pool")).toEqual(["Customers of Acme"]);
  expect(names("aws_cognito_user_pool_client")).toEqual(["iOS", "Web shop"]);
});

it("a client without callbacks has no hosted pages, and there is no login page of it", () => {
  const { resource, output } = environment({ callbackUrls: [] });
  const { user_pool_client: client } = resource.aws_cognito_user_pool_client ?? {};
  expect(client).toMatchObject({ allowed_oauth_flows_user_pool_client: false });
  for (const argument of [
    "allowed_oauth_flows",
    "allowed_oauth_scopes",
    "callback_urls",
    "logout_urls",
    "default_redirect_uri",
  ])
    expect(client).not.toHaveProperty(argument);
  expect(output).not.toHaveProperty("LoginUrl");
});
