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
 * one of that id, of another `owner` of what is granted, the owner's address is added. Given twice, a grant is one.
 *
 * A function is made without waiting for it. Use `BundledFunction.grant` for what the function needs from its first call on; not for a grant that
 * names the user pool, because the pool depends on the function.
 */
export function grantTo(owner: Construct, grantee: Grantee, id: string, ...grants: readonly Grant[]): IamRolePolicy {
  const role = grantee instanceof IamRole ? grantee : grantee.role;
  const policies = policiesOf(grantee);
  const present = policies.get(`${id} ${owner.node.addr}`);
  if (present) return present;
  const isTaken = grantee.node.tryFindChild(id) !== undefined;
  const own = isTaken ? `${id}_${owner.node.addr.slice(-8)}` : id;
  const policy = new IamRolePolicy(grantee, own, {
    name: own.replaceAll("_", "-"),
    role: role.name,
    policy: grantDocument(...grants),
    // A grant that is given up goes after the function has stopped using it, not before.
    lifecycle: { createBeforeDestroy: true },
  });
  policies.set(`${id} ${owner.node.addr}`, policy);
  return policy;
}

/** The policies that a grantee has, by id and owner. */
const given = new WeakMap<Grantee, Map<string, IamRolePolicy>>();

function policiesOf(grantee: Grantee): Map<string, IamRolePolicy> {
  const policies = given.get(grantee) ?? new Map<string, IamRolePolicy>();
  given.set(grantee, policies);
  return policies;
}
