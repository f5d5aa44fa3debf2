import { S3Backend, type S3BackendConfig } from "cdktf";
import { Construct } from "constructs";

export interface RemoteStateProps {
  /** Part of the state's key, so that several projects can keep their states in one bucket. */
  readonly project: string;
  readonly bucket: string;
  readonly region: string;
  /** Customer managed key that the state is encrypted with. @default S3's own key */
  readonly kmsKeyArn?: string | undefined;
  /** Accounts whose credentials may read and write the state. @default any */
  readonly allowedAccountIds?: readonly string[] | undefined;
}

/**
 * Keeps a stack's state in S3, one object per workspace: `env:/<workspace>/<project>/terraform.tfstate`.
 * The lock is an object beside it (`use_lockfile`), so that no lock table is needed.
 */
export class RemoteState extends Construct {
  constructor(scope: Construct, id: string, props: RemoteStateProps) {
    super(scope, id);
    const { project, bucket, region, kmsKeyArn, allowedAccountIds } = props;
    // cdktf 0.21 emits these two, but has no types for them.
    const config: S3BackendConfig & { useLockfile: boolean; allowedAccountIds?: string[] } = {
      bucket,
      region,
      key: `${project}/terraform.tfstate`,
      workspaceKeyPrefix: "env:",
      encrypt: true,
      useLockfile: true,
      ...(kmsKeyArn && { kmsKeyId: kmsKeyArn }),
      // The backend cannot say whose bucket it expects, only whose credentials.
      ...(allowedAccountIds && { allowedAccountIds: [...allowedAccountIds] }),
    };
    new S3Backend(this, config);
  }
}
