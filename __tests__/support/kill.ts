import { spawn } from "node:child_process";
import { killTree } from "./process-tree";
import { emulated, type ProjectCopy } from "./project-copy";

/** Starts a command of the project and kills it with its children once its output matches. */
export function killAt(moment: RegExp, copy: ProjectCopy, ...command: string[]): Promise<void> {
  const child = spawn(process.execPath, ["cli/run.mjs", "cli/main.ts", ...command], {
    cwd: copy.folder,
    env: emulated(),
    stdio: ["ignore", "pipe", "ignore"],
  });
  return new Promise((resolve, reject) => {
    let output = "";
    let killed = false;
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      output += text;
      if (killed || !moment.test(output) || child.pid === undefined) return;
      killed = true;
      killTree(child.pid);
    });
    child.once("close", () => (killed ? resolve() : reject(new Error(`it ended before ${moment}:\n${output}`))));
  });
}
