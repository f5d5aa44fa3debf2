import {
  type CognitoIdentityProviderClient,
  DescribeUserPoolClientCommand,
  type UserPoolType,
} from "@aws-sdk/client-cognito-identity-provider";
import { endpointOf, throughOf, wayOf } from "../../../cli/prove/through";

const POOL: UserPoolType = { Id: "eu-west-1_AbCdEfGhI", AutoVerifiedAttributes: ["email"] };
const OUTPUTS = { UserPoolClientId: { sensitive: false, value: "1example23456789" } };
const EMULATOR = "http://127.0.0.1:4566";

/** A Cognito with these app clients, all of which have a secret. */
const clientOf = (ids: readonly string[]) =>
  ({
    send: async (command: { input: { ClientId?: string } }) =>
      command instanceof DescribeUserPoolClientCommand
        ? { UserPoolClient: { ClientId: command.input.ClientId, ClientSecret: "secret" } }
        : { UserPoolClients: ids.map((ClientId) => ({ ClientId })) },
  }) as unknown as CognitoIdentityProviderClient;

const before = { ...process.env };
afterEach(() => {
  process.env = { ...before };
});
const at = (url: string, own = "") => {
  process.env.AWS_ENDPOINT_URL = url;
  if (own !== "") process.env.AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER = own;
};

it("accounts are made by an administrator at AWS, whatever name its endpoint has, and by SignUp elsewhere", () => {
  at("");
  expect([endpointOf(), wayOf()]).toEqual([undefined, "admin"]);
  at("https://cognito-idp.eu-west-1.amazonaws.com");
  expect([endpointOf(), wayOf()]).toEqual([undefined, "admin"]);
  at("https://amazonaws.com.example.org");
  expect(wayOf()).toBe("sign-up");
  at("https://example.amazonaws.com", EMULATOR);
  expect([endpointOf(), wayOf()]).toEqual([EMULATOR, "sign-up"]);
});

it("SignUp is refused where Cognito would send codes to real mail servers", async () => {
  at("");
  await expect(throughOf("sign-up", clientOf([]), OUTPUTS, POOL)).rejects.toMatchObject({ exitCode: 64 });
  at(EMULATOR);
  await expect(throughOf("sign-up", clientOf([]), OUTPUTS, POOL)).resolves.toEqual({
    id: "1example23456789",
    secret: "secret",
  });
});

it("of a pool that is managed elsewhere its first app client signs up, and where it has none it is said", async () => {
  at(EMULATOR);
  await expect(throughOf("sign-up", clientOf(["theirs"]), {}, POOL)).resolves.toMatchObject({ id: "theirs" });
  await expect(throughOf("sign-up", clientOf([]), {}, POOL)).rejects.toThrow("has no app client to sign up with");
  await expect(throughOf("admin", clientOf([]), {}, POOL)).resolves.toBe("administrator");
});
