import { ARGUMENTS } from "../../cli/adopt/arguments";
import type { EnvironmentSettings, ProjectSettings } from "../../settings/schema";
import { draw } from "./drawn/draw";
import { EXAMPLES, NEED_NEWER_PROVIDER } from "./examples";
import { PEERS } from "./peers/all";
import type { Block, Document } from "./stack";
import { synthesized } from "./synth";

/** Resources of Cognito as another team's Terraform module has them, by type and name. */
export type ForeignPool = Readonly<Record<string, Readonly<Record<string, Block>>>>;

const POOL = "aws_cognito_user_pool";
const CLIENT = "aws_cognito_user_pool_client";
const ACCOUNT = "123456789012";
/** What every identity provider's secret is. */
const SECRET = "a-stored-secret";

/** What makes no pool, or may make anything, and what the emulator does not have; and what only a newer provider has. */
const LEFT_OUT = { existingPool: undefined, customize: undefined, riskConfiguration: undefined };
const NEWER: EnvironmentSettings = Object.fromEntries(NEED_NEWER_PROVIDER.map((name) => [name, undefined]));

/** The examples of other modules, by their titles. */
export function poolsOfPeers(): ReadonlyArray<readonly [title: string, pool: ForeignPool]> {
  return PEERS.map(({ title, resources }) => [title, completed(title, grouped(resources))] as const);
}

/** The environments of these projects that make a pool, as if another team had made it. */
export function poolsOfExamples(): ReadonlyArray<readonly [title: string, pool: ForeignPool]> {
  return Object.entries<ProjectSettings>(EXAMPLES).flatMap(([folder, project]) =>
    Object.entries(project.environments)
      .filter(([, { existingPool }]) => existingPool === undefined)
      .map(
        ([name, settings]) =>
          [`examples/${folder}, ${name}`, poolOf(project, { production: name === "prod", ...settings })] as const,
      ),
  );
}

/** Pools of settings that were drawn at random. */
export function poolsDrawn(seed: number, count: number): ReadonlyArray<readonly [title: string, pool: ForeignPool]> {
  return draw(seed, count).flatMap(({ admitted }, index) => {
    const [settings] = Object.values(admitted?.environments ?? {});
    if (admitted === undefined || settings === undefined || settings.existingPool) return [];
    return [[`drawn ${seed}/${index}`, poolOf({ ...admitted, region: "eu-west-1" }, settings)] as const];
  });
}

function poolOf(project: ProjectSettings, settings: EnvironmentSettings): ForeignPool {
  const environments = { dev: { ...settings, ...NEWER, ...LEFT_OUT } };
  const { dev } = synthesized({ ...project, environments });
  if (!dev) throw new Error("not synthesized");
  return cognitoOf(dev);
}

/** A stack's resources of Cognito's types that are adopted, with ARNs and secrets in place of what they refer to outside of them. */
function cognitoOf({ resource }: Document): ForeignPool {
  const types = Object.entries(resource).filter(
    ([type]) => type.startsWith("aws_cognito_") && Object.hasOwn(ARGUMENTS, type),
  );
  return literal(Object.fromEntries(types)) as ForeignPool;
}

/** Comments, a provider that a module does not have, and what the emulator forgets. */
const DROPPED = ["//", "provider", "refresh_token_rotation"];

const arns = (account: string): Readonly<Record<string, string>> => ({
  aws_lambda_function: `arn:aws:lambda:eu-west-1:${account}:function:`,
  aws_iam_role: `arn:aws:iam::${account}:role/`,
  aws_acm_certificate_validation: `arn:aws:acm:us-east-1:${account}:certificate/`,
  aws_kms_key: `arn:aws:kms:eu-west-1:${account}:key/`,
});

/** What is Terraform's to find out, but for what is in the same resources, as what it might find in an account. */
export function literal(value: unknown, account = ACCOUNT): unknown {
  if (Array.isArray(value)) return value.filter((item) => !isElsewhere(item)).map((item) => literal(item, account));
  if (typeof value === "object" && value !== null) {
    const fields = Object.entries(value).filter(([name]) => !DROPPED.includes(name));
    return Object.fromEntries(fields.map(([name, inner]) => [name, literal(inner, account)]));
  }
  if (typeof value !== "string" || !/(?<!\$)\$\{/.test(value)) return value;
  const [, type = "", name = ""] = /\b(aws_\w+)\.([\w-]+)/.exec(value) ?? [];
  if (type.startsWith("aws_cognito_")) return value;
  const arn = arns(account)[type];
  return arn === undefined ? SECRET : `${arn}${name}`;
}

/** An address in `depends_on` that is none of Cognito's. */
const isElsewhere = (item: unknown) =>
  typeof item === "string" && /^(?:data\.)?aws_(?!cognito_)\w+\.[\w-]+$/.test(item);

function grouped(resources: Readonly<Record<string, Block>>): Record<string, Record<string, Block>> {
  const all: Record<string, Record<string, Block>> = {};
  for (const [address, block] of Object.entries(resources)) {
    const [type = "", name = ""] = address.split(".");
    all[type] = { ...all[type], [name]: block };
  }
  return all;
}

/** An example with what the provider requires, and the example leaves to its module: it is of that Region, and has a pool and names. */
function completed(title: string, resources: Record<string, Record<string, Block>>): ForeignPool {
  const ofRegion = JSON.parse(
    JSON.stringify(resources)
      .replace(/(arn:aws:(?:lambda|kms|ses)):us-east-1/g, "$1:eu-west-1")
      .replace(/("client_secret"):"[^"]+"/g, `$1:"${SECRET}"`),
  );
  const { [POOL]: pools = { user_pool: {} }, ...others } = literal(ofRegion) as Record<string, Record<string, Block>>;
  const servers = Object.keys(others.aws_cognito_resource_server ?? {}).map(
    (name) => `aws_cognito_resource_server.${name}`,
  );
  const providers = Object.keys(others.aws_cognito_identity_provider ?? {}).map(
    (name) => `aws_cognito_identity_provider.${name}`,
  );
  const required = (type: string, name: string): Block => ({
    ...(type !== "aws_cognito_user_pool_domain" && type !== "aws_cognito_identity_provider" && { name }),
    ...(type === CLIENT && { depends_on: [...servers, ...providers] }),
    user_pool_id: "${aws_cognito_user_pool.user_pool.id}",
  });
  return {
    [POOL]: Object.fromEntries(
      Object.entries(pools).map(([name, pool]) => [
        name,
        { name: title, ...pool, ...(pool.schema && { schema: pool.schema.map(typed) }) },
      ]),
    ),
    ...Object.fromEntries(
      Object.entries(others).map(([type, blocks]) => [
        type,
        Object.fromEntries(
          Object.entries(blocks).map(([name, block]) => [name, { ...required(type, name), ...block }]),
        ),
      ]),
    ),
  };
}

/** Standard attributes have a type, which the CDK does not say. */
const typed = (attribute: Block) => ({ attribute_data_type: "String", ...attribute });
