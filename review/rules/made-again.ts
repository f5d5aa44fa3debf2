import { isObject, type Json } from "../json";
import type { Plan, ResourceChange } from "../plan";
import { at, quoted, texts, type Value, variablesOf } from "../value";
import type { Located } from "./rule";

/** Where a plan makes something although something else says that it is there: the new one is empty. */
interface Again {
  readonly type: string;
  readonly rule: string;
  readonly why: string;
  /** What says that there is one. */
  readonly signs: (plan: Plan, change: ResourceChange) => readonly (string | undefined)[];
}

const POOL_ID = /\b[a-z]{2}(?:-[a-z]+)+-\d_[0-9A-Za-z]{5,}\b/;

const AGAIN: readonly Again[] = [
  {
    type: "aws_cognito_user_pool",
    rule: "second-pool",
    why: "The plan makes a second, empty pool: users of the first one cannot sign in there, and anyone can register their addresses again.",
    signs: (plan, { address, after }) => [
      ...others(plan, "aws_cognito_user_pool", address),
      ...plan.resources
        .filter(({ type, action, address: other }) => {
          return type === "aws_cognito_user_pool" && action === "create" && other !== address;
        })
        .map(({ address: other }) => `${other} is made as well`),
      ...plan.state
        .filter(({ mode }) => mode === "managed")
        .map((resource) => belongsToPool(resource.values, plan, resource.address)),
      ...outputsBefore(plan).map(([name, value]) =>
        typeof value === "string" && POOL_ID.test(value) ? `the output ${name} is of a pool` : undefined,
      ),
      ofTheSameName(plan, at(after, "name")),
    ],
  },
  {
    type: "aws_cognito_user_pool_client",
    rule: "second-client",
    why: "The plan makes the client anew, with another id and secret: the application cannot sign users in until it is given them.",
    signs: (plan, { address }) => [
      vanished(plan, address),
      ...outputsBefore(plan).map(([name, value]) =>
        /ClientId$/.test(name) &&
        typeof value === "string" &&
        !idsOf(plan, "aws_cognito_user_pool_client").includes(value)
          ? `the output ${name} is of a client that the state does not know`
          : undefined,
      ),
    ],
  },
  {
    type: "aws_dynamodb_table",
    rule: "second-table",
    why: "The plan makes an empty table of reservations: identifiers that are reserved in the other one count as free.",
    signs: (plan, { address }) => [
      vanished(plan, address),
      ...variablesOf(plan, "RESERVATIONS_TABLE").map(({ before }) =>
        typeof before === "string" ? `a function reserves in ${quoted(before)} today` : undefined,
      ),
    ],
  },
  {
    type: "aws_s3_bucket",
    rule: "second-bucket",
    why: "The plan makes an empty bucket: the states of every environment are not in it.",
    signs: (plan, { address }) => [
      vanished(plan, address),
      ...plan.state.map((resource) =>
        resource.mode === "managed" && resource.type.startsWith("aws_s3_bucket_")
          ? `${resource.address} is of a bucket`
          : undefined,
      ),
    ],
  },
];

export function madeAgain(plan: Plan): Located[] {
  return plan.resources.flatMap((change) => {
    if (change.action !== "create" || change.mode !== "managed" || change.importing !== undefined) return [];
    const again = AGAIN.find(({ type }) => type === change.type);
    const [sign] = again?.signs(plan, change).filter((one) => one !== undefined) ?? [];
    if (again === undefined || sign === undefined) return [];
    const gone = vanished(plan, change.address) !== undefined;
    return [
      {
        address: change.address,
        rule: gone ? "vanished" : again.rule,
        why: gone
          ? `It was deleted outside of Terraform. ${again.why} See first whether it can be restored.`
          : `${again.why} There is one already: ${sign}. Where the state lost it, import it (npm run recover, in the project's repository).`,
      },
    ];
  });
}

function vanished({ drift }: Plan, address: string): string | undefined {
  return drift.some((change) => change.address === address && change.action === "delete")
    ? "it was deleted outside of Terraform"
    : undefined;
}

/** One of the type that the plan, or the state before it, knows. */
function others({ resources, state, drift }: Plan, type: string, made: string): string[] {
  const known = [
    ...state.filter((resource) => resource.type === type && resource.mode === "managed"),
    ...[...resources, ...drift].filter((change) => change.type === type && change.before !== null),
  ];
  return known.map(({ address }) =>
    address === made ? "it was deleted outside of Terraform" : `${address} is in the state`,
  );
}

/** A resource that can only be there once a pool is. */
function belongsToPool(values: Json, plan: Plan, address: string): string | undefined {
  const old = variablesOf(plan, "MIGRATE_FROM").map(({ before, after }) => String(before ?? after ?? ""));
  const ids = ["user_pool_id", "source_arn", "policy"].flatMap((name) => {
    const text = at(values, name);
    return typeof text === "string" ? (text.match(new RegExp(POOL_ID, "g")) ?? []) : [];
  });
  return ids.some((id) => !old.some((text) => text.includes(id))) ? `${address} belongs to a pool` : undefined;
}

function ofTheSameName({ state }: Plan, name: Value): string | undefined {
  const answers = state.filter(
    (data) => data.type === "aws_cognito_user_pools" && data.mode === "data" && at(data.values, "name") === name,
  );
  if (answers.length === 0)
    return "the plan does not say whether a pool of its name is there (data source aws_cognito_user_pools)";
  const ids = answers.flatMap(({ values }) => texts(at(values, "ids")));
  return ids.length === 0 ? undefined : `${ids.map(quoted).join(", ")} has its name`;
}

function outputsBefore({ outputs, stateOutputs }: Plan): [string, Json][] {
  return [
    ...stateOutputs.map(({ name, value }): [string, Json] => [name, value]),
    ...outputs.map(({ name, before }): [string, Json] => [name, before]),
  ];
}

function idsOf({ state }: Plan, type: string): Json[] {
  return state
    .filter((resource) => resource.type === type)
    .map(({ values }) => (isObject(values) ? (values.id ?? null) : null));
}
