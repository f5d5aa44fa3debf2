import { cognitoRequest } from "../../../cli/emulator/terraform-json";

it("makes a Cognito request of a Terraform block, at every depth, without cdktf's notes", () => {
  expect(
    cognitoRequest({
      "//": { metadata: {} },
      callback_urls: ["a"],
      allowed_oauth_flows_user_pool_client: true,
      account_recovery_setting: { recovery_mechanism: [{ name: "verified_email", priority: 1 }] },
    }),
  ).toEqual({
    CallbackURLs: ["a"],
    AllowedOAuthFlowsUserPoolClient: true,
    AccountRecoverySetting: { RecoveryMechanisms: [{ Name: "verified_email", Priority: 1 }] },
  });
});
