import {
  GetObjectCommand,
  HeadBucketCommand,
  ListObjectVersionsCommand,
  type ListObjectVersionsCommandOutput,
  NoSuchKey,
  S3Client,
  S3ServiceException,
} from "@aws-sdk/client-s3";
import { TIME_LIMITS } from "../aws";
import { Failure } from "../failure";

/** One version of a workspace's state. */
export interface StateVersion {
  readonly versionId: string;
  readonly modified: Date;
  readonly isLatest: boolean;
  /** What Terraform tells states apart by: the same for all versions of one state, counted up with every write. */
  readonly lineage: string;
  readonly serial: number;
  /** Resources in it, data sources left out. */
  readonly resources: number;
}

/** What the bucket has of one workspace's state. */
export interface History {
  readonly bucket: string;
  /** Newest first; deleted and empty objects left out. */
  readonly versions: readonly StateVersion[];
  /** What Terraform sees now; undefined where the object was deleted or emptied, or never written. */
  readonly current: StateVersion | undefined;
}

export function s3Client(region: string): S3Client {
  // An endpoint of an emulator has no subdomains for buckets.
  return new S3Client({ region, forcePathStyle: Boolean(process.env.AWS_ENDPOINT_URL), ...TIME_LIMITS });
}

/** Key of a workspace's state, as the S3 backend makes it. */
export function stateKey(project: string, workspace: string): string {
  return `env:/${workspace}/${project}/terraform.tfstate`;
}

export async function bucketExists(s3: S3Client, bucket: string): Promise<boolean> {
  try {
    await s3.send(new HeadBucketCommand({ Bucket: bucket }));
    return true;
  } catch (error) {
    const status = error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined;
    if (status === 404) return false;
    if (status === 403) {
      throw new Failure(
        `The bucket ${bucket} belongs to another account, or these credentials may not see it:` +
          " name another one in environments.ts (state.bucket), or check the credentials.",
      );
    }
    if (status === 301) throw new Failure(`The bucket ${bucket} is in another Region: set state.region to it.`);
    throw error;
  }
}

/** Every version of the state at a key, newest first; versions that hold no state (deleted, empty) are left out. */
export async function stateVersions(s3: S3Client, bucket: string, Key: string): Promise<StateVersion[]> {
  const versions: StateVersion[] = [];
  let marker: { KeyMarker?: string | undefined; VersionIdMarker?: string | undefined } | undefined = {};
  while (marker) {
    const page: ListObjectVersionsCommandOutput = await s3.send(
      new ListObjectVersionsCommand({ Bucket: bucket, Prefix: Key, ...marker }),
    );
    const found = await Promise.all(
      (page.Versions ?? [])
        .filter((version) => version.Key === Key)
        .map(async ({ VersionId = "", LastModified = new Date(0), IsLatest = false }) => {
          const state = await readState(s3, bucket, Key, VersionId);
          return state && { versionId: VersionId, modified: LastModified, isLatest: IsLatest, ...summary(state) };
        }),
    );
    versions.push(...found.filter((version) => version !== undefined));
    marker = page.IsTruncated
      ? { KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker }
      : undefined;
  }
  return versions;
}

/** The state that Terraform sees now, if there is one. */
export async function latestState(s3: S3Client, bucket: string, key: string) {
  const state = await readState(s3, bucket, key);
  return state && summary(state);
}

/** The text of one version. */
export async function stateText(s3: S3Client, bucket: string, Key: string, VersionId: string): Promise<string> {
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key, VersionId }));
  return (await Body?.transformToString()) ?? "";
}

interface State {
  readonly lineage: string;
  readonly serial: number;
  readonly resources?: ReadonlyArray<{ readonly mode: string }>;
}

async function readState(s3: S3Client, Bucket: string, Key: string, VersionId?: string): Promise<State | undefined> {
  try {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key, VersionId }));
    const text = (await Body?.transformToString()) ?? "";
    return text.trim() === "" ? undefined : (JSON.parse(text) as State);
  } catch (error) {
    if (error instanceof NoSuchKey) return undefined;
    throw error;
  }
}

function summary({ lineage, serial, resources = [] }: State) {
  return { lineage, serial, resources: resources.filter(({ mode }) => mode === "managed").length };
}
