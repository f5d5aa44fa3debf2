import { isDeepStrictEqual } from "node:util";
import type { UserPoolType } from "@aws-sdk/client-cognito-identity-provider";
import type { Environment } from "../../settings/project";
import { checks, type Protection } from "../protect/checks";
import type { Facts } from "./facts";
import { broken, held, heldIf, type Result } from "./result";
import type { Stack } from "./stack-state";

export interface Deployed {
  readonly pool: UserPoolType;
  readonly stack: Stack;
  readonly facts: Facts;
  readonly environment: Environment;
  /** How the accounts compare with the table, where that is looked at. */
  readonly comparison: Protection["comparison"];
}

/** Holds what AWS says is deployed against the settings and the stack's state. */
export function deployedResults(deployed: Deployed): Result[] {
  return [
    ...poolResults(deployed),
    functionResult(deployed),
    policiesResult(deployed),
    tableResult(deployed),
    alarmsResult(deployed),
    logResult(deployed),
  ].flatMap((result) => result ?? []);
}

function poolResults({ pool, stack, facts, environment, comparison }: Deployed): Result[] {
  const variables = facts.function?.Environment?.Variables ?? {};
  const { statements } = facts;
  const functionArn = stack.function.arn;
  const { name } = environment;
  const reservationsTable = stack.tableName;
  const all = checks({ name, pool, statements, variables, functionArn, environment, reservationsTable, comparison });
  // What is said of other functions is for the owner of a pool that is managed elsewhere.
  const others = environment.existingPool ? all.others : all.others.slice(0, -1);
  return [
    heldIf(all.trigger.isFine, "the pool calls the function before a sign-up", all.trigger.text),
    ...others.map(({ isFine, text }) => heldIf(isFine, "pool and function fit together", text)),
    ...(environment.existingPool
      ? []
      : [
          heldIf(
            (pool.DeletionProtection === "ACTIVE") === environment.deletionProtection,
            "the pool's deletion protection is as set",
            `Cognito says ${pool.DeletionProtection}, deletionProtection is ${environment.deletionProtection}.`,
          ),
        ]),
  ];
}

function functionResult({ stack, facts }: Deployed): Result {
  const promise = "the function is the one that was deployed";
  const found = facts.function;
  if (!found) return broken(promise, `There is no function ${stack.function.arn}.`);
  if (found.CodeSha256 !== stack.function.codeSha256) {
    return broken(
      promise,
      `Its code has SHA-256 ${found.CodeSha256}, the stack deployed ${stack.function.codeSha256}.`,
    );
  }
  const names = differing(found.Environment?.Variables ?? {}, stack.function.variables);
  return names.length > 0
    ? broken(promise, `Variables that differ from the stack: ${names.join(", ")}.`)
    : held(promise, `Its code has SHA-256 ${found.CodeSha256}; its variables are the stack's.`);
}

function policiesResult({ stack, facts }: Deployed): Result {
  const names = differing(Object.fromEntries(facts.policies), Object.fromEntries(stack.policies));
  const wrong = [...names, ...facts.attached];
  return heldIf(
    wrong.length === 0,
    "the function may do what the stack says, and nothing else",
    wrong.length === 0
      ? `Policies of its role: ${[...facts.policies.keys()].sort().join(", ")}.`
      : `Policies of its role that differ from the stack, are missing, or were added: ${wrong.join(", ")}.`,
  );
}

function tableResult({ stack, facts, environment }: Deployed): Result | undefined {
  if (environment.uniqueness !== "reserved") return undefined;
  const promise = "the table of reservations is there, as set";
  if (!facts.table) return broken(promise, `There is no table ${stack.tableName}.`);
  const { KeySchema = [], TableStatus, DeletionProtectionEnabled = false } = facts.table;
  const key = KeySchema.map(({ AttributeName, KeyType }) => `${AttributeName} ${KeyType}`).join(", ");
  const isFine =
    key === "pk HASH" && TableStatus === "ACTIVE" && DeletionProtectionEnabled === environment.deletionProtection;
  return heldIf(
    isFine,
    promise,
    `${stack.tableName}: key ${key}, ${TableStatus}, deletion protection ${DeletionProtectionEnabled}; deletionProtection is ${environment.deletionProtection}.`,
  );
}

function alarmsResult({ stack, facts, environment }: Deployed): Result | undefined {
  const topic = environment.alarmTopicArn;
  if (topic === undefined) return undefined;
  const notify = facts.alarms.filter(({ AlarmActions = [] }) => AlarmActions.includes(topic));
  const there = notify.map(({ AlarmName = "" }) => AlarmName);
  const missing = stack.alarms.filter((name) => !there.includes(name));
  return heldIf(
    stack.alarms.length > 0 && missing.length === 0,
    "the function's alarms notify alarmTopicArn",
    missing.length === 0 ? `${there.length} alarms.` : `Not there, or for another topic: ${missing.join(", ")}.`,
  );
}

function logResult({ stack, facts, environment }: Deployed): Result {
  const days = facts.logGroup?.retentionInDays;
  return heldIf(
    days === environment.logRetentionDays,
    "the function's log is kept as long as set",
    facts.logGroup
      ? `${stack.function.logGroup}: ${days ?? "no limit of"} days; logRetentionDays is ${environment.logRetentionDays}.`
      : `There is no log group ${stack.function.logGroup}.`,
  );
}

/** Names whose values differ. */
function differing(found: Readonly<Record<string, unknown>>, expected: Readonly<Record<string, unknown>>): string[] {
  const names = new Set([...Object.keys(found), ...Object.keys(expected)]);
  return [...names].filter((name) => !isDeepStrictEqual(found[name], expected[name])).sort();
}
