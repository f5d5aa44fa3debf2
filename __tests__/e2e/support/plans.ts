import { cp, mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { bundleFile } from "../../../lambda/functions";
import { loadProject } from "../../../settings/project";
import type { ProjectSettings } from "../../../settings/schema";
import { synthesize } from "../../../stacks/synthesize";
import { everyBundle } from "../../support/bundles";
import { type Finished, finished } from "../../support/command";
import type { Scenario, StateEntry } from "../../support/plans/scenario";
import { emulated, type ProjectCopy } from "../../support/project-copy";
import type { Block } from "../../support/stack";

/** Makes plans of scenarios, each in a folder of its own, starting from what is deployed in a copy of the project. */
export class Plans {
  constructor(
    private readonly copy: ProjectCopy,
    private readonly settings: ProjectSettings,
    /** Changes that every plan has, of each stack. */
    private readonly base: Readonly<Record<string, (document: Block) => void>> = {},
  ) {}

  /** Makes the plan of a scenario; answers its file and its JSON. */
  async make(scenario: Scenario): Promise<{ readonly file: string; readonly json: Block }> {
    const { stack = "prod", options = [] } = scenario;
    const folder = path.join(this.copy.folder, "plans", scenario.name);
    await cp(this.copy.stack(stack), folder, { recursive: true, verbatimSymlinks: true });
    if (scenario.settings) await this.synthesize(stack, scenario, folder);
    await change(path.join(folder, "cdk.tf.json"), (document: Block) => {
      this.base[stack]?.(document);
      scenario.edit?.(document);
    });
    for (const [name, content] of Object.entries(scenario.files ?? {})) {
      await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
      await writeFile(path.join(folder, name), content);
    }
    const state = path.join(folder, "states", stack, "terraform.tfstate");
    if (scenario.isImported) await this.importAll(folder, state);
    if (scenario.state) await change(state, editState(scenario.state));
    if (scenario.outputs === "none") {
      await change(state, (content) => {
        content.outputs = {};
      });
    }

    const file = path.join(folder, "tfplan");
    const planned = await run(folder, "plan", "-input=false", "-lock=false", `-out=${file}`, ...options);
    // A plan that ends with an error is saved as well.
    if (planned.code !== 0 && scenario.name !== "errored") throw new Error(`${scenario.name}: ${planned.stderr}`);
    const { code, stdout, stderr } = await run(folder, "show", "-json", file);
    if (code !== 0) throw new Error(stderr);
    return { file, json: JSON.parse(stdout) };
  }

  /** Makes a state forget everything, and the configuration import it. */
  private async importAll(folder: string, state: string): Promise<void> {
    const imports: Block[] = [];
    await change(
      state,
      editState((resources) => {
        for (const [address, { instances }] of Object.entries(resources)) {
          imports.push({ to: address, id: importId(address, instances[0]?.attributes ?? {}) });
          delete resources[address];
        }
      }),
    );
    await change(path.join(folder, "cdk.tf.json"), (document: Block) => {
      document.import = imports;
    });
  }

  private async synthesize(stack: string, { settings = {} }: Scenario, folder: string): Promise<void> {
    const { environments } = this.settings;
    const project = { ...this.settings, environments: { [stack]: { ...environments[stack], ...settings } } };
    const outdir = `${folder}.synth`;
    await mkdir(outdir);
    const preSignUp = path.join(this.copy.folder, bundleFile({ trigger: "preSignUp" }));
    synthesize(loadProject(project), { bundles: everyBundle(preSignUp) }, { outdir });
    await cp(path.join(outdir, "stacks", stack), folder, { recursive: true });
  }
}

/** What `terraform import` takes: the id, where the provider does not ask for something else. */
function importId(address: string, { id, user_pool_id, function_name, statement_id }: Block): string {
  if (address.startsWith("aws_cognito_user_pool_client.")) return `${user_pool_id}/${id}`;
  return address.startsWith("aws_lambda_permission.") ? `${function_name}/${statement_id}` : id;
}

function run(folder: string, ...args: string[]): Promise<Finished> {
  return finished("terraform", [`-chdir=${folder}`, ...args], { env: emulated() });
}

async function change(file: string, edit: (content: Block) => void): Promise<void> {
  const content = JSON.parse(await readFile(file, "utf8"));
  edit(content);
  await writeFile(file, JSON.stringify(content, null, 2));
}

interface State {
  serial: number;
  resources: Array<StateEntry & { type: string; name: string; mode: string }>;
}

function editState(edit: NonNullable<Scenario["state"]>): (state: Block) => void {
  return (state) => {
    const { resources } = state as unknown as State;
    const managed = resources.filter(({ mode }) => mode === "managed");
    const byAddress = Object.fromEntries(managed.map((entry) => [`${entry.type}.${entry.name}`, entry as StateEntry]));
    edit(byAddress);
    // A resource that the edit put in has the name that it was put in under.
    state.resources = Object.entries(byAddress).map(([address, entry]) => ({ ...entry, name: address.split(".")[1] }));
  };
}
