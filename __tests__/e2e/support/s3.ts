import { ListObjectsV2Command, S3Client } from "@aws-sdk/client-s3";

/** The keys in a bucket of the emulator. */
export async function keysOf(bucket: string): Promise<string[]> {
  const s3 = new S3Client({
    endpoint: process.env.E2E_ENDPOINT ?? "",
    region: "eu-west-1",
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
    forcePathStyle: true,
  });
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: bucket }));
  return Contents.map(({ Key = "" }) => Key);
}
