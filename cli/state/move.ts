import { Failure } from "../failure";
import { note, print } from "../print";
import { currentProject, requireStack, stateOf } from "../project";
import { withSynthesizedStack } from "../stack";
import type { Terraform } from "../terraform";
import { StateBucket } from "./bucket";
import { legacyKey, stateKey } from "./keys";
import { withLock } from "./lock";
import { parseState, projectsOf, resourceCount, type State } from "./state";

export interface MoveOptions {
  readonly apply: boolean;
  /** Id of a lock that a dead run has left on either key. */
  readonly unlock: string | undefined;
}

/** What is to be done about a state at the legacy key. */
type Step = "copy" | "delete" | "nothing";

interface Stored {
  readonly text: string;
  readonly etag: string | undefined;
  readonly state: State | undefined;
}

/**
 * Moves a stack's state from the key that it had before the project was a part of it. It is copied, read again, planned
 * with, and only then deleted at its old key: whatever a killed run has left is finished by the next one.
 */
export async function moveState(stack: string, { apply, unlock }: MoveOptions): Promise<void> {
  const project = currentProject();
  requireStack(project, stack);
  const bucket = await StateBucket.of(stateOf(project, stack));
  const [from, to] = [legacyKey(stack), stateKey(project.name, stack)];
  const decide = async () => {
    const [legacy, present] = await Promise.all([stored(bucket, from), stored(bucket, to)]);
    return { legacy, present, step: nextStep(stack, project.name, legacy, present) };
  };

  const { legacy, step } = await decide();
  if (step === "nothing") {
    print(`There is no state of ${stack} at ${from} in ${bucket.name}: nothing is to be moved.`);
    return;
  }
  print(`${step === "copy" ? "To be moved" : "Moved already, and still to be deleted"}: ${described(legacy?.state)}`);
  print(`From ${from}\nTo   ${to}`);
  if (!apply) {
    print("Nothing was written: add --apply to move it.");
    return;
  }
  const lock = {
    operation: "state move",
    unlock,
    advice: (id: string) => `\`npm run state -- move ${stack} --apply --unlock ${id}\``,
  };
  await withSynthesizedStack(stack, "state move", (terraform) =>
    withLock(bucket, from, lock, () =>
      withLock(bucket, to, lock, async () => {
        // What was decided without the locks may have changed since.
        const { legacy, present, step } = await decide();
        if (step === "nothing" || !legacy) return;
        if (step === "copy") await copy(bucket, to, legacy, present);
        print("It is at both keys.");
        await verify(terraform);
        const kept = await bucket.remove(from);
        print(`The state of ${stack} is at ${to} now.`);
        print(
          kept
            ? `Its earlier versions stay restorable: \`npm run state -- versions ${stack}\` lists them.`
            : `${bucket.name} keeps no versions, so nothing is left at ${from}.`,
        );
      }),
    ),
  );
}

async function stored(bucket: StateBucket, key: string): Promise<Stored | undefined> {
  const found = await bucket.read(key);
  return found && { ...found, state: parseState(found.text) };
}

/** What has to be done, by what is at both keys. Throws a {@link Failure} where neither can be given up. */
export function nextStep(
  stack: string,
  project: string,
  legacy: Stored | undefined,
  present: Stored | undefined,
): Step {
  if (resourceCount(legacy?.state) === 0) return "nothing";
  const owners = projectsOf(legacy?.state, project);
  if (owners.join() !== project) {
    throw new Failure(
      owners.length === 0
        ? `Of no resource in ${legacyKey(stack)} it can be told which project it belongs to: it was not moved.`
        : `The state at ${legacyKey(stack)} is that of the project ${owners.filter((name) => name !== project).join(", ")},` +
            ` not of ${project}: it was not moved.`,
    );
  }
  if (resourceCount(present?.state) === 0) return "copy";
  const [old, now] = [legacy?.state, present?.state];
  const isCopied =
    old?.lineage === now?.lineage &&
    ((now?.serial ?? 0) > (old?.serial ?? 0) || (now?.serial === old?.serial && present?.text === legacy?.text));
  if (isCopied) return "delete";
  throw new Failure(
    `There are two states of ${stack}, and neither goes on where the other ended: ${described(old)} at ${legacyKey(stack)},` +
      ` and ${described(now)} at ${stateKey(project, stack)}. Find out which one is right, and delete the other one` +
      " in the bucket (its versions stay).",
  );
}

async function copy(bucket: StateBucket, to: string, legacy: Stored, present: Stored | undefined): Promise<void> {
  const isWritten = await bucket.write(to, legacy.text, { replaces: present?.etag });
  // Read again: what is deleted afterwards has to be there, byte by byte.
  const copied = isWritten ? await bucket.read(to) : undefined;
  if (copied?.text !== legacy.text) {
    throw new Failure(`The copy at ${to} is not what was written: nothing was deleted. Run this again.`);
  }
}

/** Terraform reads the moved state, and says what it would do with it. */
async function verify(terraform: Terraform): Promise<void> {
  note("Planning with the moved state …");
  await terraform.prepare();
  // The lock is this command's.
  const output = await terraform.capture(["plan", "-input=false", "-lock=false", "-json"]);
  const changes = output.split("\n").flatMap(plannedChange);
  const losses = changes.filter(({ action }) => action === "delete" || action === "replace");
  for (const { address, action } of losses) print(`To ${action}: ${address}`);
  print(
    losses.length > 0
      ? "That is not for the move, but for what changed in the project since the last deployment: review the plan before you deploy."
      : `Terraform reads it: nothing is to be deleted or replaced, ${changes.length} to be changed otherwise.`,
  );
}

/** A line of `terraform plan -json`, where it says what is to be done. */
function plannedChange(line: string): Array<{ address: string; action: string }> {
  if (!line.startsWith("{")) return [];
  const { type, change } = JSON.parse(line) as {
    type: string;
    change?: { resource: { addr: string }; action: string };
  };
  return type === "planned_change" && change && change.action !== "noop"
    ? [{ address: change.resource.addr, action: change.action }]
    : [];
}

function described(state: State | undefined): string {
  return `lineage ${state?.lineage}, serial ${state?.serial}, ${resourceCount(state)} resources`;
}
