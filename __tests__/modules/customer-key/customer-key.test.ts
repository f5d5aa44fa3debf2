import { CustomerKey } from "../../../modules/customer-key/customer-key";
import type { Grant } from "../../../modules/policy-document/policy-document";
import { stackOf } from "../../support/stack";

const arn = "arn:aws-cn:kms:cn-north-1:111122223333:key/1";

function granted(grant: (key: CustomerKey) => Grant): Grant {
  let found: Grant | undefined;
  stackOf((stack) => {
    found = grant(new CustomerKey(stack, "key", { arn, region: "cn-north-1" }));
  });
  if (!found) throw new Error("nothing was granted");
  return found;
}

it("may be used by a function for its environment variables, through Lambda alone", () => {
  expect(granted((key) => key.grantDecrypt("lambda"))).toMatchObject({
    actions: ["kms:Decrypt"],
    resources: [arn],
    onlyWhere: { "kms:ViaService": expect.stringMatching(/^lambda\.cn-north-1\./) },
  });
});

it("may be used for a table, through DynamoDB alone, and not be managed", () => {
  const { actions, onlyWhere } = granted((key) => key.grantEncryptDecrypt("dynamodb"));
  expect(onlyWhere?.["kms:ViaService"]).toMatch(/^dynamodb\.cn-north-1\./);
  expect(actions).toContain("kms:GenerateDataKey*");
  expect(actions).not.toContain("kms:*");
  expect(actions).not.toContain("kms:CreateGrant");
});
