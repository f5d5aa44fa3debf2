import { rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { cognitoClient } from "../clients";
import { deployReviewed } from "../deploy/deploy";
import { Failure } from "../failure";
import type { Approvals } from "../options";
import { note, print } from "../print";
import { currentProject, requireStack, stateOf } from "../project";
import { withStack } from "../stack";
import { stateLock } from "../state/lock";
import { s3Client, stateKey } from "../state/versions";
import type { Terraform } from "../terraform";
import { importId, type Values } from "./import-ids";
import { choosePool, clientNamed, hasDomain, poolsNamed } from "./orphans";

export interface RecoverOptions {
  /** Id of the lock to release. */
  readonly unlock: string | undefined;
  /** Id of the user pool to take back. */
  readonly pool: string | undefined;
  readonly approvals: Approvals;
}

/** Terraform reads this file beside the synthesized JSON: `import` blocks for what is there, but not in the state. */
const IMPORTS = "recovery.tf.json";

/**
 * Finishes a deployment that was killed. Terraform notes in the state what it made only now and then, so that whatever a
 * killed run made may be in no state: it is imported, and the rest is made, in one plan.
 */
export async function recover(name: string, { unlock, pool, approvals }: RecoverOptions): Promise<void> {
  const project = currentProject();
  requireStack(project, name);
  const { bucket, region } = stateOf(project, name);
  const lock = await stateLock(s3Client(region), bucket, stateKey(project.name, name));
  if (lock && unlock === undefined) {
    throw new Failure(
      `${lock.Who} has held the lock on ${name} since ${lock.Created} (${lock.Operation}, lock ${lock.ID}).` +
        ` If that run is dead: \`npm run recover -- ${name} --unlock ${lock.ID}\`. If it may be alive, wait.`,
    );
  }
  await withStack(name, "recover", async (terraform) => {
    if (lock && unlock !== undefined) {
      await terraform.capture(["force-unlock", "-force", unlock]);
      print(`The lock ${unlock} is released.`);
    }
    const environment = project.environments.find((candidate) => candidate.name === name);
    if (!environment) {
      print(`Now run \`npm run bootstrap -- ${name}\`: it finishes what is half done.`);
      return;
    }
    await takeBack(terraform, cognitoClient(environment.region), pool, approvals);
  });
}

async function takeBack(
  terraform: Terraform,
  cognito: ReturnType<typeof cognitoClient>,
  askedPool: string | undefined,
  approvals: Approvals,
): Promise<void> {
  note("Looking for what is there, but not in the state …");
  const candidates = await importable(await plannedCreations(terraform), cognito, askedPool);
  const file = path.join(terraform.folder, IMPORTS);
  try {
    const found = await withoutMissing(terraform, file, candidates);
    for (const [address, id] of found) print(`There already: ${address} (${id})`);
    if (found.size === 0) print("Nothing of what is to be made is there already.");
    await deployReviewed(terraform, { command: `npm run recover -- ${terraform.stack}`, ...approvals });
  } finally {
    await rm(file, { force: true });
  }
}

interface Creation {
  readonly address: string;
  readonly type: string;
  readonly values: Values;
}

async function plannedCreations(terraform: Terraform): Promise<{ creations: Creation[]; poolId: string | undefined }> {
  const file = path.resolve(terraform.folder, "recovery.tfplan");
  try {
    await terraform.capture(["plan", "-input=false", `-out=${file}`]);
    const { resource_changes = [] } = (await terraform.showJson(file)) as {
      resource_changes?: ReadonlyArray<{
        readonly address: string;
        readonly type: string;
        readonly mode: string;
        readonly change: {
          readonly actions: readonly string[];
          readonly before: Values | null;
          readonly after: Values;
        };
      }>;
    };
    const pool = resource_changes.find(({ type }) => type === "aws_cognito_user_pool")?.change.before;
    return {
      creations: resource_changes
        .filter(({ mode, change }) => mode === "managed" && change.actions.join() === "create")
        .map(({ address, type, change }) => ({ address, type, values: change.after })),
      poolId: pool ? String(pool.id) : undefined,
    };
  } finally {
    await rm(file, { force: true });
  }
}

/** Address → import id of everything that is to be made and may be there already. */
async function importable(
  { creations, poolId }: Awaited<ReturnType<typeof plannedCreations>>,
  cognito: ReturnType<typeof cognitoClient>,
  askedPool: string | undefined,
): Promise<Map<string, string>> {
  const of = (type: string) => creations.find((creation) => creation.type === type);
  const ids = new Map<string, string>();
  const add = (creation: Creation | undefined, id: string | undefined) =>
    creation && id && ids.set(creation.address, id);

  for (const creation of creations) add(creation, importId(creation.type, creation.values));

  const newPool = of("aws_cognito_user_pool");
  const name = String(newPool?.values.name);
  const pool = newPool ? choosePool(await poolsNamed(cognito, name), askedPool, name) : poolId;
  add(newPool, pool);
  const client = of("aws_cognito_user_pool_client");
  if (client && pool) add(client, await clientNamed(cognito, pool, String(client.values.name)));
  const domain = of("aws_cognito_user_pool_domain");
  const prefix = String(domain?.values.domain);
  if (domain && (await hasDomain(cognito, prefix, pool))) add(domain, prefix);
  return ids;
}

/** Writes the import blocks; whatever the provider then finds missing is left out. */
async function withoutMissing(
  terraform: Terraform,
  file: string,
  candidates: ReadonlyMap<string, string>,
): Promise<Map<string, string>> {
  const left = new Map(candidates);
  while (left.size > 0) {
    await writeFile(file, JSON.stringify({ import: [...left].map(([to, id]) => ({ to, id })) }));
    const { code, stdout } = await terraform.run(["plan", "-input=false", "-json"]);
    if (code === 0) return left;
    const errors = diagnostics(stdout);
    const missing = [...left.keys()].filter((address) =>
      errors.some((error) => error.match(/\w+\.\w+/g)?.includes(address)),
    );
    if (missing.length === 0) throw new Failure(`terraform plan failed:\n${errors.join("\n")}`);
    for (const address of missing) left.delete(address);
  }
  await rm(file, { force: true });
  return left;
}

/** The errors of `terraform … -json`, each with the address that it is about. */
function diagnostics(output: string): string[] {
  return output.split("\n").flatMap((line) => {
    if (!line.startsWith("{")) return [];
    const { diagnostic } = JSON.parse(line) as {
      diagnostic?: { severity: string; summary: string; detail?: string; address?: string };
    };
    if (diagnostic?.severity !== "error") return [];
    return [`${diagnostic.address ?? ""} ${diagnostic.summary}: ${diagnostic.detail ?? ""}`];
  });
}
