import { DataAwsCallerIdentity } from "@cdktf/provider-aws/lib/data-aws-caller-identity";
import { DataAwsPartition } from "@cdktf/provider-aws/lib/data-aws-partition";
import { DynamodbTable } from "@cdktf/provider-aws/lib/dynamodb-table";
import { TerraformElement, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { BundledFunction } from "../bundled-function/bundled-function";
import type { CustomerKey } from "../customer-key/customer-key";
import { type Grant, type Grantee, grantTo } from "../policy-document/policy-document";
import { refuse } from "../setting/props";

/** Where identifiers are reserved; "directory": nowhere, the function only looks whether an account has them. Sign-ups at one moment can then all pass. */
export type ReservationsOrNone = Reservations | "directory";

/** The table, if there is one. Throws an Error where a construct was not told: without a table a race is lost, which has to be meant. */
export function reservationsOf(scope: Construct, reservations: ReservationsOrNone): Reservations | undefined {
  if (reservations === "directory") return undefined;
  if (reservations instanceof Reservations) return reservations;
  const allowed = 'a Reservations construct, or "directory", which only looks for accounts and can lose a race';
  refuse(scope, [{ path: ["reservations"], value: reservations, allowed }]);
  return undefined;
}

export interface ReservationsProps {
  /** Unique per account and Region, at most 255 characters. */
  readonly tableName: string;
  /** Region of the stack's provider. */
  readonly region: string;
  /** Whether AWS refuses to delete the table. @default true */
  readonly deletionProtection?: boolean | undefined;
  /** Customer managed key for the table. @default the key that AWS manages for DynamoDB in this account */
  readonly kmsKey?: CustomerKey | undefined;
}

/**
 * The table in which sign-ups reserve their username and e-mail address; paid by use, restorable to any second. The escape hatch to the table
 * itself is `node.defaultChild`.
 */
export class Reservations extends Construct {
  readonly tableName: string;
  private readonly grants: readonly Grant[];

  constructor(scope: Construct, id: string, props: ReservationsProps) {
    super(scope, id);
    const { tableName, region, deletionProtection = true, kmsKey } = props;
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

  /**
   * Lets a function, or a role, make reservations and take them back: conditional writes in a transaction, and the use of the table's key. A
   * function has the grant from its first call on.
   */
  grantReserve(grantee: Grantee): void {
    const id = "use_reservations";
    if (grantee instanceof BundledFunction) grantee.grantFrom(this, id, ...this.grants);
    else grantTo(this, grantee, id, ...this.grants);
  }
}

/**
 * Stands where {@link Reservations} stood: the plan forgets the table and leaves it as it is. A construct of the same scope and id, for a table that
 * users' accounts depend on and that is given up.
 */
export class ForgottenReservations extends TerraformElement {
  override toTerraform() {
    const table = TerraformStack.of(this).getLogicalId(this);
    return { removed: [{ from: `aws_dynamodb_table.${table}`, lifecycle: { destroy: false } }] };
  }
}
