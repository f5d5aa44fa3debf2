import {
  DeleteObjectCommand,
  GetBucketTaggingCommand,
  GetObjectCommand,
  HeadBucketCommand,
  ListObjectVersionsCommand,
  NoSuchKey,
  type ObjectVersion,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
} from "@aws-sdk/client-s3";
import type { StateBucketSettings } from "../../settings/project";
import { callerAccount } from "../account";
import { TIME_LIMITS } from "../aws";
import { Failure } from "../failure";

/** An object's content, and the tag that stands for it. */
export interface StoredText {
  readonly text: string;
  readonly etag: string | undefined;
}

/**
 * A bucket of Terraform states. Bucket names are global, so that a bucket of this name can belong to another account: every
 * call says which account it has to belong to, and S3 refuses the call otherwise.
 */
export class StateBucket {
  private constructor(
    private readonly s3: S3Client,
    readonly name: string,
    private readonly account: string,
    private readonly kmsKeyArn: string | undefined,
  ) {}

  /** The bucket that settings name, in the account of the credentials. */
  static async of({ bucket, region, kmsKeyArn }: StateBucketSettings): Promise<StateBucket> {
    // An endpoint of an emulator has no subdomains for buckets.
    const s3 = new S3Client({ region, forcePathStyle: Boolean(process.env.AWS_ENDPOINT_URL), ...TIME_LIMITS });
    return new StateBucket(s3, bucket, await callerAccount(region), kmsKeyArn);
  }

  /** What every call says. */
  private get where() {
    return { Bucket: this.name, ExpectedBucketOwner: this.account };
  }

  /** Whether the bucket is there. Throws a {@link Failure} if it is not this account's. */
  async exists(): Promise<boolean> {
    try {
      await this.explained(() => this.s3.send(new HeadBucketCommand(this.where)));
      return true;
    } catch (error) {
      if (statusOf(error) === 404) return false;
      throw error;
    }
  }

  /** An object, or one version of it; undefined where there is none. */
  async read(key: string, versionId?: string): Promise<StoredText | undefined> {
    try {
      const command = new GetObjectCommand({ ...this.where, Key: key, VersionId: versionId });
      const { Body, ETag } = await this.explained(() => this.s3.send(command));
      return { text: (await Body?.transformToString()) ?? "", etag: ETag };
    } catch (error) {
      if (error instanceof NoSuchKey) return undefined;
      throw error;
    }
  }

  /** Every version of an object, newest first, without delete markers. */
  async versions(key: string): Promise<ObjectVersion[]> {
    const versions: ObjectVersion[] = [];
    let marker: { KeyMarker?: string | undefined; VersionIdMarker?: string | undefined } | undefined = {};
    while (marker) {
      const command: ListObjectVersionsCommand = new ListObjectVersionsCommand({
        ...this.where,
        Prefix: key,
        ...marker,
      });
      const page = await this.explained(() => this.s3.send(command));
      versions.push(...(page.Versions ?? []).filter(({ Key }) => Key === key));
      marker = page.IsTruncated
        ? { KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker }
        : undefined;
    }
    return versions;
  }

  /** Writes an object where there is none, or in the place of the one with this tag; answers false where there is another. */
  async write(
    key: string,
    text: string,
    { replaces }: { readonly replaces?: string | undefined } = {},
  ): Promise<boolean> {
    const encryption = this.kmsKeyArn
      ? ({ ServerSideEncryption: "aws:kms", SSEKMSKeyId: this.kmsKeyArn } as const)
      : ({ ServerSideEncryption: "AES256" } as const);
    const condition = replaces === undefined ? { IfNoneMatch: "*" } : { IfMatch: replaces };
    try {
      await this.explained(() =>
        this.s3.send(
          new PutObjectCommand({
            ...this.where,
            Key: key,
            Body: text,
            ContentType: "application/json",
            ...encryption,
            ...condition,
          }),
        ),
      );
      return true;
    } catch (error) {
      // 409: another write of the same object is not through yet.
      if ([409, 412].includes(statusOf(error) ?? 0)) return false;
      throw error;
    }
  }

  /** Deletes an object; answers whether the bucket keeps what was there as an earlier version. */
  async remove(key: string): Promise<boolean> {
    const { DeleteMarker } = await this.explained(() =>
      this.s3.send(new DeleteObjectCommand({ ...this.where, Key: key })),
    );
    return DeleteMarker === true;
  }

  /** The bucket's tag of this name. */
  async tag(name: string): Promise<string | undefined> {
    try {
      const { TagSet = [] } = await this.explained(() => this.s3.send(new GetBucketTaggingCommand(this.where)));
      return TagSet.find(({ Key }) => Key === name)?.Value;
    } catch (error) {
      if (statusOf(error) === 404) return undefined;
      throw error;
    }
  }

  private async explained<T>(call: () => Promise<T>): Promise<T> {
    try {
      return await call();
    } catch (error) {
      const status = statusOf(error);
      if (status === 403 && (error as Error).name !== "ExpiredToken") {
        throw new Failure(
          `The bucket ${this.name} belongs to another account than ${this.account}, or these credentials may not use it:` +
            " name another one in environments.ts (state.bucket), or check the credentials.",
        );
      }
      if (status === 301) {
        throw new Failure(`The bucket ${this.name} is in another Region: set state.region in environments.ts to it.`);
      }
      throw error;
    }
  }
}

function statusOf(error: unknown): number | undefined {
  return error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined;
}
