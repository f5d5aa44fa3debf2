import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import type { Construct } from "constructs";

/** What a role may do. */
export interface Grant {
  /** `service:Action`. */
  readonly actions: readonly string[];
  /** ARNs. */
  readonly resources: readonly string[];
  /** By condition key, the only value that it may have. @default no condition */
  readonly onlyWhere?: Readonly<Record<string, string>>;
}

/** One statement of an IAM policy, in IAM's own words: "IAM JSON policy elements reference", IAM user guide. */
export interface Statement {
  readonly Sid?: string;
  readonly Effect: "Allow" | "Deny";
  readonly Principal?: "*" | Readonly<Record<string, string | readonly string[]>>;
  readonly Action: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/**
 * An IAM policy as JSON text.
 *
 * Not the data source `aws_iam_policy_document`: Terraform reads a data source only at apply where it refers to something that
 * changes, so every change of a pool would also show a policy that is "known after apply", which no reviewer and no scanner can
 * read.
 */
export function policyDocument(...statements: readonly Statement[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}

/** The policy of a role that holds these grants. */
export function grantDocument(...grants: readonly Grant[]): string {
  return policyDocument(
    ...grants.map(({ actions, resources, onlyWhere }) => ({
      Effect: "Allow" as const,
      Action: oneOrAll(actions),
      Resource: oneOrAll(resources),
      ...(onlyWhere && { Condition: { StringEquals: onlyWhere } }),
    })),
  );
}

/** IAM returns a list of one as its element; written like that, state and configuration are the same text. */
function oneOrAll(values: readonly string[]): string | readonly string[] {
  const [only, ...others] = values;
  return only !== undefined && others.length === 0 ? only : values;
}

/** A role, or a construct that runs with one, such as a function. */
export type Grantee = IamRole | (Construct & { readonly role: IamRole });

/**
 * Gives a role these grants, as an inline policy of its own. `id` is part of the policy's address, and its name; where the grantee has another
 * policy of that id, the address of the `owner` of what is granted is added. The same grants given twice are one policy.
 *
 * A function is made without waiting for it. Use `BundledFunction.grant` for what the function needs from its first call on; not for a grant that
 * names the user pool, because the pool depends on the function.
 */
export function grantTo(owner: Construct, grantee: Grantee, id: string, ...grants: readonly Grant[]): IamRolePolicy {
  const role = grantee instanceof IamRole ? grantee : grantee.role;
  const policy = grantDocument(...grants);
  const ids = [id, `${id}_${owner.node.addr.slice(-8)}`] as const;
  const present = ids.map((one) => grantee.node.tryFindChild(one) as IamRolePolicy | undefined);
  const same = present.find((one) => one?.policyInput === policy);
  if (same) return same;
  const own = present[0] === undefined ? ids[0] : ids[1];
  return new IamRolePolicy(grantee, own, {
    name: own.replaceAll("_", "-"),
    role: role.name,
    policy,
    // A grant that is given up goes after the function has stopped using it, not before.
    lifecycle: { createBeforeDestroy: true },
  });
}
