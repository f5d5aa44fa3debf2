import { CognitoIdentityProviderClient } from "@aws-sdk/client-cognito-identity-provider";
import { RateLimiter } from "../../migration/rate-limit";
import { Pool } from "../../migration/pool";
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

it("is read to its end, over empty pages too", async () => {
  expect(await read()).toEqual([
    [["ana"], "second"],
    [[], "third"],
    [["ben"], undefined],
  ]);
});

it("is read on from where an earlier reading stopped", async () => {
  expect(await read("third")).toEqual([[["ben"], undefined]]);
});

it("finds by every filter once, and does not ask what is too long to be asked", async () => {
  const found = await (await pool(() => ({ Users: [{ Username: "ana" }] }))).find(["a", "b", "a", "x".repeat(257)]);
  expect(found.map(({ username }) => username)).toEqual(["ana"]);
  expect(stub.requests.map(({ input }) => input.Filter)).toEqual(["a", "b"]);
});

it("says about how many accounts it has", async () => {
  expect(await (await pool(() => ({ UserPool: { EstimatedNumberOfUsers: 7 } }))).estimatedSize()).toBe(7);
  await stub.stop();
  expect(await (await pool(() => ({ UserPool: {} }))).estimatedSize()).toBe(0);
});
