import { TerraformElement, TerraformStack } from "cdktf";
import type { Construct, Node } from "constructs";
import { TERRAFORM } from "../modules/terraform/providers";

/**
 * A stack whose resources have addresses that people can read, say and type: `aws_iam_role.pre_sign_up_role` instead of
 * cdktf's `aws_iam_role.pre_sign_up_role_4F1D0A2B`.
 *
 * The address is the path of construct ids, joined by underscores, without ids that are "Default". It is what Terraform
 * knows a resource by: an id that changes destroys the resource and makes another.
 */
export abstract class ProjectStack extends TerraformStack {
  private readonly taken = new Map<string, string>();

  constructor(scope: Construct, id: string) {
    super(scope, id);
    // CDK Terrain, CDKTF's successor, compares what a stack uses with the versions that it is meant for, as ranges of npm; where
    // it is told none, Terraform 1.5 counts. CDKTF reads no such context.
    const range = TERRAFORM.replaceAll(",", "");
    this.node.setContext("targetVersions", { terraform: range, opentofu: range });
  }

  protected override allocateLogicalId(element: TerraformElement | Node): string {
    const node = TerraformElement.isTerraformElement(element) ? element.node : element;
    const path = node.scopes.slice(node.scopes.indexOf(this) + 1).map((scope: Construct) => scope.node.id);
    const logicalId = path.filter((id) => id !== "Default").join("_");

    if (!/^[A-Za-z_][\w-]*$/.test(logicalId)) {
      throw new Error(
        `${JSON.stringify(logicalId)} cannot be an address of Terraform: ids of constructs are letters, digits, _ and -, and begin with a letter.`,
      );
    }
    const owner = this.taken.get(logicalId) ?? node.path;
    if (owner !== node.path) throw new Error(`${node.path} and ${owner} would both be called ${logicalId}`);
    this.taken.set(logicalId, node.path);
    return logicalId;
  }
}
