import { GetObjectCommand, NoSuchKey, type S3Client } from "@aws-sdk/client-s3";

/** What Terraform writes into its lock object, as far as it is read here. */
export interface StateLock {
  readonly ID: string;
  readonly Operation: string;
  /** `user@host`. */
  readonly Who: string;
  /** RFC 3339. */
  readonly Created: string;
}

/** The lock on the state at a key, if a run holds it. */
export async function stateLock(s3: S3Client, bucket: string, key: string): Promise<StateLock | undefined> {
  try {
    const Key = `${key}.tflock`;
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key }));
    return JSON.parse((await Body?.transformToString()) ?? "") as StateLock;
  } catch (error) {
    if (error instanceof NoSuchKey) return undefined;
    throw error;
  }
}
