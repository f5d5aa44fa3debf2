import type { Plan } from "../plan";
import { rightsOf, type Statement, statementsOf } from "../policy";
import {
  accountOf,
  at,
  currentOf,
  isUnset,
  knownValues,
  listed,
  regionOf,
  UNKNOWN,
  type Value,
  variablesOf,
} from "../value";
import { existingPoolArns } from "./existing-pool";
import { isSender } from "./functions";
import { sendsTexts } from "./iam-role";
import { type At, COMMON, type Found, fixed, found, identity, type ResourceType, reference, referenceTo } from "./type";

/** Something that a function of this project may do. */
interface Grant {
  readonly actions: readonly string[];
  /** ARNs, or what the configuration says while they are not known. */
  readonly resources: (plan: Plan) => readonly RegExp[];
  /** What the statement's conditions say. @default nothing */
  readonly conditions?: RegExp;
  /** Whether a function still needs it. */
  readonly isNeeded: (user: Value) => boolean;
  readonly without: string;
}

const variable = (name: string) => (user: Value) => at(user, "environment", 0, "variables", name);
const poolArns = (plan: Plan) => [
  ...[...knownValues(plan, "aws_cognito_user_pool", "arn"), ...existingPoolArns(plan)].map(literally),
  referenceTo("aws_cognito_user_pool", "arn"),
];
const oldPool = (user: Value) => variable("MIGRATE_FROM")(user) !== undefined;

const GRANTS: readonly Grant[] = [
  {
    actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
    resources: (plan) => [
      ...[
        ...knownValues(plan, "aws_lambda_function", "function_name").map((name) => `/aws/lambda/${name}`),
        ...knownValues(plan, "aws_cloudwatch_log_group", "name"),
      ].map((name) => here("logs", plan, `log-group:${name}:*`)),
      /^\$\{aws_cloudwatch_log_group\.[\w-]+\.arn\}:\*$/,
    ],
    isNeeded: () => true,
    without: "The function could no longer write its log and its metrics: alarms stay silent.",
  },
  {
    actions: ["xray:PutTraceSegments", "xray:PutTelemetryRecords"],
    resources: () => [/^\*$/],
    isNeeded: (user) => at(user, "tracing_config", 0, "mode") === "Active",
    without: "Calls of the function could no longer be traced.",
  },
  {
    actions: ["dynamodb:PutItem", "dynamodb:DeleteItem"],
    resources: (plan) =>
      knownValues(plan, "aws_dynamodb_table", "name").map((name) => here("dynamodb", plan, `table/${name}`)),
    isNeeded: (user) => variable("RESERVATIONS_TABLE")(user) !== undefined,
    without: "The function could no longer reserve identifiers, and refuses every sign-up.",
  },
  {
    actions: ["cognito-idp:ListUsers"],
    resources: poolArns,
    isNeeded: () => true,
    without: "The function could no longer look up who is registered, and refuses every sign-up.",
  },
  {
    actions: ["cognito-idp:AdminGetUser", "cognito-idp:AdminDeleteUser"],
    resources: poolArns,
    isNeeded: () => true,
    without:
      "Accounts that were not confirmed in time stay, and can still be confirmed beside the account that has their e-mail address by then.",
  },
  {
    actions: ["cognito-idp:AdminLinkProviderForUser"],
    resources: poolArns,
    isNeeded: (user) => variable("FEDERATED")(user) === "link",
    without: "Users of identity providers could no longer be linked to their accounts, and are refused.",
  },
  {
    actions: ["lambda:InvokeFunction"],
    resources: (plan) =>
      variablesOf(plan, "POOLS_FUNCTION").flatMap(({ after }) => (typeof after === "string" ? [literally(after)] : [])),
    isNeeded: (user) => variable("POOLS_FUNCTION")(user) !== undefined,
    without: "The function could no longer ask the function that the pool called before, and refuses every sign-up.",
  },
  {
    actions: ["cognito-idp:AdminInitiateAuth", "cognito-idp:AdminGetUser", "cognito-idp:ListUsers"],
    resources: (plan) =>
      oldPools(plan, "userPoolId").map((id) => here("cognito-idp", plan, `userpool/${id}`, id.split("_")[0])),
    isNeeded: oldPool,
    without: "The function could no longer ask the old pool: its users are refused.",
  },
  {
    actions: ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*"],
    resources: (plan) => knownValues(plan, "aws_lambda_function", "kms_key_arn").map(literally),
    conditions: /^\{StringEquals:\{kms:ViaService:"(?:lambda|dynamodb)\.[\w-]+\.[\w.]+"\}\}$/,
    isNeeded: (user) => !isUnset(at(user, "kms_key_arn")),
    without:
      "The function could no longer read its settings or its table, which are encrypted with a customer's key, and refuses every sign-up.",
  },
  {
    actions: ["kms:Decrypt"],
    resources: (plan) => senderKeys(plan).map(literally),
    conditions:
      /^\{StringEquals:\{kms:EncryptionContext:userpool-id:"(?:[\w-]+_\w+|\$\{aws_cognito_user_pool\.[\w-]+\.id\})"\}\}$/,
    isNeeded: isSender,
    without: "The function could no longer decrypt the codes that it sends: users receive none.",
  },
  {
    actions: ["sts:AssumeRole"],
    resources: (plan) => oldPools(plan, "roleArn").map(literally),
    isNeeded: oldPool,
    without: "The function could no longer ask the old pool: its users are refused.",
  },
];

export const IAM_ROLE_POLICY: ResourceType = {
  type: "aws_iam_role_policy",
  lost: (place) => {
    const { change } = place;
    const old = statementsOf(at(change.before, "policy")) ?? [];
    const isKept = change.action === "replace" && roleOf(change.after) === roleOf(change.before);
    const kept = isKept ? (statementsOf(at(change.after, "policy")) ?? []) : [];
    return missing(old, kept, roleOf(change.before), place);
  },
  forgotten: found(
    "forgotten",
    "What the policy lets the function do stays, but nothing plans or checks it here from now on.",
  ),
  attributes: {
    ...COMMON,
    // Another one of the role's name would be overwritten: a rule of the whole plan.
    name: identity("role-rights", "The policy would overwrite another one of the role."),
    name_prefix: fixed("role-rights", "The policy would get another name each time."),
    role: reference("role-rights", "The policy would be another role's.", "aws_iam_role", "name", "id"),
    policy: { kind: "guarded", rule: "role-rights", required: true, finds: policy },
  },
};

function policy(from: Value, to: Value, place: At): Found[] {
  const { change, plan, isNew, template } = place;
  const now = statementsOf(to === UNKNOWN ? template : to);
  if (now === undefined || (to === UNKNOWN && !isNew)) {
    return [found("role-rights", "What the function may do is only known once it is applied.")];
  }
  const old = isNew ? [] : (statementsOf(from === UNKNOWN ? undefined : from) ?? []);
  const before = rightsOf(old);
  const more = now.filter(
    (statement) =>
      !isGranted(statement, plan) &&
      !isSending(statement, roleOf(change.after), plan) &&
      !rightsOf([statement]).every((right) => before.includes(right)),
  );
  return [...more.map(tooMuch), ...missing(old, now, roleOf(change.before ?? change.after), place)];
}

function tooMuch({ effect, actions, resources, conditions, others }: Statement): Found {
  const opposite = others.length > 0 ? ` (${listed(others)})` : "";
  const why =
    effect === "Allow"
      ? `The function, and an attacker who controls its code, could do ${listed(actions)} on ${listed(resources)}${opposite}: it is not made for that.`
      : `The function would be denied ${listed(actions)} on ${listed(resources)}${opposite}${conditions === "" ? "" : ", under a condition"}: it may refuse every sign-up.`;
  return found("role-rights", why);
}

function isGranted(statement: Statement, plan: Plan): boolean {
  const { effect, actions, resources, principals, conditions, others } = statement;
  if (effect !== "Allow" || principals.length > 0 || others.length > 0) return false;
  const users = currentOf(plan, "aws_lambda_function").flatMap(({ after }) => (after === undefined ? [] : [after]));
  return GRANTS.some((grant) => {
    if (!users.some(grant.isNeeded)) return false;
    const patterns = grant.resources(plan);
    return (
      (grant.conditions?.test(conditions) ?? conditions === "") &&
      actions.length > 0 &&
      actions.every((action) => grant.actions.includes(action)) &&
      resources.length > 0 &&
      resources.every((resource) => patterns.some((pattern) => pattern.test(resource)))
    );
  });
}

/** To send a text message, to any number, is what the role that Cognito has for it is made for. */
function isSending(
  { effect, actions, resources, principals, conditions, others }: Statement,
  role: string,
  plan: Plan,
) {
  const isPublish = effect === "Allow" && actions.join() === "sns:Publish" && resources.join() === "*";
  if (!isPublish || principals.length > 0 || conditions !== "" || others.length > 0) return false;
  return currentOf(plan, "aws_iam_role").some(
    ({ after: now }) => at(now, "name") === role && sendsTexts(at(now, "assume_role_policy")),
  );
}

/** What was allowed, no longer is by any policy of the role, and a function still needs. */
function missing(old: readonly Statement[], now: readonly Statement[], role: string, { plan, change }: At): Found[] {
  const users = currentOf(plan, "aws_lambda_function").flatMap(({ after, before }) =>
    after !== undefined && roleOf(after ?? before, before) === role ? [after] : [],
  );
  const others = currentOf(plan, "aws_iam_role_policy")
    .filter(({ address, after: policy }) => address !== change.address && roleOf(policy) === role)
    .flatMap(({ after: policy }) => statementsOf(at(policy, "policy")) ?? []);
  const left = rightsOf([...now, ...others]);
  const gone = rightsOf(old)
    .filter((right) => !left.includes(right))
    .map((right) => (JSON.parse(right) as string[])[1] ?? "");
  const grants = GRANTS.filter(
    ({ actions, isNeeded }) => gone.some((action) => actions.includes(action)) && users.some(isNeeded),
  );
  // Of grants with an action in common, the one that all of it is from.
  const exact = grants.filter(({ actions }) => gone.every((action) => actions.includes(action)));
  const [first] = exact.length > 0 ? exact : grants;
  if (first !== undefined) return [found("role-rights", `${first.without} It loses ${listed([...new Set(gone)])}.`)];
  return [];
}

/** Name of a role: of a policy, or of a function by the role's ARN. */
function roleOf(resource: Value, fallback?: Value): string {
  const role = at(resource, "role") ?? at(fallback, "role") ?? at(resource, "function_name");
  return typeof role === "string" ? (role.split("/").at(-1) ?? "") : "";
}

/** The keys that pools encrypt codes with, before and after. */
function senderKeys(plan: Plan): string[] {
  return currentOf(plan, "aws_cognito_user_pool").flatMap(({ before, after }) =>
    [before, after].flatMap((side) => {
      const key = at(side, "lambda_config", 0, "kms_key_id");
      return typeof key === "string" && key !== "" ? [key] : [];
    }),
  );
}

function oldPools(plan: Plan, field: string): string[] {
  return currentOf(plan, "aws_lambda_function").flatMap(({ before, after }) =>
    [before, after].flatMap((side) => {
      const text = variable("MIGRATE_FROM")(side);
      if (typeof text !== "string") return [];
      try {
        const value = (JSON.parse(text) as Record<string, unknown>)[field];
        return typeof value === "string" ? [value] : [];
      } catch {
        return [];
      }
    }),
  );
}

/** An ARN of the plan's account and Region, as far as the plan says which they are. */
function here(service: string, plan: Plan, rest: string, region = regionOf(plan)): RegExp {
  const account = accountOf(plan);
  return new RegExp(
    `^arn:[\\w-]+:${service}:${region === undefined ? "[\\w-]+" : escaped(region)}:${account ?? "\\d+"}:${escaped(rest)}$`,
  );
}

function literally(text: string): RegExp {
  return new RegExp(`^${escaped(text)}$`);
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\/]/g, "\\$&");
}
