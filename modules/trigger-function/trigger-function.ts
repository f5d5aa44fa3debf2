import { DataArchiveFile } from "@cdktf/provider-archive/lib/data-archive-file";
import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { DataAwsCallerIdentity } from "@cdktf/provider-aws/lib/data-aws-caller-identity";
import { DataAwsSsmParameter } from "@cdktf/provider-aws/lib/data-aws-ssm-parameter";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { LambdaFunction } from "@cdktf/provider-aws/lib/lambda-function";
import { LambdaPermission } from "@cdktf/provider-aws/lib/lambda-permission";
import { AssetType, TerraformAsset } from "cdktf";
import { Construct } from "constructs";
import type { CustomerKey } from "../customer-key/customer-key";
import { type Grant, grantDocument, policyDocument } from "../policy-document/policy-document";

export interface TriggerFunctionProps {
  /** Unique per account and Region, at most 64 characters. */
  readonly functionName: string;
  readonly description: string;
  /** What the zip file's name, beside the stack's JSON, begins with. */
  readonly zipName: string;
  /** The function's bundle, one JavaScript file that exports `handler`. */
  readonly bundle: string;
  readonly runtime: string;
  readonly architecture: string;
  /** MB. */
  readonly memorySize: number;
  /** Days. */
  readonly logRetention: number;
  /** The function's environment variables. */
  readonly variables: Readonly<Record<string, string>>;
  /** What the function may do beside writing its log and what {@link TriggerFunction.serve} adds, by name. @default nothing */
  readonly grants?: Readonly<Record<string, readonly Grant[]>>;
  /** Runs at once, taken from what the account has. @default as many as the account has left */
  readonly reservedConcurrency?: number | undefined;
  /** Whether calls are traced with X-Ray. */
  readonly tracing: boolean;
  /** SSM parameter that holds the ARN of a layer to attach. @default no layer */
  readonly layerParameter?: string | undefined;
  /** Customer managed key for the log and the environment variables. @default keys that AWS manages */
  readonly kmsKey?: CustomerKey | undefined;
}

/** X-Ray knows no resources that a grant could name: "Actions, resources, and condition keys for AWS X-Ray". */
const WRITE_TRACES: Grant = {
  actions: ["xray:PutTraceSegments", "xray:PutTelemetryRecords"],
  resources: ["*"],
};

/**
 * A function that a user pool calls, with its role and its log.
 *
 * The pool needs the function's ARN and the function's grants need the pool's, which would be a cycle. So the grants are
 * resources of their own, made by `serve` once the pool exists: role ← function ← pool ← grants.
 */
export abstract class TriggerFunction extends Construct {
  readonly arn: string;
  private readonly role: IamRole;
  private readonly functionName: string;

  constructor(scope: Construct, id: string, props: TriggerFunctionProps) {
    super(scope, id);
    this.role = new IamRole(this, "role", {
      name: props.functionName,
      assumeRolePolicy: policyDocument({
        Effect: "Allow",
        Action: "sts:AssumeRole",
        Principal: { Service: "lambda.amazonaws.com" },
      }),
    });
    const logs = new CloudwatchLogGroup(this, "logs", {
      name: `/aws/lambda/${props.functionName}`,
      retentionInDays: props.logRetention,
      ...(props.kmsKey && { kmsKeyId: props.kmsKey.arn }),
    });
    const grants = Object.entries({
      write_logs: [{ actions: ["logs:CreateLogStream", "logs:PutLogEvents"], resources: [`${logs.arn}:*`] }],
      ...(props.tracing && { write_traces: [WRITE_TRACES] }),
      ...(props.kmsKey && { read_environment: [props.kmsKey.grantDecrypt("lambda")] }),
      ...props.grants,
    }).map(([name, grants]) => this.grant(name, ...grants));

    const zip = this.zip(props.bundle, props.zipName);
    const fn = new LambdaFunction(this, "Default", {
      functionName: props.functionName,
      description: props.description,
      role: this.role.arn,
      filename: zip.outputPath,
      sourceCodeHash: zip.outputBase64Sha256,
      handler: "index.handler",
      runtime: props.runtime,
      architectures: [props.architecture],
      memorySize: props.memorySize,
      // Cognito gives a trigger 5 seconds.
      timeout: 4,
      environment: { variables: { ...props.variables } },
      // The function leaves out by itself what is below its log level. Lambda's filter would take the metrics with it.
      loggingConfig: { logFormat: "JSON", applicationLogLevel: "TRACE", logGroup: logs.name },
      tracingConfig: { mode: props.tracing ? "Active" : "PassThrough" },
      ...(props.reservedConcurrency && { reservedConcurrentExecutions: props.reservedConcurrency }),
      ...(props.layerParameter && { layers: [this.layer(props.layerParameter)] }),
      ...(props.kmsKey && { kmsKeyArn: props.kmsKey.arn }),
      // What it is told to do it may do: grants are there before the function is made or changed.
      dependsOn: grants,
    });
    this.arn = fn.arn;
    this.functionName = fn.functionName;
  }

  /** Lets this pool, and nothing else, call the function, and lets the function look up this pool's users. */
  serve(userPoolArn: string): void {
    this.grant("list_users", { actions: ["cognito-idp:ListUsers"], resources: [userPoolArn] });
    new LambdaPermission(this, "invoked_by_user_pool", {
      statementId: "invoked-by-user-pool",
      action: "lambda:InvokeFunction",
      functionName: this.functionName,
      principal: "cognito-idp.amazonaws.com",
      sourceArn: userPoolArn,
      sourceAccount: new DataAwsCallerIdentity(this, "account").accountId,
    });
  }

  protected grant(name: string, ...grants: readonly Grant[]): IamRolePolicy {
    return new IamRolePolicy(this, name, {
      name: name.replaceAll("_", "-"),
      role: this.role.name,
      policy: grantDocument(...grants),
      // A grant that is given up goes after the function has stopped using it, not before.
      lifecycle: { createBeforeDestroy: true },
    });
  }

  private zip(bundle: string, name: string): DataArchiveFile {
    const asset = new TerraformAsset(this, "bundle", { path: bundle, type: AssetType.FILE });
    // A zip of other content has another name, so that a plan which was saved before finds the zip that it was made of.
    const content = asset.assetHash.slice(0, 16).toLowerCase();
    return new DataArchiveFile(this, "zip", {
      type: "zip",
      sourceFile: asset.path,
      outputPath: `${name}-${content}.zip`,
      // The file's mode is part of the zip's hash: left to the umask, it would differ between machines.
      outputFileMode: "0644",
    });
  }

  private layer(parameter: string): string {
    // A layer's ARN is no secret; as a sensitive value it would hide its own changes from whoever reads the plan.
    return new DataAwsSsmParameter(this, "layer", { name: parameter }).insecureValue;
  }
}
