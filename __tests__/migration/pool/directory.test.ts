import type { Directory } from "../../../migration/pool/directory";
import { directoryAt } from "../../support/directories";
import { type Reply, type Request, StubAws } from "../../support/stub-aws";

let stub: StubAws;
afterEach(() => stub.stop());

async function pool(reply: (request: Request) => Reply): Promise<Directory> {
  stub = await StubAws.start(reply);
  return directoryAt(stub.endpoint, "eu-west-1_Old");
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
  for await (const { users, next } of (await pool(paged)).pages(from)) {
    found.push([users.map(({ username }) => username), next]);
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

it("the size of a pool is the approximate number of its accounts", async () => {
  expect(await (await pool(() => ({ UserPool: { EstimatedNumberOfUsers: 7 } }))).describe()).toMatchObject({
    estimatedSize: 7,
  });
  await stub.stop();
  expect(await (await pool(() => ({ UserPool: {} }))).describe()).toMatchObject({ estimatedSize: 0 });
});
