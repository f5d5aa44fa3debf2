// The article's stacks as somebody would write them in cdktf's own TypeScript template: one file, run by ts-node.
// It makes less than this project does (no table, no alarms, no validation, nothing bundled), which favours it.
import { DataArchiveFile } from "@cdktf/provider-archive/lib/data-archive-file";
import { ArchiveProvider } from "@cdktf/provider-archive/lib/provider";
import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { CognitoUserPool } from "@cdktf/provider-aws/lib/cognito-user-pool";
import { CognitoUserPoolClient } from "@cdktf/provider-aws/lib/cognito-user-pool-client";
import { CognitoUserPoolDomain } from "@cdktf/provider-aws/lib/cognito-user-pool-domain";
import { DataAwsIamPolicyDocument } from "@cdktf/provider-aws/lib/data-aws-iam-policy-document";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { LambdaFunction } from "@cdktf/provider-aws/lib/lambda-function";
import { LambdaPermission } from "@cdktf/provider-aws/lib/lambda-permission";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, AssetType, S3Backend, TerraformAsset, TerraformOutput, TerraformStack } from "cdktf";
import type { Construct } from "constructs";

const PROJECT = "one-account";
const REGION = "eu-west-1";

class UsersStack extends TerraformStack {
  constructor(scope: Construct, name: string) {
    super(scope, name);
    const production = name === "prod";
    new AwsProvider(this, "aws", { region: REGION, defaultTags: [{ tags: { project: PROJECT, environment: name } }] });
    new ArchiveProvider(this, "archive");
    new S3Backend(this, { bucket: `${PROJECT}-terraform-state`, key: "terraform.tfstate", region: REGION });

    const functionName = `${PROJECT}-${name}-pre-sign-up`;
    const source = new TerraformAsset(this, "source", { path: "lambda/pre_sign_up.py", type: AssetType.FILE });
    const zip = new DataArchiveFile(this, "zip", {
      type: "zip",
      sourceFile: source.path,
      outputPath: "pre-sign-up.zip",
    });
    const assumeRole = new DataAwsIamPolicyDocument(this, "assume_role", {
      statement: [
        {
          actions: ["sts:AssumeRole"],
          principals: [{ type: "Service", identifiers: ["lambda.amazonaws.com"] }],
        },
      ],
    });
    const role = new IamRole(this, "role", { name: functionName, assumeRolePolicy: assumeRole.json });
    const logs = new CloudwatchLogGroup(this, "logs", {
      name: `/aws/lambda/${functionName}`,
      retentionInDays: production ? 365 : 1,
    });
    const fn = new LambdaFunction(this, "function", {
      functionName,
      role: role.arn,
      filename: zip.outputPath,
      sourceCodeHash: zip.outputBase64Sha256,
      handler: "pre_sign_up.handler",
      runtime: "python3.12",
      environment: { variables: { LOG_LEVEL: production ? "INFO" : "DEBUG" } },
      dependsOn: [logs],
    });

    const pool = new CognitoUserPool(this, "pool", {
      name: `${PROJECT}-${name}-v2`,
      aliasAttributes: ["email"],
      autoVerifiedAttributes: ["email"],
      usernameConfiguration: { caseSensitive: false },
      accountRecoverySetting: { recoveryMechanism: [{ name: "verified_email", priority: 1 }] },
      adminCreateUserConfig: { allowAdminCreateUserOnly: !production },
      schema: [
        {
          name: "email",
          attributeDataType: "String",
          required: true,
          mutable: true,
          stringAttributeConstraints: { minLength: "0", maxLength: "2048" },
        },
      ],
      lambdaConfig: { preSignUp: fn.arn },
    });
    const grants = new DataAwsIamPolicyDocument(this, "grants", {
      statement: [
        { actions: ["cognito-idp:ListUsers"], resources: [pool.arn] },
        { actions: ["logs:CreateLogStream", "logs:PutLogEvents"], resources: [`${logs.arn}:*`] },
      ],
    });
    new IamRolePolicy(this, "policy", { role: role.name, policy: grants.json });
    new LambdaPermission(this, "invoke", {
      action: "lambda:InvokeFunction",
      functionName: fn.functionName,
      principal: "cognito-idp.amazonaws.com",
      sourceArn: pool.arn,
    });

    const callback = "http://localhost:3000/auth";
    const client = new CognitoUserPoolClient(this, "client", {
      name: `${PROJECT}-${name}`,
      userPoolId: pool.id,
      generateSecret: true,
      preventUserExistenceErrors: "ENABLED",
      explicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
      writeAttributes: ["name", "email", "nickname", "picture"],
      readAttributes: ["email", "email_verified"],
      supportedIdentityProviders: ["COGNITO"],
      allowedOauthFlowsUserPoolClient: true,
      allowedOauthFlows: ["code"],
      allowedOauthScopes: ["email", "openid", "profile"],
      callbackUrls: [callback],
      logoutUrls: ["http://localhost:3000/logout"],
    });
    const domain = new CognitoUserPoolDomain(this, "domain", {
      domain: `${PROJECT}-${name}-v2`,
      userPoolId: pool.id,
    });
    const url = `https://${domain.domain}.auth.${REGION}.amazoncognito.com`;
    new TerraformOutput(this, "CognitoURLV2", { value: url });
    new TerraformOutput(this, "CognitoUspLoginUrlV2", {
      value: `${url}/login?client_id=${client.id}&response_type=code&redirect_uri=${encodeURIComponent(callback)}`,
    });
  }
}

const app = new App();
for (const name of ["dev", "staging", "prod"]) new UsersStack(app, name);
app.synth();
