import { writeFile } from "node:fs/promises";
import path from "node:path";
import { inTemporaryFolder } from "../cleanup";
import { Failure } from "../failure";
import { note, print } from "../print";
import { currentProject, requireStack, stateOf } from "../project";
import { withStack } from "../stack";
import { StateBucket } from "./bucket";
import { legacyKey, stateKey } from "./keys";
import { projectsOf, type State } from "./state";
import { describeVersion } from "./table";
import { type History, readState, type StateVersion, stateVersions } from "./versions";

export async function history(name: string): Promise<History> {
  const project = currentProject();
  requireStack(project, name);
  const bucket = await StateBucket.of(stateOf(project, name));
  const key = stateKey(project.name, name);
  // Versions from before the project became a part of the key, which can be those of any project.
  const ours = (state: State) => projectsOf(state, project.name).join() === project.name;
  const [own, legacy, current] = await Promise.all([
    stateVersions(bucket, key),
    stateVersions(bucket, legacyKey(name), ours),
    readState(bucket, key),
  ]);
  const versions = [...own, ...legacy].sort((a, b) => b.modified.getTime() - a.modified.getTime());
  // The newest object can be a delete marker, which is no version.
  return { bucket: bucket.name, versions, current: current && own.find(({ isLatest }) => isLatest) };
}

/**
 * The version to go back to where none is named: the last one with resources in it, by lineage and serial. "The newest
 * object" would not do: after a state was lost, Terraform writes an empty one of a new lineage as soon as it is asked for a plan.
 */
export function lastLost({ versions, current }: Pick<History, "versions" | "current">): StateVersion | undefined {
  if (current !== undefined && current.resources > 0) return undefined;
  const [newest] = versions.filter(({ resources }) => resources > 0);
  return versions
    .filter(({ lineage, resources }) => lineage === newest?.lineage && resources > 0)
    .sort((a, b) => b.serial - a.serial)[0];
}

/** Makes a version of the state the current one, through Terraform's own lock, and says what the next plan then finds. */
export async function restore(name: string, versionId: string | undefined, apply: boolean): Promise<void> {
  const found = await history(name);
  const chosen = choose(name, found, versionId);
  print(`Current:  ${found.current ? describeVersion(found.current) : "none, or one that was deleted or emptied"}`);
  print(`Restored: ${describeVersion(chosen)}`);
  if (!apply) {
    print("Nothing was written: add --apply to restore it.");
    return;
  }
  await withStack(name, "state restore", async (terraform) => {
    const project = currentProject();
    const bucket = await StateBucket.of(stateOf(project, name));
    const stored = await bucket.read(chosen.key, chosen.versionId);
    if (!stored) throw new Failure(`Version ${chosen.versionId} of the state of ${name} is no longer there.`);
    const state = JSON.parse(stored.text) as { serial: number };
    // Counted on from the highest there was: two different states of one lineage and serial could not be told apart.
    state.serial = Math.max(...found.versions.filter((v) => v.lineage === chosen.lineage).map((v) => v.serial)) + 1;
    await inTemporaryFolder("restore", async (folder) => {
      const file = path.join(folder, "terraform.tfstate");
      await writeFile(file, JSON.stringify(state, null, 2), { mode: 0o600 });
      // Terraform refuses another lineage, or an older serial, than it has: that is what a restoration is.
      await terraform.capture(["state", "push", "-force", file]);
    });
    print(`The state of ${name} has ${chosen.resources} resources again (serial ${state.serial}).`);
    note("Looking for what differs from it …");
    const code = await terraform.show(["plan", "-input=false", "-detailed-exitcode"]);
    if (code === 2)
      print(`Read this plan before you deploy: it is what happened since ${chosen.modified.toISOString()}.`);
  });
}

function choose(name: string, found: History, versionId: string | undefined): StateVersion {
  if (found.versions.length === 0) {
    throw new Failure(`The bucket ${found.bucket} has no version of a state of ${name}.`);
  }
  const list = `\`npm run state -- versions ${name}\` lists them`;
  if (versionId !== undefined) {
    const named = found.versions.find((version) => version.versionId === versionId);
    if (!named)
      throw new Failure(`There is no version ${JSON.stringify(versionId)} of the state of ${name}: ${list}.`, 64);
    if (named.isLatest && found.current) throw new Failure(`Version ${versionId} is the current one.`, 64);
    return named;
  }
  const lost = lastLost(found);
  if (lost) return lost;
  throw new Failure(
    `The current state of ${name} was not lost (${found.current?.resources ?? 0} resources): say which version is to` +
      ` replace it with --version <id>; ${list}.`,
    64,
  );
}
