import {
  CreateBucketCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutBucketVersioningCommand,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";

function s3(): S3Client {
  return new S3Client({
    endpoint: process.env.E2E_ENDPOINT ?? "",
    region: "eu-west-1",
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
    forcePathStyle: true,
  });
}

/** A bucket with versions, for tests that are not about how `npm run bootstrap` makes it (Terraform takes a minute). */
export async function makeBucket(Bucket: string): Promise<void> {
  await s3().send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint: "eu-west-1" } }));
  await s3().send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: "Enabled" } }));
}

/** The keys in a bucket of the emulator. */
export async function keysOf(bucket: string): Promise<string[]> {
  const { Contents = [] } = await s3().send(new ListObjectsV2Command({ Bucket: bucket }));
  return Contents.map(({ Key = "" }) => Key);
}

export async function textOf(Bucket: string, Key: string): Promise<string> {
  const { Body } = await s3().send(new GetObjectCommand({ Bucket, Key }));
  return (await Body?.transformToString()) ?? "";
}

export async function putObject(Bucket: string, Key: string, Body: string): Promise<void> {
  await s3().send(new PutObjectCommand({ Bucket, Key, Body }));
}

export async function deleteObject(Bucket: string, Key: string): Promise<void> {
  await s3().send(new DeleteObjectCommand({ Bucket, Key }));
}
