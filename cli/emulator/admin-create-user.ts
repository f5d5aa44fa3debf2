/** What AdminCreateUser takes, as far as it is looked at. */
export interface NewAccount {
  readonly Username: string;
  readonly UserAttributes?: ReadonlyArray<{ readonly Name: string; readonly Value: string }>;
  readonly MessageAction?: string;
}

/** The event with which Cognito asks the function about an account that an administrator creates: "Pre sign-up Lambda trigger", Cognito developer guide. */
export function adminCreateUserEvent(
  { region, userPoolId }: { readonly region: string; readonly userPoolId: string },
  { Username, UserAttributes = [] }: NewAccount,
) {
  return {
    version: "1",
    triggerSource: "PreSignUp_AdminCreateUser",
    region,
    userPoolId,
    userName: Username,
    callerContext: { awsSdkVersion: "aws-sdk-unknown-unknown", clientId: "CLIENT_ID_NOT_APPLICABLE" },
    request: {
      userAttributes: Object.fromEntries(UserAttributes.map(({ Name, Value }) => [Name, Value])),
      validationData: null,
    },
    response: { autoConfirmUser: false, autoVerifyEmail: false, autoVerifyPhone: false },
  };
}

/** What Cognito answers where the function refuses an account. */
export function refusedByPreSignUp(reason: string) {
  return { __type: "UserLambdaValidationException", message: `PreSignUp failed with error ${reason}.` };
}
