import { regionOf } from "../../lambda/user-migration/options";
import { STANDARD_ATTRIBUTES } from "../../modules/user-pool/attributes";
import { Failure } from "../failure";
import { isPoolId } from "../options";
import type { ExistingType } from "./arguments";
import { clientValues, isAsCognitoHasIt } from "./as-provider";
import { domainsWithoutResource } from "./domains-in-state";
import { type Existing, type FoundPool, importId, valuesOf } from "./existing";
import { outsideLine, whyOutside } from "./outside";

type Fields = Readonly<Record<string, unknown>>;

interface StateResource {
  readonly address: string;
  readonly mode: string;
  readonly type: string;
  readonly values: Fields;
  /** Of an object that Terraform has replaced and could not delete. */
  readonly deposed_key?: string;
}

interface StateModule {
  readonly resources?: readonly StateResource[];
  readonly child_modules?: readonly StateModule[];
}

/** "Values Representation", JSON output format of Terraform: of a state, or of a plan. */
interface ShownState {
  readonly format_version?: string;
  readonly values?: { readonly root_module?: StateModule };
  readonly prior_state?: { readonly values?: { readonly root_module?: StateModule } };
}

/** A pool in another module's state, and what of the state is taken over. */
export interface PoolInState extends FoundPool {
  /** Every managed resource of the state, by its address. */
  readonly addresses: readonly string[];
}

/**
 * Everything that this project manages of a pool, as another module's state has it. Throws a {@link Failure} where that is no state, has no
 * pool, or has several and none of them is named.
 *
 * @param text what `terraform show -json` prints of a state, or of a plan
 * @param poolId the pool, where there are several
 */
export function poolInState(text: string, file: string, poolId: string | undefined): PoolInState {
  const resources = resourcesOf(text, file).filter((each) => each.mode === "managed" && each.deposed_key === undefined);
  const pools = resources.filter(({ type }) => type === "aws_cognito_user_pool");
  const ids = [...new Set(pools.map(({ values }) => String(values.id)))];
  const found = pools.filter(({ values }) => poolId === undefined || values.id === poolId);
  const [pool] = found;
  if (pool === undefined || found.some(({ values }) => values.id !== pool.values.id)) {
    const which = ids.length === 0 ? "has no user pool" : `has the user pools ${ids.join(", ")}: say which with --pool`;
    throw new Failure(`${file} ${which}.`, 64);
  }
  const id = String(pool.values.id);
  if (!isPoolId(id)) throw new Failure(`${file}: ${JSON.stringify(id)} is no id of a user pool.`, 64);
  const ofPool = resources.filter((each) => each.values.user_pool_id === id || isAround(each, pool));
  const isTaken = (each: StateResource) => whyOutside(each) === undefined;
  const all = ofPool.filter(isTaken).map((resource) => existing(resource, id));
  refuseTwice([...found.map((each) => existing(each, id)), ...all], file);
  const domains = domainsWithoutResource(pool.values, all);
  return {
    poolId: id,
    region: regionOf(id),
    account: typeof pool.values.arn === "string" ? pool.values.arn.split(":")[4] : undefined,
    pool: existing(pool, id),
    clients: all.filter(({ type }) => type === "aws_cognito_user_pool_client"),
    others: [...all.filter(({ type }) => type !== "aws_cognito_user_pool_client"), ...domains.prefix],
    outside: [
      ...new Set(ofPool.filter((each) => !isTaken(each)).map((each) => outsideLine(shownAddress(each.address), each))),
      ...domains.outside,
    ],
    addresses: resources.map(({ address }) => address),
  };
}

/** Throws a {@link Failure} where the other module has one thing at two addresses: it could be imported only once. */
function refuseTwice(all: readonly Existing[], file: string): void {
  for (const { type, id, from } of all) {
    const other = all.find((each) => each.type === type && each.id === id && each.from !== from);
    if (other === undefined) continue;
    const places = [from, other.from].map((address = "") => shownAddress(address)).join(" and ");
    throw new Failure(
      `${file} has one ${type} at two addresses, ${places}: let the other module forget one of them (\`terraform state rm\`), and write the file again.`,
      64,
    );
  }
}

/** An address without keys that are users' names, or may be users' addresses. */
export function shownAddress(address: string): string {
  const isOfUsers = /\baws_cognito_user(?:_in_group)?\./.test(address);
  return address.replace(KEY, (key) => (!isOfUsers && /^\["?[\w.-]*"?\]$/.test(key) ? key : "[…]"));
}

/** A web ACL's association, and an identity pool, which name their pool in another way. */
function isAround({ type, values }: StateResource, { values: pool }: StateResource): boolean {
  const { resource_arn: resource, cognito_identity_providers: providers } = values;
  if (type === "aws_wafv2_web_acl_association") return resource === pool.arn;
  return type === "aws_cognito_identity_pool" && JSON.stringify(providers ?? []).includes(`/${pool.id}"`);
}

function resourcesOf(text: string, file: string): StateResource[] {
  let shown: ShownState;
  try {
    // Some shells begin a file with the mark of its byte order.
    shown = JSON.parse(text.replace(/^\uFEFF/, "")) as ShownState;
  } catch {
    throw new Failure(`${file} is no JSON: write it with \`terraform show -json > ${file}\`.`, 64);
  }
  try {
    const { values, prior_state: prior, format_version: version } = shown;
    const root = (values ?? prior?.values)?.root_module;
    if (root !== undefined) return inModule(root).map((resource) => checked(resource, file));
    // A state that has nothing.
    if (values === undefined && prior === undefined && typeof version === "string") return [];
  } catch (error) {
    // A list that is none, for one, or modules without end.
    if (!(error instanceof TypeError || error instanceof RangeError)) throw error;
  }
  throw new Failure(`${file} is not what \`terraform show -json\` prints of a state or a plan.`, 64);
}

/** The keys of instances in an address. */
export const KEY = /\[(?:\d+|"(?:[^"\\\n]|\\.)*")\]/g;

/** What Terraform writes as an address: names, joined by dots, some with an index. It goes into a file of Terraform's language. */
const ADDRESS =
  /^(?:[A-Za-z_][\w-]*(?:\[(?:\d+|"(?:[^"\\\n]|\\.)*")\])?\.)*[A-Za-z_][\w-]*(?:\[(?:\d+|"(?:[^"\\\n]|\\.)*")\])?$/;

/** Throws a {@link Failure} for a resource that no Terraform has written: its texts become parts of files. */
function checked(resource: StateResource, file: string): StateResource {
  const { address, type, mode, values } = (resource ?? {}) as Partial<StateResource>;
  const isWhole = [address, type, mode].every((text) => typeof text === "string") && isFields(values);
  if (!isWhole || !ADDRESS.test(address ?? "")) {
    throw new Failure(`${file} has a resource that Terraform does not write so: ${JSON.stringify(address)}.`, 64);
  }
  return resource;
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function inModule({ resources = [], child_modules = [] }: StateModule): StateResource[] {
  return [...resources, ...child_modules.flatMap((each) => inModule(each))];
}

function existing({ type, address, values }: StateResource, poolId: string): Existing {
  const known = type as ExistingType;
  return {
    type: known,
    id: importId(known, values, poolId),
    values:
      known === "aws_cognito_user_pool_client"
        ? clientValues(values)
        : // What AWS has, with the tags that the other module's provider gives everything.
          valuesOf(known, { ...values, tags: values.tags_all ?? values.tags, ...schemaOf(values) }),
    hasSecret: typeof values.client_secret === "string" && values.client_secret !== "",
    from: address,
  };
}

/** The attributes that an import would read. */
function schemaOf({ schema }: Fields): Fields {
  if (!Array.isArray(schema)) return {};
  const isStandard = (name: unknown) => STANDARD_ATTRIBUTES.some((standard) => standard === name);
  return { schema: (schema as Fields[]).filter((one) => !isStandard(one?.name) || !isAsCognitoHasIt(one)) };
}
