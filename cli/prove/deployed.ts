import type { MetricAlarm } from "@aws-sdk/client-cloudwatch";
import type { UserPoolType } from "@aws-sdk/client-cognito-identity-provider";
import type { Difference } from "../../review/differences";
import { driftedResources } from "../../review/drift";
import { child, isList, type Json } from "../../review/json";
import { UNKNOWN } from "../../review/marked";
import { isChanging, type ResourceChange } from "../../review/plan";
import { type ReportedResource, reported } from "../../review/resource";
import type { Environment } from "../../settings/project";
import { checks, type Protection, type Statement } from "../protect/checks";
import { alarmDifferences } from "./alarms";
import { heldIf, type Result } from "./result";
import type { Stack } from "./stack";

export interface Deployed {
  readonly pool: UserPoolType;
  readonly stack: Stack;
  readonly environment: Environment;
  /** Of the function's policy. */
  readonly statements: ReadonlyArray<Statement & { readonly Sid?: string }>;
  readonly alarms: readonly MetricAlarm[];
  /** How the accounts compare with the table, where that is looked at. */
  readonly comparison: Protection["comparison"];
}

/** What each kind of resource stands for. */
const PARTS: ReadonlyArray<{
  readonly promise: string;
  readonly types: readonly string[];
  /** What is wrong although the state says the same: a deployment writes into the state what it found. */
  readonly wrong?: (stack: Stack) => string[];
}> = [
  { promise: "the function is the one that was deployed", types: ["aws_lambda_function"], wrong: otherCode },
  {
    promise: "the function may do what the stack says, and nothing else",
    types: ["aws_iam_role", "aws_iam_role_policy", "aws_iam_role_policy_attachment"],
    wrong: otherPolicies,
  },
  { promise: "the table of reservations is as deployed", types: ["aws_dynamodb_table"], wrong: expiringItems },
  { promise: "the function's log is kept as deployed", types: ["aws_cloudwatch_log_group"] },
  { promise: "the pool is as deployed", types: ["aws_cognito_user_pool"] },
];
const PERMISSION = "aws_lambda_permission";
const ALARM = "aws_cloudwatch_metric_alarm";

/** Holds what AWS says is deployed against the stack's state and the settings. */
export function deployedResults(deployed: Deployed): Result[] {
  const { stack } = deployed;
  const drift = driftedResources(stack.plan, stack.recorded);
  const known = PARTS.flatMap(({ types }) => types);
  const parts = PARTS.map(({ promise, types, wrong }) =>
    partResult(promise, (type) => types.includes(type), stack, drift, wrong?.(stack)),
  );
  const isOther = (type: string) => !known.includes(type) && type !== PERMISSION && type !== ALARM;
  return [
    ...poolResults(deployed),
    ...parts.flatMap((result) => result ?? []),
    alarmsResult(deployed) ?? [],
    callersResult(deployed, drift),
    partResult("everything else of the stack is as deployed", isOther, stack, drift) ?? [],
    settingsResult(stack, drift),
  ].flat();
}

function poolResults({ pool, stack, environment, statements, comparison }: Deployed): Result[] {
  const { functionArn, variables } = stack;
  // Without the function there is nothing to compare the pool with: the stack's comparison says that it is gone.
  if (variables === undefined) return [];
  const { name } = environment;
  const reservationsTable = stack.tableName;
  const all = checks({ name, pool, statements, variables, functionArn, environment, reservationsTable, comparison });
  // What is said of other functions is for the owner of a pool that is managed elsewhere.
  const others = environment.existingPool ? all.others : all.others.slice(0, -1);
  return [
    heldIf(all.trigger.isFine, "the pool calls the function before a sign-up", all.trigger.text),
    ...others.map(({ isFine, text }) => heldIf(isFine, "pool and function fit together", text)),
  ];
}

/** Undefined where the stack has no such resource. */
function partResult(
  promise: string,
  isOf: (type: string) => boolean,
  { recorded }: Stack,
  drift: readonly ReportedResource[],
  wrong: readonly string[] = [],
): Result | undefined {
  const addresses = [...recorded.keys()].filter((address) => isOf(typeOf(address)));
  if (addresses.length === 0) return undefined;
  const changed = drift.filter(({ address }) => isOf(typeOf(address))).map(changedText);
  const said = [...changed, ...wrong].join(" ");
  return heldIf(said === "", promise, said || addresses.sort().join(", "));
}

/** The resources of a type as AWS has them now. */
export const ofType = ({ plan }: Stack, wanted: string) => plan.state.filter(({ type }) => type === wanted);
const texts = (value: Json | undefined) => (isList(value) ? value.map(String) : []);

/** The provider compares no code: source_code_hash is what was uploaded last, code_sha256 what Lambda has. */
function otherCode(stack: Stack): string[] {
  return ofType(stack, "aws_lambda_function").flatMap(({ address, values }) => {
    const [uploaded, found] = [child(values, "source_code_hash"), child(values, "code_sha256")];
    return !uploaded || !found || uploaded === found
      ? []
      : [`${address}: the code has SHA-256 ${found}, the stack uploaded ${uploaded}.`];
  });
}

/** Policies of the roles that are no resources of the stack. */
function otherPolicies(stack: Stack): string[] {
  return ofType(stack, "aws_iam_role").flatMap(({ address, values }) => {
    const known = (type: string, name: string) =>
      ofType(stack, type)
        .filter((one) => child(one.values, "role") === child(values, "name"))
        .map((one) => child(one.values, name));
    const inline = child(values, "inline_policy");
    const names = isList(inline) ? inline.flatMap((one) => child(one, "name") || []) : [];
    const added = [
      ...names.filter((name) => !known("aws_iam_role_policy", "name").includes(name)),
      ...texts(child(values, "managed_policy_arns")).filter(
        (arn) => !known("aws_iam_role_policy_attachment", "policy_arn").includes(arn),
      ),
    ];
    return added.map((one) => `${address} has the policy ${one}, which is none of the stack's.`);
  });
}

/** A reservation outlives its account: it may not expire. */
function expiringItems(stack: Stack): string[] {
  return ofType(stack, "aws_dynamodb_table").flatMap(({ address, values }) =>
    child(child(child(values, "ttl"), 0), "enabled") === true ? [`${address}: items expire (ttl).`] : [],
  );
}

/** Alarms as the settings have them. */
function alarmsOf({ plan }: Stack): ResourceChange[] {
  return plan.resources.filter(({ type, mode, after }) => type === ALARM && mode === "managed" && after !== null);
}

/** The names of a stack's alarms. */
export function alarmNames(stack: Stack): string[] {
  return alarmsOf(stack).map(({ after }) => String(child(after, "alarm_name")));
}

/** Undefined where no alarm is set. */
function alarmsResult({ stack, alarms }: Deployed): Result | undefined {
  const own = alarmsOf(stack);
  if (own.length === 0) return undefined;
  const wrong = own.flatMap(({ address, after }) => {
    const found = alarms.find(({ AlarmName }) => AlarmName === child(after, "alarm_name"));
    const differences = alarmDifferences(after, found);
    return differences.length === 0 ? [] : [`${address}: ${differences.join("; ")}.`];
  });
  return heldIf(
    wrong.length === 0,
    "the alarms are as set",
    wrong.join(" ") || own.map(({ address }) => address).join(", "),
  );
}

/** A permission that was added later is in the function's policy, and in no resource of the stack. */
function callersResult({ stack, statements }: Deployed, drift: readonly ReportedResource[]): Result {
  const own = [...stack.recorded].filter(([address]) => typeOf(address) === PERMISSION);
  const ids = own.map(([, values]) => child(values, "statement_id"));
  const changed = drift.filter(({ address }) => typeOf(address) === PERMISSION).map(changedText);
  const added = statements
    .filter(({ Effect, Sid }) => Effect === "Allow" && !ids.includes(Sid as Json))
    .map(
      ({ Sid, Principal }) =>
        `The statement ${Sid} of the function's policy is none of the stack's: it lets ${JSON.stringify(Principal)} call it.`,
    );
  const wrong = [...changed, ...added];
  const promise = "the pool, and nothing else, may call the function";
  return heldIf(wrong.length === 0, promise, wrong.join(" ") || own.map(([address]) => address).join(", "));
}

/** What the settings of this folder would change beside what was changed outside of Terraform. */
function settingsResult({ plan }: Stack, drift: readonly ReportedResource[]): Result {
  const drifted = new Set(drift.map(({ address }) => address));
  const pending = plan.resources
    .filter((change) => change.mode === "managed" && change.action !== "read" && isChanging(change))
    .filter(({ address, type, after }) => !drifted.has(address) && !(type === ALARM && after !== null))
    .map((change) => reported(change, []))
    // What only waits for something that is made anew is no change of its own.
    .filter(({ action, attributes }) => action !== "update" || attributes.some(({ after }) => after !== UNKNOWN));
  const promise = "what the settings and the code of this folder say is deployed";
  return heldIf(
    pending.length === 0,
    promise,
    pending.length === 0
      ? "A plan changes nothing."
      : `A plan would change ${pending.map(({ address, action, attributes }) => `${address} (${action}${attributes.length > 0 && action === "update" ? `: ${attributes.map(({ path }) => path).join(", ")}` : ""})`).join(", ")}: deploy, or go back to what is deployed.`,
  );
}

function changedText({ address, action, attributes }: ReportedResource): string {
  if (action === "delete") return `${address} is not there any more.`;
  return `${address}: ${attributes.map(differenceText).join("; ")}.`;
}

function differenceText({ path, before, after }: Difference): string {
  return `${path} was ${valueText(before)}, is ${valueText(after)}`;
}

const LONGEST = 120;

function valueText(value: Json | undefined): string {
  if (value === undefined) return "not set";
  const text = JSON.stringify(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

/** The type in an address: of a module, behind the module's name. */
function typeOf(address: string): string {
  return address.replace(/^(?:module\.[^.]+\.)*/, "").split(".")[0] ?? "";
}
