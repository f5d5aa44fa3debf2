import { DataAwsCallerIdentity } from "@cdktf/provider-aws/lib/data-aws-caller-identity";
import type { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { LambdaPermission, type LambdaPermissionConfig } from "@cdktf/provider-aws/lib/lambda-permission";
import { Token } from "cdktf";
import { Construct } from "constructs";
import { check } from "../setting/props";
import { functionArn } from "./settings";

export interface ImportedFunctionOptions {
  /** Whether the pool is let call the function; not possible for a function of another account, whose owner has to. @default true */
  readonly permission?: boolean | undefined;
}

/** A Lambda function that a user pool can call, made here (BundledFunction) or elsewhere ({@link TriggerFunction.fromFunctionArn}). */
export abstract class TriggerFunction extends Construct {
  /** With the version or the alias, where the pool is to call that one. */
  abstract readonly arn: string;
  /** What the function runs as; undefined where it is not known. */
  abstract readonly role: IamRole | undefined;

  /** A function that is made elsewhere, by its ARN. */
  static fromFunctionArn(
    scope: Construct,
    id: string,
    arn: string,
    options: ImportedFunctionOptions = {},
  ): TriggerFunction {
    return new ImportedFunction(scope, id, arn, options);
  }

  /** Lets one user pool of this account call the function. `id` is unique for the function. */
  abstract allowInvocationBy(id: string, userPoolArn: string): void;

  protected permit(
    id: string,
    userPoolArn: string,
    target: Pick<LambdaPermissionConfig, "functionName" | "qualifier" | "statementId">,
  ): void {
    new LambdaPermission(this, id, {
      ...target,
      action: "lambda:InvokeFunction",
      principal: "cognito-idp.amazonaws.com",
      sourceArn: userPoolArn,
      sourceAccount: this.account().accountId,
    });
  }

  private account(): DataAwsCallerIdentity {
    const id = "account";
    return (this.node.tryFindChild(id) as DataAwsCallerIdentity | undefined) ?? new DataAwsCallerIdentity(this, id);
  }
}

class ImportedFunction extends TriggerFunction {
  readonly role = undefined;

  constructor(
    scope: Construct,
    id: string,
    readonly arn: string,
    private readonly options: ImportedFunctionOptions,
  ) {
    super(scope, id);
    check(this, { arn: [functionArn, arn] });
  }

  allowInvocationBy(id: string, userPoolArn: string): void {
    if (this.options.permission === false) return;
    const [functionName, qualifier] = targetOf(this.arn);
    // Without an id of its own: pools of other stacks may call the function, too.
    this.permit(id, userPoolArn, { functionName, ...(qualifier !== undefined && { qualifier }) });
  }
}

/** The function of an ARN, and its version or alias: "AddPermission", Lambda API reference. */
function targetOf(arn: string): [functionName: string, qualifier?: string] {
  if (Token.isUnresolved(arn)) return [arn];
  const parts = arn.split(":");
  const [qualifier] = parts.slice(7);
  return qualifier === undefined ? [arn] : [parts.slice(0, 7).join(":"), qualifier];
}
