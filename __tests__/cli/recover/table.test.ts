import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { settledTable } from "../../../cli/recover/table";
import { StubAws } from "../../support/stub-aws";

/** Asks about a table whose status is one after the other of these; "" is none. */
async function settled(...statuses: string[]): Promise<[there: boolean, asked: number]> {
  const stub = await StubAws.start((_, number) => {
    const status = statuses[number - 1] ?? statuses.at(-1);
    return status ? { Table: { TableStatus: status } } : { error: "ResourceNotFoundException" };
  });
  const credentials = { accessKeyId: "test", secretAccessKey: "test" };
  const client = new DynamoDBClient({ endpoint: stub.endpoint, region: "eu-west-1", credentials });
  try {
    return [await settledTable(client, "reservations", 1), stub.requests.length];
  } finally {
    client.destroy();
    await stub.stop();
  }
}

it("a table is there, or not, once it is neither being made nor being deleted", async () => {
  expect(await settled("ACTIVE")).toEqual([true, 1]);
  expect(await settled("")).toEqual([false, 1]);
  expect(await settled("CREATING", "CREATING", "ACTIVE")).toEqual([true, 3]);
  expect(await settled("DELETING", "DELETING", "")).toEqual([false, 3]);
  expect(await settled("UPDATING")).toEqual([true, 1]);
});

it("a table that stays between them is a failure", async () => {
  await expect(settled("DELETING")).rejects.toThrow("The table reservations has been changing its status for minutes");
});
