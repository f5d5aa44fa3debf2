import { spawn } from "node:child_process";
import { HoldingProxy } from "./holding-proxy";
import { killTree } from "./process-tree";
import { emulated, type ProjectCopy } from "./project-copy";

/** Terraform's words where it begins to change something. */
const BEGINS = /: (Creating|Destroying|Importing)\.\.\./;

/** The request that writes a state, and not its lock. */
const WRITES_STATE = /^PUT .*\.tfstate(\?|$)/;

/**
 * Starts a command of the project and kills it with its children once its output matches.
 *
 * The state is as it was before the command, and locked, however late the kill comes: Terraform writes it at the end only (by
 * itself it would also do so every 20 seconds), and that request is not answered.
 */
export async function killAt(moment: RegExp, copy: ProjectCopy, ...command: string[]): Promise<void> {
  const proxy = await HoldingProxy.start(process.env.E2E_ENDPOINT ?? "");
  const child = spawn(process.execPath, ["cli/run.mjs", "cli/main.ts", ...command], {
    cwd: copy.folder,
    env: { ...emulated(proxy.url), TF_STATE_PERSIST_INTERVAL: "3600" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let [output, killed, began] = ["", false, false];
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      output += text;
      if (!began && BEGINS.test(output)) {
        began = true;
        void proxy.hold(WRITES_STATE);
      }
      if (killed || !moment.test(output) || child.pid === undefined) return;
      killed = true;
      killTree(child.pid);
    });
  }
  await new Promise((resolve) => child.once("close", resolve));
  await proxy.stop();
  if (!killed) throw new Error(`it ended before ${moment}:\n${output}`);
}
