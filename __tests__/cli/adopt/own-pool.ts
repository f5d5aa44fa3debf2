import { ARGUMENTS, type ExistingType } from "../../../cli/adopt/arguments";
import { type Existing, type FoundPool, valuesOf } from "../../../cli/adopt/existing";
import { whyOutside } from "../../../cli/adopt/outside";
import type { Block, Document } from "../../support/stack";

const POOL = "eu-west-1_AbCdEfGhI";
const ACCOUNT = "111122223333";
/** Arguments that are maps, not blocks. */
const MAPS = ["tags", "provider_details", "attribute_mapping"];

/** What this project synthesized, as if it were deployed: as the provider would read it, with what only an apply knows. */
export function deployed({ resource }: Pick<Document, "resource">): FoundPool {
  const all = Object.keys(ARGUMENTS).flatMap((type) =>
    Object.entries(resource[type] ?? {})
      .filter(([, values]) => whyOutside({ type, values }) === undefined)
      .map(([name, block]) => existing(type as ExistingType, name, block)),
  );
  const of = (type: ExistingType) => all.filter((each) => each.type === type);
  const [pool] = of("aws_cognito_user_pool");
  if (!pool) throw new Error("no pool");
  const clients = of("aws_cognito_user_pool_client");
  return {
    poolId: POOL,
    region: "eu-west-1",
    pool,
    clients,
    others: all.filter((each) => each !== pool && !clients.includes(each)),
    outside: [],
  };
}

function existing(type: ExistingType, name: string, block: Block): Existing {
  const values = Object.fromEntries(
    Object.entries(block).map(([argument, value]) => [
      argument,
      MAPS.includes(argument) ? applied(argument, value) : asRead(argument, value),
    ]),
  );
  return {
    type,
    id: type === "aws_cognito_user_pool" ? POOL : `${POOL}/${name}`,
    values: valuesOf(type, values),
    hasSecret: block.generate_secret === true,
  };
}

/** A block is an object where it is synthesized, and a list of one where it is read. */
function asRead(argument: string, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => (isObject(item) ? fieldsAsRead(item) : applied(argument, item)));
  return isObject(value) ? [fieldsAsRead(value)] : applied(argument, value);
}

function fieldsAsRead(block: object): object {
  return Object.fromEntries(Object.entries(block).map(([name, value]) => [name, asRead(name, value)]));
}

const isObject = (value: unknown): value is object => typeof value === "object" && value !== null;

/** What a reference becomes, by the argument that it is in; what Terraform's templates escape is as it is meant. */
function applied(argument: string, value: unknown): unknown {
  if (isObject(value))
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, applied(name, one)]));
  if (typeof value !== "string" || !value.includes("${")) return value;
  if (argument === "sns_caller_arn") return `arn:aws:iam::${ACCOUNT}:role/texts`;
  if (argument === "web_acl_arn")
    return `arn:aws:wafv2:eu-west-1:${ACCOUNT}:regional/webacl/own/12345678-1234-1234-1234-123456789012`;
  if (argument === "certificate_arn") return `arn:aws:acm:us-east-1:${ACCOUNT}:certificate/1234abcd`;
  return `arn:aws:lambda:eu-west-1:${ACCOUNT}:function:own`;
}
