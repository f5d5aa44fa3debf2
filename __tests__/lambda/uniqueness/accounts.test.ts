import { AwsError, type Call } from "../../../lambda/aws/client";
import { accountsWith } from "../../../lambda/uniqueness/accounts";

function setUp(answer: () => Promise<unknown>) {
  const asked: Array<[target: string, input: object]> = [];
  const call: Call = (target, input) => {
    asked.push([target, input]);
    return answer();
  };
  return { asked, accounts: accountsWith(call) };
}

it("an account is read as AdminGetUser describes it", async () => {
  const { asked, accounts } = setUp(async () => ({
    Username: "ana",
    UserAttributes: [
      { Name: "email", Value: "ana@example.com" },
      { Name: "email_verified", Value: "true" },
    ],
    UserStatus: "UNCONFIRMED",
    UserCreateDate: 1_700_000_000.5,
    Enabled: false,
  }));
  expect(await accounts.read("pool", "ana", 0)).toEqual({
    username: "ana",
    email: "ana@example.com",
    emailVerified: true,
    phoneVerified: false,
    status: "UNCONFIRMED",
    createdAt: 1_700_000_000_500,
    disabled: true,
  });
  expect(asked).toEqual([["AWSCognitoIdentityProviderService.AdminGetUser", { UserPoolId: "pool", Username: "ana" }]]);
});

it("an account is deleted by its username", async () => {
  const { asked, accounts } = setUp(async () => ({}));
  await accounts.remove("pool", "ana", 0);
  expect(asked).toEqual([
    ["AWSCognitoIdentityProviderService.AdminDeleteUser", { UserPoolId: "pool", Username: "ana" }],
  ]);
});

it("a missing account is undefined, and its deletion is not an error", async () => {
  const { accounts } = setUp(() => Promise.reject(new AwsError("UserNotFoundException", false)));
  expect(await accounts.read("pool", "ana", 0)).toBeUndefined();
  await accounts.remove("pool", "ana", 0);
});

it.each(["AccessDeniedException", "TooManyRequestsException"])("%s is rethrown", async (code) => {
  const { accounts } = setUp(() => Promise.reject(new AwsError(code, false)));
  await expect(accounts.read("pool", "ana", 0)).rejects.toMatchObject({ code });
  await expect(accounts.remove("pool", "ana", 0)).rejects.toMatchObject({ code });
});

it("a response without a username is an error", async () => {
  const { accounts } = setUp(async () => ({}));
  await expect(accounts.read("pool", "ana", 0)).rejects.toMatchObject({ code: "BadResponse" });
});
