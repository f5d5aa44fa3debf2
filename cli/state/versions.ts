import type { StateBucket } from "./bucket";
import { parseState, resourceCount, type State } from "./state";

/** One version of a workspace's state. */
export interface StateVersion {
  readonly key: string;
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

/** Every version of a state that is wanted, newest first; versions that hold no state (deleted, empty) are left out. */
export async function stateVersions(
  bucket: StateBucket,
  key: string,
  wanted: (state: State) => boolean = () => true,
): Promise<StateVersion[]> {
  const found = await Promise.all(
    (await bucket.versions(key)).map(async ({ VersionId = "", LastModified = new Date(0), IsLatest = false }) => {
      const state = await readState(bucket, key, VersionId);
      if (!state || !wanted(state)) return undefined;
      const { lineage, serial } = state;
      return {
        key,
        versionId: VersionId,
        modified: LastModified,
        isLatest: IsLatest,
        lineage,
        serial,
        resources: resourceCount(state),
      };
    }),
  );
  return found.filter((version) => version !== undefined);
}

/** The state under a key, or one version of it; undefined where there is none, or an empty object. */
export async function readState(bucket: StateBucket, key: string, versionId?: string): Promise<State | undefined> {
  const stored = await bucket.read(key, versionId);
  return stored && parseState(stored.text);
}
