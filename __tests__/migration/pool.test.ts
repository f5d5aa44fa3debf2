import { CognitoIdentityProviderClient } from "@aws-sdk/client-cognito-identity-provider";
import { Pool } from "../../migration/pool";
import { RateLimiter } from "../../migration/rate-limit";
import { type Reply, type Request, StubAws } from "../support/stub-aws";

let stub: StubAws;
afterEach(() => stub.stop());

async function pool(reply: (request: Request) => Reply): Promise<Pool> {
  stub = await StubAws.start(reply);
  const credentials = { accessKeyId: "a", secretAccessKey: "b" };
  const client = new CognitoIdentityProviderClient({ region: "eu-west-1", credentials, endpoint: stub.endpoint });
  return new Pool(client, "eu-west-1_Old", new RateLimiter(1000));
}

const pages: Record<string, object> = {
  first: { Users: [{ Username: "ana", UserCreateDate: 1_700_000_000 }], PaginationToken: "second" },
  second: { Users: [], PaginationToken: "third" },
  third: {
    Users: [{ Username: "ben", UserStatus: "CONFIRMED", Attributes: [{ Name: "email_verified", Value: "true" }] }],
  },
};
const paged = ({ input }: Request) => pages[String(input.PaginationToken ?? "first")] as Reply;

async function read(from?: string) {
  const found: Array<[string[], string | undefined]> = [];
  for await (const { accounts, next } of (await pool(paged)).pages(from)) {
    found.push([accounts.map(({ username }) => username), next]);
  }
  return found;
}

it("a pool is read to its end, including empty pages", async () => {
  expect(await read()).toEqual([
    [["ana"], "second"],
    [[], "third"],
    [["ben"], undefined],
  ]);
});

it("reading continues from a pagination token", async () => {
  expect(await read("third")).toEqual([[["ben"], undefined]]);
});

it("each filter is sent once, and one that is too long is not sent", async () => {
  const found = await (await pool(() => ({ Users: [{ Username: "ana" }] }))).find(["a", "b", "a", "x".repeat(257)]);
  expect(found.map(({ username }) => username)).toEqual(["ana"]);
  expect(stub.requests.map(({ input }) => input.Filter)).toEqual(["a", "b"]);
});

it("estimatedSize returns the approximate number of accounts", async () => {
  expect(await (await pool(() => ({ UserPool: { EstimatedNumberOfUsers: 7 } }))).estimatedSize()).toBe(7);
  await stub.stop();
  expect(await (await pool(() => ({ UserPool: {} }))).estimatedSize()).toBe(0);
});
