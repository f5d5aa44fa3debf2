import { DataAwsCallerIdentity } from "@cdktf/provider-aws/lib/data-aws-caller-identity";
import { DataAwsPartition } from "@cdktf/provider-aws/lib/data-aws-partition";
import { DynamodbTable } from "@cdktf/provider-aws/lib/dynamodb-table";
import { Construct } from "constructs";
import type { CustomerKey } from "../customer-key/customer-key";
import type { Grant } from "../policy-document/policy-document";

export interface ReservationsProps {
  /** Unique per account and Region, at most 255 characters. */
  readonly tableName: string;
  /** Region of the stack's provider. */
  readonly region: string;
  /** Whether AWS refuses to delete the table. */
  readonly deletionProtection: boolean;
  /** Customer managed key for the table. @default the key that AWS manages for DynamoDB in this account */
  readonly kmsKey?: CustomerKey | undefined;
}

/** The table in which sign-ups reserve their username and e-mail address; paid by use, restorable to any second. */
export class Reservations extends Construct {
  readonly tableName: string;
  /** What a function needs that reserves: conditional puts in a transaction, taking them back, and the table's key. */
  readonly grants: readonly Grant[];

  constructor(scope: Construct, id: string, props: ReservationsProps) {
    super(scope, id);
    const { tableName, region, deletionProtection, kmsKey } = props;
    const table = new DynamodbTable(this, "Default", {
      name: tableName,
      billingMode: "PAY_PER_REQUEST",
      hashKey: "pk",
      attribute: [{ name: "pk", type: "S" }],
      deletionProtectionEnabled: deletionProtection,
      pointInTimeRecovery: { enabled: true },
      serverSideEncryption: { enabled: true, ...(kmsKey && { kmsKeyArn: kmsKey.arn }) },
      // Given up, it goes after the function has stopped using it, not before.
      lifecycle: { createBeforeDestroy: true },
    });
    this.tableName = table.name;
    // The ARN is put together, because a grant that depended on the table could not be planned away together with a table
    // that is forgotten: the grant goes before the table and after the function, the table before the function.
    const { partition } = new DataAwsPartition(this, "partition");
    const { accountId } = new DataAwsCallerIdentity(this, "account");
    this.grants = [
      {
        actions: ["dynamodb:PutItem", "dynamodb:DeleteItem"],
        resources: [`arn:${partition}:dynamodb:${region}:${accountId}:table/${tableName}`],
      },
      ...(kmsKey ? [kmsKey.grantEncryptDecrypt("dynamodb")] : []),
    ];
  }
}
