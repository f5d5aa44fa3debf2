import { CreateBucketCommand, ListObjectsV2Command, S3Client } from "@aws-sdk/client-s3";
import { latestState } from "../../../cli/state-versions";

/** The keys in a bucket of the emulator. */
export async function keysOf(bucket: string): Promise<string[]> {
  const { Contents = [] } = await client().send(new ListObjectsV2Command({ Bucket: bucket }));
  return Contents.map(({ Key = "" }) => Key);
}

/** How many resources the state of a workspace has. */
export async function resourcesIn(bucket: string, workspace: string): Promise<number> {
  return (await latestState(client(), bucket, workspace))?.resources ?? 0;
}

/** Makes a bucket in the emulator. */
export async function makeBucket(bucket: string): Promise<void> {
  await client().send(new CreateBucketCommand({ Bucket: bucket }));
}

function client(): S3Client {
  return new S3Client({
    endpoint: process.env.E2E_ENDPOINT ?? "",
    region: "eu-west-1",
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
    forcePathStyle: true,
  });
}
