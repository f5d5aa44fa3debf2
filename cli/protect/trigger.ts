import type { UserPoolType } from "@aws-sdk/client-cognito-identity-provider";

/** What the owner of a pool adds, in whatever the pool is managed with. */
export function howToAdd(pool: UserPoolType, functionArn: string): string {
  const lambdaConfig = JSON.stringify({ ...pool.LambdaConfig, PreSignUp: functionArn });
  return `Add the function where the pool is managed. Leave its other triggers as they are.

Terraform, in the resource aws_cognito_user_pool:

  lambda_config {
    pre_sign_up = "${functionArn}"
  }

CloudFormation, in the properties of the AWS::Cognito::UserPool:

  LambdaConfig:
    PreSignUp: ${functionArn}

The console, for a pool that is managed there: open the pool, Authentication, Extensions, "Add Lambda trigger", Sign-up, Pre sign-up trigger.

The AWS CLI is the last choice: \`aws cognito-idp update-user-pool\` RESETS every setting that the call leaves out, such as MFA, messages and the
password policy. Only a call that repeats all that \`aws cognito-idp describe-user-pool --user-pool-id ${pool.Id}\` shows is safe. The part for this:

  --lambda-config '${lambdaConfig}'

Then run this command again.`;
}
