import { at } from "../value";
import {
  COMMON,
  COMPUTED,
  type Found,
  FREE,
  fixed,
  found,
  identity,
  larger,
  must,
  only,
  ownKey,
  type ResourceType,
  rising,
  TAGS,
  when,
} from "./type";

const LOST =
  "Every item in the table is deleted. Without its reservations, sign-ups at the same moment are no longer told apart.";
const THROTTLED = "The table could turn away reads and writes: sign-ups are refused while it does.";
const COPIED = "Copies of the reservations, which are of people's addresses, would be readable elsewhere.";
const ANOTHER =
  "The table would begin with other items than its own: addresses that are taken count as free, or the other way round.";

/** AWS refuses to delete it, after Terraform has changed other things. */
const PROTECTED: Found = {
  rule: "table-protected",
  why: "AWS refuses to delete this table (deletion protection is on), after other things are changed already: deploy deletionProtection: false alone first.",
  allowable: false,
};

export const DYNAMODB_TABLE: ResourceType = {
  type: "aws_dynamodb_table",
  lost: ({ change }) => [
    found("table-lost", LOST),
    ...(at(change.before, "deletion_protection_enabled") === true && change.deposed === undefined ? [PROTECTED] : []),
  ],
  forgotten: found(
    "forgotten",
    "The table stays in the account, but nothing plans, checks or protects it here from now on, and the function may no longer reserve in it.",
  ),
  attributes: {
    ...COMMON,
    ...TAGS,
    name: identity("table-lost", LOST),
    hash_key: identity("table-lost", LOST),
    attribute: identity("table-lost", LOST),
    range_key: fixed("table-lost", LOST),
    deletion_protection_enabled: rising(
      "table-unprotected",
      "AWS would no longer refuse to delete the table.",
      [false, true],
      false,
    ),
    "point_in_time_recovery.enabled": must(
      only("table-recovery", "Reservations that are deleted or overwritten could no longer be restored.", true),
    ),
    "point_in_time_recovery.recovery_period_in_days": larger(
      "table-recovery",
      "Reservations could be restored for fewer days.",
      0,
      (value) => Number(value === null || value === undefined || value === 0 ? 35 : value),
    ),
    "server_side_encryption.enabled": must(
      only("table-encryption", "The reservations would no longer be encrypted with a key of this account.", true),
    ),
    // Where nothing is said, the provider answers with the key that AWS manages.
    "server_side_encryption.kms_key_arn": ownKey(
      when(
        "safer",
        "table-encryption",
        "The reservations would be encrypted with another key: the function may not be able to read them.",
        (from, _, { isNew }) => isNew || typeof from !== "string" || from.endsWith(":alias/aws/dynamodb"),
      ),
      "The reservations would be encrypted",
    ),
    "ttl.enabled": only(
      "table-ttl",
      "DynamoDB would delete reservations by itself: identifiers that are taken become free.",
      false,
    ),
    "ttl.attribute_name": fixed(
      "table-ttl",
      "DynamoDB would delete reservations by itself: identifiers that are taken become free.",
    ),
    billing_mode: only("table-capacity", THROTTLED, "PAY_PER_REQUEST"),
    read_capacity: only("table-capacity", THROTTLED, 0),
    write_capacity: only("table-capacity", THROTTLED, 0),
    on_demand_throughput: fixed("table-capacity", THROTTLED),
    stream_enabled: only("table-copied", COPIED, false),
    stream_view_type: fixed("table-copied", COPIED),
    replica: fixed("table-copied", COPIED),
    global_secondary_index: fixed("table-copied", COPIED),
    local_secondary_index: fixed("table-copied", COPIED),
    import_table: fixed("table-another", ANOTHER),
    restore_date_time: fixed("table-another", ANOTHER),
    restore_source_name: fixed("table-another", ANOTHER),
    restore_source_table_arn: fixed("table-another", ANOTHER),
    restore_to_latest_time: fixed("table-another", ANOTHER),
    table_class: FREE,
    arn: COMPUTED,
    stream_arn: COMPUTED,
    stream_label: COMPUTED,
  },
};
