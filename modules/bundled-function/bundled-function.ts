import { statSync } from "node:fs";
import path from "node:path";
import { DataArchiveFile } from "@cdktf/provider-archive/lib/data-archive-file";
import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { DataAwsSsmParameter } from "@cdktf/provider-aws/lib/data-aws-ssm-parameter";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import type { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { LambdaFunction } from "@cdktf/provider-aws/lib/lambda-function";
import { AssetType, dependable, TerraformAsset } from "cdktf";
import type { Construct } from "constructs";
import type { CustomerKey } from "../customer-key/customer-key";
import { type Grant, grantTo, policyDocument } from "../policy-document/policy-document";
import { shortHash } from "../setting/names";
import type { Problem } from "../setting/problems";
import { check, refuse, settingsOf } from "../setting/props";
import type { Props } from "../setting/setting";
import { TriggerFunction } from "../trigger-function/trigger-function";
import { bundledFunctionSettings, functionName, timeout, variablesProblems } from "./settings";

export interface BundledFunctionProps extends Props<typeof bundledFunctionSettings> {
  /** Unique per account and Region, at most 64 characters. The role and the log group are named after it. */
  readonly functionName: string;
  /** The function's bundle, one JavaScript file that exports `handler`: its path. */
  readonly bundle: string;
  readonly description?: string | undefined;
  /** What the zip file's name, beside the stack's JSON, begins with. @default functionName */
  readonly zipName?: string | undefined;
  /** The function's environment variables. @default none */
  readonly variables?: Readonly<Record<string, string>> | undefined;
  /** Seconds that a run may take; more than 4 for what Cognito does not wait for. @default 4 */
  readonly timeout?: number | undefined;
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
 * A Lambda function of one JavaScript file, for a user pool's trigger, with its role and its log. The escape hatch to the function itself is
 * `node.defaultChild`.
 */
export class BundledFunction extends TriggerFunction {
  readonly arn: string;
  readonly functionName: string;
  readonly role: IamRole;
  private readonly resource: LambdaFunction;
  private readonly statementIds = new Set<string>();

  /** Throws an Error that names the prop where one cannot work. */
  constructor(scope: Construct, id: string, props: BundledFunctionProps) {
    super(scope, id);
    const settings = settingsOf(this, bundledFunctionSettings, props);
    const { kmsKey } = props;
    check(this, {
      functionName: [functionName, props.functionName],
      ...(props.timeout !== undefined && { timeout: [timeout, props.timeout] }),
    });
    refuse(this, bundleProblems(props.bundle));
    refuse(this, variablesProblems(props.variables ?? {}, { path: ["variables"], value: props.variables }));
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
      retentionInDays: settings.logRetentionDays,
      ...(kmsKey && { kmsKeyId: kmsKey.arn }),
    });
    const zip = this.zip(props.bundle, props.zipName ?? props.functionName);
    this.resource = new LambdaFunction(this, "Default", {
      functionName: props.functionName,
      ...(props.description && { description: props.description }),
      role: this.role.arn,
      filename: zip.outputPath,
      sourceCodeHash: zip.outputBase64Sha256,
      handler: `${path.basename(props.bundle, ".js")}.handler`,
      runtime: settings.runtime,
      architectures: [settings.architecture],
      memorySize: settings.memorySize,
      // Cognito gives a trigger 5 seconds.
      timeout: props.timeout ?? 4,
      environment: { variables: { ...props.variables } },
      // The function leaves out by itself what is below its log level. Lambda's filter would take the metrics with it.
      loggingConfig: { logFormat: "JSON", applicationLogLevel: "TRACE", logGroup: logs.name },
      tracingConfig: { mode: settings.tracing ? "Active" : "PassThrough" },
      ...(settings.reservedConcurrency && { reservedConcurrentExecutions: settings.reservedConcurrency }),
      ...(props.layerParameter && { layers: [this.layer(props.layerParameter)] }),
      ...(kmsKey && { kmsKeyArn: kmsKey.arn }),
    });
    this.arn = this.resource.arn;
    this.functionName = this.resource.functionName;

    this.grant("write_logs", {
      actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
      resources: [`${logs.arn}:*`],
    });
    if (settings.tracing) this.grant("write_traces", WRITE_TRACES);
    if (kmsKey) this.grant("read_environment", kmsKey.grantDecrypt("lambda"));
  }

  /** Lets the function do something, from its first call on: it is made, and changed, after the grant. */
  grant(id: string, ...grants: readonly Grant[]): IamRolePolicy {
    return this.grantFrom(this, id, ...grants);
  }

  /** The same of what another construct owns. */
  grantFrom(owner: Construct, id: string, ...grants: readonly Grant[]): IamRolePolicy {
    const policy = grantTo(owner, this, id, ...grants);
    this.resource.dependsOn = [...(this.resource.dependsOn ?? []), dependable(policy)];
    return policy;
  }

  /** Lets one user pool of this account call the function. `id` is unique for the function. */
  allowInvocationBy(id: string, userPoolArn: string): void {
    this.permit(id, userPoolArn, { functionName: this.functionName, statementId: this.statementId(id) });
  }

  /** Another one for `a_b` than for `a-b`. */
  private statementId(id: string): string {
    const plain = id.replaceAll("_", "-");
    const statementId = this.statementIds.has(plain) ? `${plain}-${shortHash(id)}` : plain;
    this.statementIds.add(statementId);
    return statementId;
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
    // A layer's ARN is no secret; as a sensitive value it would hide its own changes from the readers of a plan.
    return new DataAwsSsmParameter(this, "layer", { name: parameter }).insecureValue;
  }
}

function bundleProblems(bundle: string): Problem[] {
  if (bundle.endsWith(".js") && statSync(bundle, { throwIfNoEntry: false })?.isFile()) return [];
  const allowed = "the path of a JavaScript file, .js (npm run build writes those of this project's functions)";
  return [{ path: ["bundle"], value: bundle, allowed }];
}
