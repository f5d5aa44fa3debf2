import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { CustomerKey } from "../../../modules/customer-key/customer-key";
import {
  ForgottenReservations,
  Reservations,
  type ReservationsProps,
} from "../../../modules/reservations/reservations";
import { only, stackOf, statementsOf } from "../../support/stack";

const KEY = "arn:aws:kms:eu-west-1:111122223333:key/1";
const props: ReservationsProps = { tableName: "acme-dev-reservations", region: "eu-west-1", deletionProtection: false };

function table(changed: Partial<ReservationsProps> = {}) {
  return only(
    stackOf((stack) => new Reservations(stack, "reservations", { ...props, ...changed })).resource,
    "aws_dynamodb_table",
  );
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
  const { resource } = stackOf((stack) => {
    const kmsKey = new CustomerKey(stack, "key", { arn: KEY, region: "eu-west-1" });
    const reservations = new Reservations(stack, "reservations", { ...props, kmsKey });
    reservations.grantReserve(new IamRole(stack, "role", { assumeRolePolicy: "{}" }));
  });
  expect(only(resource, "aws_dynamodb_table").server_side_encryption).toEqual({ enabled: true, kms_key_arn: KEY });
  const [, useKey] = statementsOf(only(resource, "aws_iam_role_policy"));
  expect(useKey).toEqual({
    Effect: "Allow",
    Action: ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*"],
    Resource: KEY,
    Condition: {
      StringEquals: { "kms:ViaService": "dynamodb.eu-west-1.${data.aws_partition.key_partition.dns_suffix}" },
    },
  });
});

it("is protected against deletion where that is asked for", () => {
  expect(table({ deletionProtection: true }).deletion_protection_enabled).toBe(true);
  expect(table().deletion_protection_enabled).toBe(false);
});

it("grants what reserving needs, on this table alone, and without depending on it", () => {
  const { resource } = stackOf((stack) => {
    const reservations = new Reservations(stack, "reservations", { ...props, tableName: "t" });
    reservations.grantReserve(new IamRole(stack, "role", { assumeRolePolicy: "{}" }));
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

it("a table that is given up is forgotten under the address that it had, and stays", () => {
  const address = Object.keys(
    stackOf((stack) => new Reservations(stack, "r", props)).resource.aws_dynamodb_table ?? {},
  );
  const { text } = stackOf((stack) => {
    new ForgottenReservations(stack, "r");
    new ForgottenReservations(stack, "other");
  });
  expect(JSON.parse(text).removed).toEqual([
    { from: `aws_dynamodb_table.${address}`, lifecycle: { destroy: false } },
    { from: "aws_dynamodb_table.other", lifecycle: { destroy: false } },
  ]);
});
