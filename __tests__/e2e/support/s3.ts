import { CreateBucketCommand, ListObjectsV2Command, S3Client } from "@aws-sdk/client-s3";

function emulated(): S3Client {
  return new S3Client({
    endpoint: process.env.E2E_ENDPOINT ?? "",
    region: "eu-west-1",
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
    forcePathStyle: true,
  });
}

/** Makes a bucket in the emulator, as somebody might who does not want the project to make it. */
export async function makeBucket(Bucket: string): Promise<void> {
  await emulated().send(new CreateBucketCommand({ Bucket }));
}

/** The keys in a bucket of the emulator. */
export async function keysOf(bucket: string): Promise<string[]> {
  const { Contents = [] } = await emulated().send(new ListObjectsV2Command({ Bucket: bucket }));
  return Contents.map(({ Key = "" }) => Key);
}
