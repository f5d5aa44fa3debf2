// The baseline's user pool in cdktf's own TypeScript template: one file, run by ts-node. It has less than this project
// (no domain, table or alarms, no validation, no bundles), which favours the baseline.
import { DataArchiveFile } from "@cdktf/provider-archive/lib/data-archive-file";
import { ArchiveProvider } from "@cdktf/provider-archive/lib/provider";
import { CognitoUserPool } from "@cdktf/provider-aws/lib/cognito-user-pool";
import { CognitoUserPoolClient } from "@cdktf/provider-aws/lib/cognito-user-pool-client";
import { DataAwsIamPolicyDocument } from "@cdktf/provider-aws/lib/data-aws-iam-policy-document";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { LambdaFunction } from "@cdktf/provider-aws/lib/lambda-function";
import { LambdaPermission } from "@cdktf/provider-aws/lib/lambda-permission";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, AssetType, S3Backend, TerraformAsset, TerraformOutput, TerraformStack } from "cdktf";
import type { Construct } from "constructs";

class UsersStack extends TerraformStack {
  constructor(scope: Construct, name: string) {
    super(scope, name);
    new AwsProvider(this, "aws", { region: "eu-west-1" });
    new ArchiveProvider(this, "archive");
    new S3Backend(this, { bucket: "one-account-terraform-state", key: "terraform.tfstate", region: "eu-west-1" });

    const source = new TerraformAsset(this, "source", { path: "lambda/pre_sign_up.py", type: AssetType.FILE });
    const zip = new DataArchiveFile(this, "zip", { type: "zip", sourceFile: source.path, outputPath: "function.zip" });
    const principals = [{ type: "Service", identifiers: ["lambda.amazonaws.com"] }];
    const statement = [{ actions: ["sts:AssumeRole"], principals }];
    const assumeRole = new DataAwsIamPolicyDocument(this, "assume_role", { statement });
    const role = new IamRole(this, "role", { name: `${name}-pre-sign-up`, assumeRolePolicy: assumeRole.json });
    const fn = new LambdaFunction(this, "function", {
      functionName: `${name}-pre-sign-up`,
      role: role.arn,
      filename: zip.outputPath,
      sourceCodeHash: zip.outputBase64Sha256,
      handler: "pre_sign_up.handler",
      runtime: "python3.12",
    });
    const pool = new CognitoUserPool(this, "pool", {
      name: `${name}-v2`,
      aliasAttributes: ["email"],
      autoVerifiedAttributes: ["email"],
      usernameConfiguration: { caseSensitive: false },
      lambdaConfig: { preSignUp: fn.arn },
    });
    new LambdaPermission(this, "invoke", {
      action: "lambda:InvokeFunction",
      functionName: fn.functionName,
      principal: "cognito-idp.amazonaws.com",
      sourceArn: pool.arn,
    });
    const client = new CognitoUserPoolClient(this, "client", { name, userPoolId: pool.id, generateSecret: true });
    new TerraformOutput(this, "client_id", { value: client.id });
  }
}

const app = new App();
for (const name of ["dev", "staging", "prod"]) new UsersStack(app, name);
app.synth();
