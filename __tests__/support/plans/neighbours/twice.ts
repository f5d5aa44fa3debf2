import type { Block } from "../../stack";
import type { Edited } from "../edited";
import { ENCRYPTION, LIFECYCLE } from "../scenario";
import type { Neighbour } from "./neighbour";

const FIRST = "first-deployment-of-everything";
const TRACES = "aws_iam_role_policy.pre_sign_up_write_traces";
const ALARM = "aws_cloudwatch_metric_alarm.alarms_errors";
const DASHBOARD = "aws_cloudwatch_dashboard.dashboard";

/** A resource of the state that is there under another address, and goes. */
function goes(plan: Edited, address: string): void {
  const changes = plan.json.resource_changes as Block[];
  const old = structuredClone(changes.find((one) => one.address === address)) as Block;
  const { after } = old.change;
  Object.assign(old.change, { actions: ["delete"], before: structuredClone(after), after: null, after_unknown: {} });
  changes.push({ ...old, address: `${address}_old` });
}

/** Two resources of the plan that are one thing in AWS. */
export const TWICE: readonly Neighbour[] = [
  {
    title: "a policy takes the name of another one of the role",
    plan: FIRST,
    stack: "fresh",
    edit: (plan) => plan.set(TRACES, { name: "list-users" }),
    rule: "twice",
  },
  {
    title: "a policy of a role that is there takes the name of another one",
    plan: "key-for-logs-and-functions",
    edit: (plan) => {
      const known = plan.json.prior_state.values.root_module.resources as Block[];
      const traces = known.find((one) => one.address === TRACES) as Block;
      traces.values.name = "write-traces";
      plan.set("aws_iam_role_policy.pre_sign_up_read_environment", { name: "write-traces" });
    },
    rule: "twice",
  },
  {
    title: "a policy is renamed where it is",
    plan: "key-for-logs-and-functions",
    edit: (plan) => plan.set("aws_iam_role_policy.pre_sign_up_use_reservations", { name: "another" }),
    rule: "role-rights",
  },
  {
    title: "a second alarm has the name of the first one",
    plan: FIRST,
    stack: "fresh",
    edit: (plan) => plan.like(ALARM, "extra", { threshold: 0 }),
    rule: "twice",
  },
  {
    title: "a second dashboard has the name of the first one",
    plan: FIRST,
    stack: "fresh",
    edit: (plan) => plan.like(DASHBOARD, "extra"),
    rule: "twice",
  },
  {
    title: "a bucket has two settings for its encryption",
    plan: "first-bucket",
    stack: "state",
    edit: (plan) => plan.like(ENCRYPTION, "extra"),
    rule: "twice",
  },
  {
    title: "a bucket's lifecycle is made anew under another address",
    plan: "bucket-lifecycle",
    stack: "state",
    edit: (plan) => goes(plan, LIFECYCLE),
    rule: "twice",
  },
];
