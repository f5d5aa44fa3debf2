import type { Block } from "../../stack";
import type { Edited } from "../edited";
import { planJson } from "../fixture";
import { BUCKET, CLIENT, POOL, TABLE } from "../scenario";
import type { Neighbour } from "./neighbour";

const ROLE = "aws_iam_role.pre_sign_up_role";
const OWN_POLICY = JSON.stringify({ Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] });

/** Takes over what another plan changes, as it would be after that plan, and with these fields. */
export function takeOver(plan: Edited, of: string, address: string, name: string, fields: Block): void {
  const other = planJson(of);
  const change = structuredClone(other.resource_changes.find((one: Block) => one.address === address)) as Block;
  const resources = plan.json.configuration.root_module.resources as Block[];
  const configured = other.configuration.root_module.resources.find((one: Block) => one.address === address);
  const to = `${change.type}.${name}`;
  Object.assign(change, { address: to, name });
  Object.assign(change.change.after, fields);
  Object.assign(change.change, {
    actions: ["no-op"],
    before: structuredClone(change.change.after),
    after_unknown: {},
    importing: { id: "taken-over" },
  });
  plan.json.resource_changes.push(change);
  plan.json.configuration.root_module.resources = [
    ...resources.filter((one) => one.address !== to),
    { ...structuredClone(configured), address: to },
  ];
}

const elsewhere = {
  callback_urls: ["https://evil.example/auth"],
  logout_urls: ["https://evil.example/"],
  default_redirect_uri: "https://evil.example/auth",
};

/** What is imported, and is not what the state has lost. */
export const TAKEN_OVER: readonly Neighbour[] = [
  {
    title: "a client that sends users elsewhere is imported",
    plan: "weekly-memory",
    edit: (plan) => takeOver(plan, "client-renamed", CLIENT, "mobile", elsewhere),
    rule: "client-callback",
  },
  {
    title: "a client is imported that has no secret",
    plan: "weekly-memory",
    edit: (plan) => takeOver(plan, "client-renamed", CLIENT, "mobile", { generate_secret: null, client_secret: "" }),
    rule: "client-without-secret",
  },
  {
    title: "a client of another pool is imported",
    plan: "pool-mfa-on",
    edit: (plan) => takeOver(plan, "client-renamed", CLIENT, "mobile", { user_pool_id: "eu-west-1_Another01" }),
    rule: "client-lost",
  },
  {
    title: "the client gains the host of a client that is imported with it",
    plan: "client-renamed",
    edit: (plan) => {
      takeOver(plan, "client-renamed", CLIENT, "mobile", elsewhere);
      plan.json.resource_changes.pop();
      const imported = structuredClone(plan.json.resource_changes[0]);
      Object.assign(imported, { address: `${CLIENT}2` });
      Object.assign(imported.change.after, elsewhere);
      Object.assign(imported.change, { actions: ["no-op"], before: structuredClone(imported.change.after) });
      imported.change.importing = { id: "x" };
      plan.json.resource_changes.push(imported);
      plan.of(CLIENT).after.logout_urls.push("https://evil.example/");
    },
    rule: "client-callback",
  },
  {
    title: "a role with administrator's rights is imported",
    plan: "everything-imported",
    edit: (plan) => {
      plan.of(ROLE).after.managed_policy_arns = ["arn:aws:iam::aws:policy/AdministratorAccess"];
    },
    rule: "role-rights",
  },
  {
    title: "a role is imported on which another policy is hung than the plan's",
    plan: "everything-imported",
    edit: (plan) => {
      plan.of(ROLE).after.inline_policy.push({ name: "all", policy: OWN_POLICY });
    },
    rule: "role-rights",
  },
  {
    title: "another environment's table is imported",
    plan: "weekly-memory",
    edit: (plan) =>
      takeOver(plan, "weekly-tags", TABLE, "other", {
        name: "acme-full-reservations",
        tags_all: { environment: "full", project: "acme" },
      }),
    rule: "problem",
  },
  {
    title: "a table is imported that has no tags of a project",
    plan: "everything-imported",
    edit: (plan) => {
      for (const side of [plan.of(TABLE).before, plan.of(TABLE).after]) side.tags_all = {};
    },
    rule: "problem",
  },
  {
    title: "another project's table is imported",
    plan: "everything-imported",
    edit: (plan) => {
      for (const side of [plan.of(TABLE).before, plan.of(TABLE).after]) side.tags_all.project = "other";
    },
    rule: "problem",
  },
  {
    title: "a second table is imported",
    plan: "weekly-memory",
    edit: (plan) => takeOver(plan, "weekly-tags", TABLE, "other", { name: "other" }),
    rule: "second-table",
  },
  {
    title: "a second pool is imported",
    plan: "weekly-memory",
    edit: (plan) => takeOver(plan, "pool-mfa-on", POOL, "other", { name: "other" }),
    rule: "second-pool",
  },
  {
    title: "a function is imported that asks another server",
    plan: "everything-imported",
    edit: (plan) => {
      const { before, after } = plan.of("aws_lambda_function.pre_sign_up");
      for (const side of [before, after]) side.environment[0].variables.AWS_ENDPOINT_URL = "https://evil.example";
    },
    rule: "function-variables",
  },
  {
    title: "a bucket is imported that is copied to another one",
    plan: "first-bucket",
    stack: "state",
    edit: (plan) => {
      const change = plan.of(BUCKET);
      change.after.replication_configuration = [
        { rules: [{ status: "Enabled", destination: [{ bucket: "arn:aws:s3:::evil" }] }] },
      ];
      Object.assign(change, {
        actions: ["no-op"],
        before: structuredClone(change.after),
        after_unknown: {},
        importing: { id: "acme-terraform-state" },
      });
    },
    rule: "bucket-older",
  },
];
