import { DataAwsCallerIdentity } from "@cdktf/provider-aws/lib/data-aws-caller-identity";
import { DataAwsPartition } from "@cdktf/provider-aws/lib/data-aws-partition";
import { Construct } from "constructs";
import type { Grant } from "../policy-document/policy-document";
import { TriggerFunction, type TriggerFunctionProps } from "../trigger-function/trigger-function";

/** Where accounts come from. */
export interface OldPool {
  readonly userPoolId: string;
  /** Region of that pool. */
  readonly region: string;
  /** Role of another account that may ask that pool. @default the function asks for itself, in its own account */
  readonly roleArn?: string | undefined;
}

export interface UserMigrationProps extends Omit<TriggerFunctionProps, "description" | "zipName"> {
  readonly oldPool: OldPool;
}

/** The function that lets people in whom only the old pool knows, and takes their account over. */
export class UserMigration extends TriggerFunction {
  constructor(scope: Construct, id: string, { oldPool, ...props }: UserMigrationProps) {
    // A construct for the lookups, because those of this one can only be made once it is there, and it needs the grant.
    super(scope, id, {
      ...props,
      grants: { ...props.grants, ask_old_pool: [askOldPool(new Construct(scope, `${id}_old_pool`), oldPool)] },
      description: "Takes over accounts of another user pool when their owners first sign in or forget their password",
      zipName: "user-migration",
    });
  }
}

/** Either to ask that one pool, or to assume that one role: what the role may do is the other account's business. */
function askOldPool(scope: Construct, { userPoolId, region, roleArn }: OldPool): Grant {
  if (roleArn) return { actions: ["sts:AssumeRole"], resources: [roleArn] };
  const { partition } = new DataAwsPartition(scope, "partition");
  const { accountId } = new DataAwsCallerIdentity(scope, "account");
  return {
    actions: ["cognito-idp:AdminInitiateAuth", "cognito-idp:AdminGetUser", "cognito-idp:ListUsers"],
    resources: [`arn:${partition}:cognito-idp:${region}:${accountId}:userpool/${userPoolId}`],
  };
}
