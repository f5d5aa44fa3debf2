import { readFile } from "node:fs/promises";
import path from "node:path";
import type { Project } from "../../settings/project";
import { bundleFunctions } from "../bundles";
import { inTemporaryFolder } from "../cleanup";
import { projectWith } from "../project";
import type { Kept } from "./differences";
import type { FoundPool } from "./existing";
import { type Place, settingsOf, type WrittenSettings } from "./settings-of";
import { type Blocks, type TakenOver, type Takeover, takeover } from "./taken-over";
import { trimmed } from "./trim";

/** Settings with which an environment manages a pool that exists. */
export interface Adoption extends Takeover {
  readonly settings: WrittenSettings;
  /** Why settings do not say some of what exists: it is kept as arguments. */
  readonly refused: readonly string[];
  /** Addresses of what the stack has beside that. */
  readonly made: readonly string[];
  /** Arguments that change, by address. */
  readonly changed: Readonly<Record<string, Kept>>;
}

/** Arguments that change on purpose: only an operator should be able to delete the pool. */
const CHANGED: readonly string[] = ["deletion_protection"];

/** What settings and arguments say of what exists, so that a plan changes as little as it can. */
export async function adoptionOf(existing: FoundPool, place: Place): Promise<Adoption> {
  const { environment } = place;
  const mapped = settingsOf(existing, place);
  const { settings: written, refused } = trimmed(
    { ...mapped.settings, deletionProtection: true, adopted: undefined },
    environment,
    (settings) => projectWith(environment, settings),
  );
  const project = projectWith(environment, written);
  const resources = await resourcesOf(project, environment);
  const { taken, left } = takeover(existing, mapped.constructs, resources);
  const imported = taken.map(({ address }) => address);
  const all = Object.entries(resources).flatMap(([type, blocks]) => Object.keys(blocks).map((id) => `${type}.${id}`));
  const withTags = taken.map((each) => withoutDefaultTags(each, project, environment));
  const split = withTags.map(({ keep, ...rest }) => {
    const entries = Object.entries(keep);
    const isChanged = ([argument]: [string, unknown]) => CHANGED.includes(argument);
    return {
      ...rest,
      keep: Object.fromEntries(entries.filter((entry) => !isChanged(entry))),
      changed: Object.fromEntries(entries.filter(isChanged)),
    };
  });
  const some = (of: (each: (typeof split)[number]) => Kept) =>
    Object.fromEntries(split.flatMap((each) => (Object.keys(of(each)).length > 0 ? [[each.address, of(each)]] : [])));
  const keep = literal(some((each) => each.keep));
  const adopted = {
    imports: Object.fromEntries(taken.map(({ address, existing }) => [address, existing.id])),
    ...(Object.keys(keep).length > 0 && { keep }),
  };
  const { adopted: _, ...rest } = written;
  const settings = { ...rest, adopted };
  // Addresses and arguments are checked as any other command checks them.
  await resourcesOf(projectWith(environment, settings), environment);
  return {
    settings,
    refused,
    taken: split,
    left,
    made: all.filter((address) => !imported.includes(address)),
    changed: some((each) => each.changed),
  };
}

/** Terraform replaces what stands in `${…}` and `%{…}` of any text. */
function literal<T>(value: T): T {
  return JSON.parse(JSON.stringify(value).replace(/([$%])\{/g, "$1$1{"));
}

/** Tags that the provider gives everything are no tags of the pool's own. */
function withoutDefaultTags(taken: TakenOver, project: Project, environment: string): TakenOver {
  const { tags, ...keep } = taken.keep;
  if (tags === undefined || tags === null) return taken;
  const { tags: defaults = {} } = project.environments.find(({ name }) => name === environment) ?? {};
  const all: Readonly<Record<string, string>> = { ...defaults, project: project.name, environment };
  const own = Object.entries(tags).filter(([key, value]) => all[key] !== value);
  return { ...taken, keep: own.length > 0 ? { ...keep, tags: Object.fromEntries(own) } : keep };
}

/** The resources of an environment's stack, as synthesized. */
async function resourcesOf(project: Project, name: string): Promise<Blocks> {
  const environments = project.environments.filter((environment) => environment.name === name);
  const one = { ...project, environments, stateBuckets: [] };
  await bundleFunctions(one);
  // cdktf is loaded here: most commands go without.
  const { synthesize } = await import("../../stacks/synthesize");
  return inTemporaryFolder("adopt", async (outdir) => {
    synthesize(one, {}, { outdir });
    return JSON.parse(await readFile(path.join(outdir, "stacks", name, "cdk.tf.json"), "utf8")).resource;
  });
}
