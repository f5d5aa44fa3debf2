/** A Pre-SignUp event as Cognito sends it. */
export function signUpEvent(userName: string, email: string) {
  return {
    version: "1",
    triggerSource: "PreSignUp_SignUp" as string,
    region: "eu-west-1",
    userPoolId: "eu-west-1_AbCdEfGhI",
    userName,
    callerContext: { awsSdkVersion: "aws-sdk-js-3", clientId: "1example23456789" },
    request: { userAttributes: { email } as Record<string, string>, validationData: null, clientMetadata: {} },
    response: { autoConfirmUser: false, autoVerifyEmail: false, autoVerifyPhone: false },
  };
}
