import { TerraformVariable } from "cdktf";
import { Construct } from "constructs";
import { text } from "../setting/kinds";
import { check } from "../setting/props";

export interface WorkspaceGuardProps {
  /** The only Terraform workspace that the stack may run in. */
  readonly workspace: string;
}

const WORKSPACE = text(/^[\w-]{1,90}$/, "a workspace of letters, digits, _ and -");

/**
 * Refuses to plan, apply, refresh or destroy a stack in a workspace other than its own.
 *
 * A validated variable, not a precondition: preconditions are not evaluated on destroy. The condition must mention the
 * variable itself, and compares both with a literal, so that `-var` cannot get round it. A targeted destroy evaluates
 * only what its targets depend on: use {@link name} in the provider's configuration, on which everything depends.
 */
export class WorkspaceGuard extends Construct {
  /** The workspace's name, as a reference to the guarded variable. */
  readonly name: string;

  constructor(scope: Construct, id: string, { workspace }: WorkspaceGuardProps) {
    super(scope, id);
    check(this, { workspace: [WORKSPACE, workspace] });
    const literal = JSON.stringify(workspace);
    const guarded = new TerraformVariable(this, "Default", {
      type: "string",
      default: workspace,
      nullable: false,
      description: "Guards against the wrong workspace. Not to be set.",
    });
    // The name depends on where in the stack the guard is.
    const variable = guarded.friendlyUniqueId;
    guarded.addValidation({
      condition: `\${var.${variable} == ${literal} && terraform.workspace == ${literal}}`,
      errorMessage:
        `This stack belongs to the workspace ${workspace}, but the workspace in use is \${terraform.workspace}` +
        ` (and the variable ${variable} says \${var.${variable}}). Nothing was changed.` +
        ` Run "npm run plan -- ${workspace}", or "terraform workspace select -or-create=true ${workspace}" first.`,
    });
    this.name = guarded.stringValue;
  }
}
