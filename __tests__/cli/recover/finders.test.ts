import type { CognitoIdentityProviderClient } from "@aws-sdk/client-cognito-identity-provider";
import type { Aws } from "../../../cli/recover/aws";
import { BY_HAND, FINDERS, MADE_AGAIN } from "../../../cli/recover/finders";
import { FULL } from "../../support/examples";
import { environment } from "../../support/synth";

const KEY = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";

it("recover has a finder for every type that an environment is made of, whatever its settings", () => {
  const everything = environment({
    alarmTopicArn: "arn:aws:sns:eu-west-1:111122223333:on-call",
    dashboard: true,
    federated: "link",
    identityProviders: { Google: { clientId: "id", clientSecret: { ssmParameter: "/acme/google" } } },
    kmsKeyArn: KEY,
    lambdaLayer: true,
    migrateFrom: { userPoolId: "eu-west-1_OldPool01", clientId: "1example23456789" },
    reservedConcurrency: 5,
  });
  const types = [everything, environment({ uniqueness: "directory" })].flatMap(({ resource }) => Object.keys(resource));
  expect([...new Set(types)].filter((type) => !(type in FINDERS))).toEqual([]);
});

it("recover looks for every type that the example with everything on makes, or says how it is imported, or makes it again", () => {
  const types = [environment(FULL), environment({ ...FULL, managedLogin: false })].flatMap(({ resource }) =>
    Object.keys(resource),
  );
  const known = { ...FINDERS, ...BY_HAND };
  expect([...new Set(types)].filter((type) => !(type in known) && !MADE_AGAIN.has(type))).toEqual([]);
});

describe("what belongs to a pool", () => {
  const poolId = "eu-west-1_AbCdEfGhI";
  const asked = { pool: undefined, client: undefined };
  const answering = (answer: () => Promise<unknown>) => {
    const cognito = { send: answer } as unknown as CognitoIdentityProviderClient;
    return { aws: { cognito } as Aws, poolId, asked };
  };
  const there = answering(async () => ({ ManagedLoginBranding: { ManagedLoginBrandingId: "style" } }));
  const missing = answering(() =>
    Promise.reject(Object.assign(new Error("none"), { name: "ResourceNotFoundException" })),
  );

  it.each([
    ["aws_cognito_resource_server", { identifier: "https://orders" }, `${poolId}|https://orders`],
    ["aws_cognito_user_group", { name: "editors" }, `${poolId}/editors`],
    ["aws_cognito_managed_login_branding", { client_id: "1client" }, `${poolId},style`],
  ])("is found as %s", async (type, values, id) => {
    expect(await FINDERS[type]?.(values, there)).toBe(id);
    expect(await FINDERS[type]?.(values, missing)).toBeUndefined();
    expect(await FINDERS[type]?.(values, { ...there, poolId: undefined })).toBeUndefined();
  });
});
