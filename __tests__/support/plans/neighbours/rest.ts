import { FUNCTION, TABLE } from "../scenario";
import type { Neighbour } from "./neighbour";

/** The table, and the plan as a whole. */
export const REST_NEIGHBOURS: readonly Neighbour[] = [
  {
    title: "a description holds a secret that a local has turned round",
    plan: "weekly-memory",
    edit: (plan) => {
      plan.of(FUNCTION).after.description = "1-rebmun";
      plan.configured(FUNCTION).description = {
        constant_value: "${nonsensitive(strrev(local.x))}",
        references: ["local.x"],
      };
    },
    rule: "secret-shown",
  },
  {
    title: "a description holds a file of the machine",
    plan: "weekly-memory",
    edit: (plan) => {
      plan.of(FUNCTION).after.description = "[default]";
      plan.configured(FUNCTION).description = { constant_value: '${file("/root/.aws/credentials")}' };
    },
    rule: "secret-shown",
  },
  {
    title: "an output holds a file of the machine",
    plan: "output-added",
    edit: (plan) => {
      const o = plan.json.configuration.root_module.outputs.PoolName;
      o.expression = { constant_value: '${file("/root/.aws/credentials")}' };
    },
    rule: "secret-shown",
  },
  {
    title: "the table has one unit of capacity",
    plan: "weekly-tags",
    edit: (plan) => {
      Object.assign(plan.of(TABLE).after, { billing_mode: "PROVISIONED", read_capacity: 1, write_capacity: 1 });
    },
    rule: "table-capacity",
  },
  {
    title: "the table is encrypted with the key that AWS owns",
    plan: "weekly-tags",
    edit: (plan) => {
      plan.of(TABLE).after.server_side_encryption = [];
    },
    rule: "table-encryption",
  },
  {
    title: "the table cannot be restored",
    plan: "weekly-tags",
    edit: (plan) => {
      plan.of(TABLE).after.point_in_time_recovery = [];
    },
    rule: "table-recovery",
  },
  {
    title: "the table is copied to another Region",
    plan: "weekly-tags",
    edit: (plan) => {
      plan.of(TABLE).after.replica = [{ region_name: "us-east-1" }];
    },
    rule: "table-copied",
  },
  {
    title: "a second, empty table is made",
    plan: "weekly-tags",
    edit: (plan) => plan.like(TABLE, "other", { name: "other" }),
    rule: "second-table",
  },
  {
    title: "the function's tags no longer say whose it is",
    plan: "weekly-memory",
    edit: (plan) => {
      plan.of(FUNCTION).after.tags_all = {};
    },
    rule: "problem",
  },
];
