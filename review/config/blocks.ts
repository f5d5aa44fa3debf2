import { isDeepStrictEqual } from "node:util";
import { type Body, body, entriesOf } from "./body";
import { dataProblems } from "./data-sources";
import { KNOWN_PROVIDERS, PROVIDERS } from "./providers";

export const BLOCKS = new Set([
  "//",
  "terraform",
  "provider",
  "resource",
  "data",
  "output",
  "variable",
  "locals",
  "moved",
  "removed",
  "import",
]);

/** Arguments of the S3 backend that choose where a state is, not how AWS is reached or with which credentials. */
const BACKEND = new Set([
  "bucket",
  "encrypt",
  "key",
  "kms_key_id",
  "region",
  "use_lockfile",
  "workspace_key_prefix",
  "allowed_account_ids",
]);

/** Likewise: `shared_config_files`, for one, can name a program that is run for credentials. */
const PROVIDER_ARGUMENTS: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ["aws", new Set(["//", "alias", "allowed_account_ids", "default_tags", "region"])],
  ["archive", new Set(["//"])],
]);

/** What is in a stack's configuration that Terraform would run, or reach, before the plan can be reviewed. */
export function blockProblems(config: Body, before: Body | undefined, types: readonly string[]): string[] {
  const lists = listsOfBlocks(config);
  if (lists.length > 0) return lists.map((where) => `${where} is a list of blocks; synthesis writes none there.`);
  return [
    ...Object.keys(config)
      .filter((name) => !BLOCKS.has(name))
      .map((name) => `It has a block ${JSON.stringify(name)}; the stacks have none.`),
    ...settingsProblems(body(config.terraform), before && body(before.terraform)),
    ...entriesOf(config.provider).flatMap(([name, value]) => providerProblems(name, value, before)),
    ...entriesOf(config.resource).flatMap(([type, value]) => resourceProblems(type, value)),
    ...[config.removed].flat(Number.POSITIVE_INFINITY).flatMap((block) => commandProblems(block, "removed")),
    ...entriesOf(config.data).flatMap(([type, value]) => dataProblems(type, value, before, types)),
  ];
}

function settingsProblems(settings: Body, before: Body | undefined): string[] {
  const problems = Object.keys(settings)
    .filter((name) => !["backend", "required_providers", "required_version"].includes(name))
    .map((name) => `terraform.${name} is set; the stacks do not set it.`);
  for (const [name, value] of entriesOf(settings.required_providers)) {
    const source = body(value).source;
    if (source === undefined || source !== PROVIDERS.get(name)) {
      problems.push(
        `It asks for the provider ${name} from ${JSON.stringify(source)}; only ${KNOWN_PROVIDERS} may run.`,
      );
    }
  }
  const backend = body(settings.backend);
  const s3 = body(backend.s3);
  const approved = before && body(before.backend);
  if (approved !== undefined && !isDeepStrictEqual(placeOf(backend), placeOf(approved))) {
    problems.push("Its state would be kept elsewhere than that of the main branch: the backend differs.");
  } else if (Object.keys(backend).join() !== "s3" || Object.keys(s3).some((name) => !BACKEND.has(name))) {
    problems.push("Its backend is not one that synthesis writes.");
  } else if (approved === undefined && !/^[a-z0-9-]+\/terraform\.tfstate$/.test(String(s3.key))) {
    problems.push(`Its state's key is ${JSON.stringify(s3.key)}, not <project>/terraform.tfstate.`);
  }
  return problems;
}

/** A backend but for the accounts whose credentials it takes, which say nothing of where the state is. */
function placeOf(backend: Body): Body {
  const { allowed_account_ids, ...s3 } = body(backend.s3);
  return { ...backend, ...(backend.s3 !== undefined && { s3 }) };
}

function providerProblems(name: string, value: unknown, before: Body | undefined): string[] {
  const approved = before && body(before.provider)[name];
  if (approved !== undefined && isDeepStrictEqual(value, approved)) return [];
  const allowed = PROVIDER_ARGUMENTS.get(name);
  if (allowed === undefined) return [`It configures the provider ${name}; only ${KNOWN_PROVIDERS} may run.`];
  return (Array.isArray(value) ? value : [value]).flatMap((settings) =>
    Object.keys(body(settings))
      .filter((argument) => !allowed.has(argument))
      .map((argument) => `The provider ${name} has the argument ${argument}, which the main branch does not have.`),
  );
}

function resourceProblems(type: string, value: unknown): string[] {
  const provider = type.split("_", 1)[0] ?? "";
  // terraform_data is built in; it does nothing by itself.
  const foreign = !PROVIDERS.has(provider) && type !== "terraform_data";
  return [
    ...(foreign ? [`${type} is of another provider; only ${KNOWN_PROVIDERS} may run.`] : []),
    ...Object.values(body(value)).flatMap((block) => commandProblems(block, type)),
  ];
}

/** Provisioners run commands on the server. */
function commandProblems(block: unknown, where: string): string[] {
  return Object.keys(body(block))
    .filter((name) => name === "provisioner" || name === "connection")
    .map((name) => `${where} has a ${name}, which would run commands on the server.`);
}

/** Where a list stands for blocks, which JSON syntax takes as well: what is looked at here are objects. */
function listsOfBlocks(config: Body): string[] {
  const settings = body(config.terraform);
  const places: [string, unknown][] = [
    ...["terraform", "provider", "resource", "data"].map((name): [string, unknown] => [name, config[name]]),
    ...["backend", "required_providers"].map((name): [string, unknown] => [`terraform.${name}`, settings[name]]),
    ...entriesOf(settings.backend),
    ...["resource", "data"].flatMap((kind) =>
      entriesOf(config[kind]).flatMap(([type, blocks]): [string, unknown][] => [
        [`${kind}.${type}`, blocks],
        ...entriesOf(blocks).map(([name, block]): [string, unknown] => [`${kind}.${type}.${name}`, block]),
      ]),
    ),
  ];
  return places.flatMap(([name, value]) => (Array.isArray(value) ? [name] : []));
}
