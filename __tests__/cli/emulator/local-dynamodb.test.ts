import { LocalDynamoDb } from "../../../cli/emulator/local-dynamodb";

const dynamoDb = new LocalDynamoDb();
let endpoint: string;
beforeAll(async () => {
  endpoint = await dynamoDb.listen();
});
afterAll(() => dynamoDb.close());

function call(operation: string, body: string): Promise<Response> {
  const headers = {
    "content-type": "application/x-amz-json-1.0",
    "x-amz-target": `DynamoDB_20120810.${operation}`,
    "x-amz-date": "20260101T000000Z",
    authorization:
      "AWS4-HMAC-SHA256 Credential=test/20260101/eu-west-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0",
  };
  return fetch(endpoint, { method: "POST", headers, body });
}

it("answers the calls after one that broke, and those that came at the same time", async () => {
  const answers = await Promise.all([
    call("TransactWriteItems", "no JSON"),
    call("ListTables", "{}"),
    call("TransactWriteItems", "{}"),
    call("ListTables", "{}"),
  ]);
  expect(answers.map(({ status }) => status)).toEqual([500, 200, 500, 200]);
  expect(await answers[0]?.json()).toMatchObject({ __type: expect.stringMatching(/#InternalServerError$/) });
});
