import { AwsError, type Call } from "../../../lambda/aws/client";
import { listUsersWith } from "../../../lambda/uniqueness/list-users";

const answers = (...pages: object[]) => {
  const inputs: object[] = [];
  const call: Call = async (target, input) => {
    expect(target).toBe("AWSCognitoIdentityProviderService.ListUsers");
    inputs.push(input);
    return pages[inputs.length - 1];
  };
  return { inputs, list: () => listUsersWith(call)("pool", 'username = "ana"', 0) };
};

it("ListUsers is called with one pool and one filter, without AttributesToGet", async () => {
  const { inputs, list } = answers({ Users: [] });
  expect(await list()).toEqual([]);
  expect(inputs).toEqual([{ UserPoolId: "pool", Filter: 'username = "ana"' }]);
});

it("the relevant fields of an account are read", async () => {
  const { list } = answers({
    Users: [
      {
        Username: "ana",
        Attributes: [
          { Name: "sub", Value: "1" },
          { Name: "email", Value: "ana@example.com" },
          { Name: "email_verified", Value: "true" },
        ],
        UserStatus: "CONFIRMED",
        UserCreateDate: 1_700_000_000.5,
      },
      { Username: "ben" },
    ],
  });
  expect(await list()).toEqual([
    {
      username: "ana",
      email: "ana@example.com",
      emailVerified: true,
      phoneVerified: false,
      status: "CONFIRMED",
      createdAt: 1_700_000_000_500,
    },
    {
      username: "ben",
      email: undefined,
      emailVerified: false,
      phoneVerified: false,
      status: undefined,
      createdAt: undefined,
    },
  ]);
});

it("disabled accounts are marked", async () => {
  const { list } = answers({
    Users: [
      { Username: "ana", Enabled: false },
      { Username: "ben", Enabled: true },
    ],
  });
  const [ana, ben] = await list();
  expect(ana).toHaveProperty("disabled", true);
  expect(ben).not.toHaveProperty("disabled");
});

it("every page is read, including empty ones", async () => {
  const { inputs, list } = answers({ Users: [], PaginationToken: "next" }, { Users: [{ Username: "ana" }] });
  expect(await list()).toMatchObject([{ username: "ana" }]);
  expect(inputs[1]).toMatchObject({ PaginationToken: "next" });
});

it.each<[string, object]>([
  ["an answer without users", {}],
  ["users that are no list", { Users: {} }],
  ["an account without a username", { Users: [{ Attributes: [] }] }],
])("%s is an error, not an empty result", async (_, answer) => {
  await expect(answers(answer).list()).rejects.toThrow(AwsError);
});

it("endless pages are an error with the accounts found so far", async () => {
  const page = { Users: [{ Username: "ana" }], PaginationToken: "next" };
  await expect(answers(...Array(51).fill(page)).list()).rejects.toMatchObject({
    code: "TooManyPages",
    accounts: Array(50).fill(expect.objectContaining({ username: "ana" })),
  });
});
