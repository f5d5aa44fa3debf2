import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { grantDocument } from "../../../modules/policy-document/policy-document";
import { Reservations, type ReservationsProps } from "../../../modules/reservations/reservations";
import { only, stackOf, statementsOf } from "../../support/stack";

function table(changed: Partial<ReservationsProps> = {}) {
  const props = { tableName: "acme-dev-reservations", region: "eu-west-1", deletionProtection: false, ...changed };
  return only(stackOf((stack) => new Reservations(stack, "reservations", props)).resource, "aws_dynamodb_table");
}

it("is paid by use, has one key, and can be restored to any second", () => {
  expect(table()).toMatchObject({
    name: "acme-dev-reservations",
    billing_mode: "PAY_PER_REQUEST",
    hash_key: "pk",
    attribute: [{ name: "pk", type: "S" }],
    point_in_time_recovery: { enabled: true },
  });
});

it("is encrypted, with the key that is named if one is", () => {
  expect(table().server_side_encryption).toEqual({ enabled: true });
  const kmsKeyArn = "arn:aws:kms:eu-west-1:111122223333:key/1";
  expect(table({ kmsKeyArn }).server_side_encryption).toEqual({ enabled: true, kms_key_arn: kmsKeyArn });
});

it("is protected against deletion where that is asked for", () => {
  expect(table({ deletionProtection: true }).deletion_protection_enabled).toBe(true);
  expect(table().deletion_protection_enabled).toBe(false);
});

it("grants what reserving needs, on this table alone, and without depending on it", () => {
  const { resource } = stackOf((stack) => {
    const props = { tableName: "t", region: "eu-west-1", deletionProtection: false };
    const { grant } = new Reservations(stack, "reservations", props);
    new IamRolePolicy(stack, "policy", { role: "r", policy: grantDocument(grant) });
  });
  expect(statementsOf(only(resource, "aws_iam_role_policy"))).toEqual([
    {
      Effect: "Allow",
      Action: ["dynamodb:PutItem", "dynamodb:DeleteItem"],
      Resource:
        "arn:${data.aws_partition.reservations_partition.partition}:dynamodb:eu-west-1:${data.aws_caller_identity.reservations_account.account_id}:table/t",
    },
  ]);
});
