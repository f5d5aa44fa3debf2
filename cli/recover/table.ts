import { DescribeTableCommand, type DynamoDBClient, ResourceNotFoundException } from "@aws-sdk/client-dynamodb";
import { Failure } from "../failure";
import { note } from "../print";

const POLL = 2_000;
const POLLS = 150;

/**
 * Whether a table is there, once that is settled: one that is being made or deleted, because a run was killed meanwhile, can
 * neither be imported nor made.
 */
export async function settledTable(client: DynamoDBClient, name: string, poll = POLL): Promise<boolean> {
  for (let attempt = 0; attempt < POLLS; attempt++) {
    const status = await statusOf(client, name);
    if (status === undefined) return false;
    if (status !== "CREATING" && status !== "DELETING") return true;
    if (attempt === 0) note(`Waiting for the table ${name}: it is ${status.toLowerCase()} …`);
    await new Promise((resolve) => setTimeout(resolve, poll));
  }
  throw new Failure(`The table ${name} has been changing its status for minutes: run this again when it is done.`);
}

async function statusOf(client: DynamoDBClient, TableName: string): Promise<string | undefined> {
  try {
    return (await client.send(new DescribeTableCommand({ TableName }))).Table?.TableStatus;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
}
