import { readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import type { StateBucketSettings } from "../../settings/project";
import { deployReviewed } from "../deploy/deploy";
import type { Deployment } from "../deploy/deployment";
import { Failure } from "../failure";
import { note, print } from "../print";
import { withSynthesizedStack } from "../stack";
import type { Terraform } from "../terraform";
import { LOCAL_BACKEND } from "./bootstrap-files";
import { StateBucket } from "./bucket";
import { requireMovedState } from "./guard";
import { stateKey } from "./keys";
import { readState } from "./versions";

const ADOPTION = "bootstrap_import.tf.json";
/** Folder of the local state, beside the synthesized JSON. */
const LOCAL_STATE = "bootstrap.tfstate.d";

/**
 * Makes a state bucket with local state, then moves that state into the bucket. Whatever an earlier run left half done is
 * finished; a bucket that is complete is left as it is.
 */
export function bootstrap(project: string, state: StateBucketSettings, deployment: Deployment): Promise<void> {
  return withSynthesizedStack(state.stack, "bootstrap", async (terraform) => {
    const bucket = await StateBucket.of(state);
    const file = (name: string) => path.join(terraform.folder, name);
    const localState = file(path.join(LOCAL_STATE, state.stack, "terraform.tfstate"));
    const exists = await bucket.exists();
    if (exists) await requireMovedState(bucket, project, state.stack);
    const remote = exists ? await readState(bucket, stateKey(project, state.stack)) : undefined;
    const local = await readLocalState(localState);
    const maker = exists && !remote && !local ? await bucket.tag("project") : undefined;
    if (maker !== undefined && maker !== project) {
      print(
        `The bucket ${state.bucket} is that of the project ${maker}: ${project} keeps its states in it, and changes nothing of it.`,
      );
      return;
    }

    if (!remote || local) {
      if (remote && local) refuseForeignState(local, remote.lineage, localState, state);
      await overrides(terraform, { adopt: exists && !local?.hasBucket ? state.bucket : undefined });
      note(`Making the bucket ${state.bucket}, with local state at first …`);
      await terraform.init();
      await terraform.selectWorkspace();
      await deployReviewed(terraform, deployment);

      for (const name of [LOCAL_BACKEND, ADOPTION]) await rm(file(name), { force: true });
      note("Moving its state into it …");
      await terraform.migrate();
      await terraform.selectWorkspace();
      const { code } = await terraform.run(["plan", "-input=false", "-detailed-exitcode"]);
      if (code !== 0) throw new Failure("The state was moved, but something is still to be changed: run this again.");
      await rm(file(LOCAL_STATE), { recursive: true, force: true });
    } else {
      note(`The bucket ${state.bucket} is there, with its own state in it.`);
      await terraform.prepare();
      await deployReviewed(terraform, deployment);
    }
    print(`The state bucket ${state.bucket} is ready.`);
  });
}

async function overrides({ folder }: Terraform, { adopt }: { adopt: string | undefined }): Promise<void> {
  const local = { path: "bootstrap.tfstate", workspace_dir: LOCAL_STATE };
  await writeFile(path.join(folder, LOCAL_BACKEND), JSON.stringify({ terraform: { backend: { local } } }));
  if (adopt === undefined) return;
  // A bucket that no state knows of: made by a run whose local state was lost. What is set on it can be set again.
  note(`The bucket ${adopt} is there already, but in no state: taking it over.`);
  const adoption = { import: [{ to: "aws_s3_bucket.state_bucket", id: adopt }] };
  await writeFile(path.join(folder, ADOPTION), JSON.stringify(adoption));
}

/** What an earlier run left behind. */
interface LocalState {
  readonly lineage: string;
  readonly hasBucket: boolean;
}

/**
 * The local state; undefined where there is none, or half of one: Terraform writes it in place, so a run that is killed can
 * leave a file that no run can go on with. All that it knew of can be taken over or set again.
 */
async function readLocalState(file: string): Promise<LocalState | undefined> {
  try {
    const { lineage, resources = [] } = JSON.parse(await readFile(file, "utf8")) as {
      lineage: string;
      resources?: ReadonlyArray<{ type: string; instances: readonly unknown[] }>;
    };
    const hasBucket = resources.some(({ type, instances }) => type === "aws_s3_bucket" && instances.length > 0);
    return { lineage, hasBucket };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    if (!(error instanceof SyntaxError)) throw error;
    note(`${file} broke off when a run was killed: going on without it.`);
    await rm(file);
    return undefined;
  }
}

/** Two operators can bootstrap at the same moment: the second must not write over the state of the first. */
function refuseForeignState(
  local: LocalState,
  remoteLineage: string,
  localState: string,
  { bucket }: StateBucketSettings,
): void {
  if (local.lineage === remoteLineage) return;
  throw new Failure(
    `The state in ${bucket} was made by another run (lineage ${remoteLineage}) than the one that was begun here` +
      ` (lineage ${local.lineage}). If that other one is right, delete ${path.dirname(path.dirname(localState))} and run this again.`,
  );
}
