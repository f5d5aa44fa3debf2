import type { Block } from "../../stack";
import { CLIENT, FUNCTION, TABLE } from "../scenario";
import type { Neighbour } from "./neighbour";

/** The table, and the plan as a whole. */
export const REST_NEIGHBOURS: readonly Neighbour[] = [
  {
    title: "an attribute is set that is not described",
    plan: "weekly-tags",
    edit: (plan) => {
      plan.of(TABLE).after.of_a_later_provider = [{ is_public: true }];
    },
    rule: "not-described",
  },
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
  {
    title: "a description holds a secret that Terraform still marks",
    plan: "weekly-memory",
    edit: (plan) => {
      const secret = "aws_cognito_user_pool_client.user_pool_client.client_secret";
      const change = plan.of(FUNCTION);
      change.after.description = "hidden from the plan, shown by AWS";
      change.after_sensitive = { ...change.after_sensitive, description: true };
      plan.configured(FUNCTION).description = { constant_value: `\${${secret}}`, references: [secret, CLIENT] };
    },
    rule: "secret-shown",
  },
  {
    title: "a new client is made in another pool",
    plan: "new-client-public",
    edit: (plan) => {
      const { address } = (plan.json.resource_changes as Block[]).find(
        ({ change }) => change.actions[0] === "create",
      ) as Block;
      plan.set(address, { user_pool_id: "eu-west-1_Another01" });
    },
    rule: "client-lost",
  },
  {
    title: "a first bucket's policy refuses TLS instead of asking for it",
    plan: "first-bucket",
    stack: "state",
    edit: (plan) => {
      const address = "aws_s3_bucket_policy.state_bucket_policy";
      const turned = (text: string) => text.replaceAll('"false"', '"true"').replaceAll('\\"false\\"', '\\"true\\"');
      const configured = plan.configured(address);
      configured.policy = JSON.parse(turned(JSON.stringify(configured.policy)));
      if (typeof plan.of(address).after.policy === "string") {
        plan.of(address).after.policy = turned(plan.of(address).after.policy);
      }
    },
    rule: "bucket-policy",
  },
  {
    title: "credentials of another account come with one local endpoint",
    plan: "weekly-memory",
    edit: (plan) => {
      Object.assign(plan.json.configuration.provider_config.aws.expressions, {
        endpoints: [{ account: { constant_value: "http://localhost:1" } }],
        access_key: { constant_value: "AKIAEXAMPLE" },
        secret_key: { constant_value: "x" },
      });
    },
    rule: "provider",
  },
  {
    title: "a function is imported that was never reviewed",
    plan: "weekly-memory",
    edit: (plan) => {
      const change = plan.of(FUNCTION);
      change.after.layers = ["arn:aws:lambda:eu-west-1:666666666666:layer:x:1"];
      Object.assign(change, { actions: ["no-op"], before: structuredClone(change.after), importing: { id: "evil" } });
    },
    rule: "function-layer",
  },
];
