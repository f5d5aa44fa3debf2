import { randomBytes } from "node:crypto";
import { decisions } from "../../cli/adopt/decisions";
import { type Adoption, adoptionOf } from "../../cli/adopt/plan";
import { readPool } from "../../cli/adopt/read-aws";
import { poolInState } from "../../cli/adopt/read-state";
import { cognitoClient } from "../../cli/clients";
import type { EnvironmentSettings } from "../../settings/schema";
import { type ForeignPool, literal, poolsDrawn, poolsOfExamples, poolsOfPeers } from "../support/foreign-pools";
import { emulated } from "../support/project-copy";
import type { Block } from "../support/stack";
import { synthesized } from "../support/synth";
import { Configuration } from "./support/configuration";
import { describeE2e, story } from "./support/describe-e2e";
import { makeRole } from "./support/iam";

const suffix = randomBytes(4).toString("hex");
const PLACE = { project: "one-account", environment: "dev" };
const POOL = "aws_cognito_user_pool";
const DRAWN = Number(process.env.SETTINGS_DRAWN ?? 2);
const SEED = Number(process.env.SETTINGS_SEED ?? 1);

/** Which of them, by their titles: `npm run test:adopt` takes all. */
const ADOPTED = new RegExp(process.env.ADOPTED ?? "lgallard|Triggers|Providers|examples/(?:full|mobile), prod|drawn");
const every = [...poolsOfPeers(), ...poolsOfExamples(), ...poolsDrawn(SEED, DRAWN)];
const pools = every.filter(([title]) => ADOPTED.test(title));
const modules = Object.fromEntries(pools.map(([, pool], index) => [`pool_${index}`, { resource: alone(pool, index) }]));
const titles = new Map(pools.map(([title], index) => [`pool_${index}`, title]));

/** The names of the groups' roles: the emulator looks for them. */
const roles = new Set(JSON.stringify(modules).match(/(?<="role_arn":"arn:aws:iam::\d{12}:role\/)[^"]+/g));

/** A pool whose name and domains no other one has. */
function alone(pool: ForeignPool, index: number): ForeignPool {
  const changed = (type: string, block: Block): Block => {
    if (type === POOL)
      return { ...block, name: `${index} ${suffix} ${block.name}`.replace(/[^\w ]/g, "-").slice(0, 128) };
    if (type !== "aws_cognito_user_pool_domain") return block;
    return { ...block, domain: `p${index}-${suffix}${block.certificate_arn ? ".example.com" : ""}` };
  };
  return Object.fromEntries(
    Object.entries(pool).map(([type, blocks]) => [
      type,
      Object.fromEntries(Object.entries(blocks).map(([name, block]) => [name, changed(type, block)])),
    ]),
  );
}

/** What this project makes of adopted settings, of Cognito: the rest is made new, and is deployed by other tests. */
function adoptedModule(
  name: string,
  settings: object,
): { readonly content: object; readonly imports: readonly Block[] } {
  const project = `adopt-${suffix}-${name.replace("_", "-")}`;
  const { dev } = synthesized({ project, region: "eu-west-1", environments: { dev: settings as EnvironmentSettings } });
  if (!dev) throw new Error("not synthesized");
  const cognito = Object.entries(dev.resource).filter(([type]) => type.startsWith("aws_cognito_"));
  const imports = (dev.import ?? []).map(({ to, id }) => ({ to: `module.${name}.${to}`, id }));
  return { content: { resource: literal(Object.fromEntries(cognito), "000000000000") as object }, imports };
}

function configurationOf(all: ReadonlyMap<string, Adoption>): Promise<Configuration> {
  const made = [...all].map(([name, { settings }]) => [name, adoptedModule(name, settings)] as const);
  const contents = Object.fromEntries(made.map(([name, { content }]) => [name, content]));
  return Configuration.make(contents, { import: made.flatMap(([, { imports }]) => imports) });
}

/** What a report says: the addresses that are imported, and the arguments that change. */
function expectSaid(plan: Block, all: ReadonlyMap<string, Adoption>): void {
  const { lost, imported, changed } = changesIn(plan);
  expect(lost).toEqual([]);
  const addresses = [...all].flatMap(([name, each]) =>
    Object.keys(importsOf(each)).map((to) => `module.${name}.${to}`),
  );
  expect(imported.sort()).toEqual(addresses.sort());
  const said = [...all].map(([name, adoption]) => {
    const names = Object.keys(adoption.changed[`${POOL}.user_pool`] ?? {});
    return [`module.${name}.${POOL}.user_pool`, [...names, "lambda_config"].sort()] as const;
  });
  expect(changed).toEqual(Object.fromEntries(said));
}

function importsOf({ settings }: Adoption): Readonly<Record<string, string>> {
  return (settings as EnvironmentSettings).adopted?.imports ?? {};
}

/** What a plan does to resources that are there: arguments that change by address, and addresses that are lost. */
function changesIn(plan: Block) {
  const changes = plan.resource_changes as readonly Block[];
  const managed = changes.filter(({ mode }) => mode === "managed");
  return {
    lost: managed.filter(({ change }) => change.actions.includes("delete")).map(({ address }) => address),
    imported: managed.filter(({ change }) => change.importing).map(({ address }) => address),
    changed: Object.fromEntries(
      managed
        .filter(({ change }) => change.actions.join() === "update")
        .map(({ address, change }) => [address, differing(change.before, change.after)] as const)
        .filter(([, names]) => names.length > 0),
    ),
  };
}

function differing(before: Block, after: Block): string[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((name) => name !== "tags_all");
  const isSame = (name: string) => JSON.stringify(before[name]) === JSON.stringify(after[name]);
  return names.filter((name) => !isSame(name)).sort();
}

/*
 * Of Cognito, as another module would have made them: what this project makes beside a pool is made new, and is deployed by other tests. One run of Terraform
 * serves all pools, so that the next one takes no longer.
 */
describeE2e("pools of the examples of other modules, and of this project's", () => {
  const step = story();
  const adoptions = new Map<string, Adoption>();
  const fromStates = new Map<string, Adoption>();
  let foreign: Configuration;
  let own: Configuration;
  const before = { ...process.env };
  beforeAll(() => Object.assign(process.env, emulated()));
  afterAll(async () => {
    process.env = before;
    await foreign?.remove();
    await own?.remove();
  });

  step(`${pools.length} are there`, async () => {
    for (const role of roles) await makeRole(role, { trusts: "*", externalId: "none", actions: [], resource: "*" });
    foreign = await Configuration.make(modules);
    await foreign.terraform("apply", "-input=false", "-auto-approve");
  });

  step("are read from AWS, and from the state of their module: both import the same", async () => {
    const state = await foreign.terraform("show", "-json");
    const { child_modules } = JSON.parse(state).values.root_module as { child_modules: readonly Block[] };
    for (const { address, resources } of child_modules) {
      const name = String(address).replace("module.", "");
      const id = (resources as readonly Block[]).find(({ type }) => type === POOL)?.values.id;
      const inState = poolInState(state, "state.json", id);
      const adoption = await adoptionOf(await readPool(cognitoClient("eu-west-1"), id), PLACE);
      const fromState = await adoptionOf(inState, PLACE);
      adoptions.set(name, adoption);
      // A state that leaves constraints of attributes out is not enough, which the command says.
      const isEnough = decisions(inState, fromState, PLACE).every((text) => !text.includes("constraints"));
      if (isEnough) fromStates.set(name, fromState);
      expect([titles.get(name), importsOf(fromState)]).toEqual([titles.get(name), importsOf(adoption)]);
    }
    expect(adoptions.size).toBe(pools.length);
    expect(fromStates.size).toBeGreaterThan(pools.length / 2);
  });

  step("what their state says is enough for a plan that destroys and replaces nothing", async () => {
    const planned = await configurationOf(fromStates);
    try {
      expectSaid(await planned.plan(), fromStates);
    } finally {
      await planned.remove();
    }
  });

  step("are imported by a plan that destroys and replaces nothing, and changes what was said", async () => {
    own = await configurationOf(adoptions);
    expectSaid(await own.plan(), adoptions);
  });

  step("are deployed, and a second plan says no changes", async () => {
    await own.terraform("apply", "-input=false", "tfplan");
    expect(await own.terraform("plan", "-input=false", "-detailed-exitcode")).toContain("No changes.");
  });
});
