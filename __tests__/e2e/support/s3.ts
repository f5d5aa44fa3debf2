import { CreateBucketCommand, ListObjectsV2Command, S3Client } from "@aws-sdk/client-s3";

/** The keys in a bucket of the emulator. */
export async function keysOf(bucket: string): Promise<string[]> {
  const { Contents = [] } = await client().send(new ListObjectsV2Command({ Bucket: bucket }));
  return Contents.map(({ Key = "" }) => Key);
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
