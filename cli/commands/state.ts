import type { Command } from "commander";
import { STACK } from "../options";
import { print } from "../print";

interface RestoreOptions {
  readonly version?: string;
  readonly apply?: true;
}

interface MoveOptions {
  readonly unlock?: string;
  readonly apply?: true;
}

export function register(program: Command): void {
  const group = program
    .command("state")
    .description("where a Terraform state is, its earlier versions, and how to have one back");

  group
    .command("versions")
    .description("list every version of the state that the bucket still has, newest first")
    .argument("<environment>", STACK)
    .option("--json", "as JSON")
    .action(async (name: string, { json }: { json?: true }) => {
      const { withAwsErrors } = await import("../aws");
      const { history } = await import("../state/restore");
      const { versionsTable } = await import("../state/table");
      await withAwsErrors(async () => {
        const found = await history(name);
        print(json ? JSON.stringify(found.versions, null, 2) : versionsTable(name, found));
      });
    });

  group
    .command("restore")
    .description("make an earlier version of the state the current one")
    .argument("<environment>", STACK)
    .option("--version <id>", "which, as `state versions` names it (default: the last one that was lost)")
    .option("--apply", "write; without it this only says what would be written")
    .action(async (name: string, { version, apply }: RestoreOptions) => {
      const { withAwsErrors } = await import("../aws");
      const { restore } = await import("../state/restore");
      await withAwsErrors(() => restore(name, version, apply === true));
    });

  group
    .command("move")
    .description("move a state of an earlier version of this project to the key that has the project in it")
    .argument("<environment>", STACK)
    .option("--unlock <id>", "take over this lock; make sure first that the run which holds it is dead")
    .option("--apply", "move it; without it this only says what would be moved")
    .action(async (name: string, { apply, unlock }: MoveOptions) => {
      const { withAwsErrors } = await import("../aws");
      const { moveState } = await import("../state/move");
      await withAwsErrors(() => moveState(name, { apply: apply === true, unlock }));
    });
}
