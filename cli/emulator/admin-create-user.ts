/** What AdminCreateUser takes, as far as it is looked at. */
export interface NewAccount {
  readonly Username: string;
  readonly UserAttributes?: ReadonlyArray<{ readonly Name: string; readonly Value: string }>;
  readonly MessageAction?: string;
  readonly DesiredDeliveryMediums?: readonly string[];
}

/** What an invitation is sent to. */
const SENT_TO: Readonly<Record<string, string>> = { SMS: "phone_number", EMAIL: "email" };

/**
 * An account as it is made: with "DesiredDeliveryMediums" of AdminCreateUser, Cognito API reference. Where they have nothing to send to, it is made without
 * an invitation, and `problem` says so.
 */
export function withInvitation(account: NewAccount): { readonly account: NewAccount; readonly problem?: string } {
  const { Username, UserAttributes = [], MessageAction, DesiredDeliveryMediums: mediums = ["SMS"] } = account;
  const withMediums = { ...account, DesiredDeliveryMediums: mediums };
  const needed = mediums.flatMap((medium) => SENT_TO[medium] ?? []);
  const isSent = UserAttributes.some(({ Name, Value }) => Value !== "" && needed.includes(Name));
  if (MessageAction !== undefined || isSent) return { account: withMediums };
  return {
    account: { ...withMediums, MessageAction: "SUPPRESS" },
    problem: `Cognito would not have sent an invitation to ${Username}: DesiredDeliveryMediums is ${mediums.join(", ")}, and there is no ${needed.join(" or ")}. Give the attribute, or DesiredDeliveryMediums: ["EMAIL"] for an e-mail.`,
  };
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
