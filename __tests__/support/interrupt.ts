import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import type { HoldingProxy } from "./holding-proxy";
import { emulated, type ProjectCopy } from "./project-copy";

export interface Interruption {
  readonly copy: ProjectCopy;
  readonly proxy: HoldingProxy;
  /** Folder of temporary files. */
  readonly tmp: string;
  readonly command: readonly string[];
  /** The request to AWS that is not answered: the middle of the command. */
  readonly at: RegExp;
  /** Whether AWS has carried out the request, so that only the response is missing. */
  readonly done?: true;
  /** How it is interrupted. */
  readonly by: NodeJS.Signals | ((child: ChildProcessWithoutNullStreams) => void);
  /** What runs the command. @default Node.js, without npm */
  readonly through?: readonly [string, ...string[]];
  /** What is typed once the command asks. */
  readonly types?: string;
}

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command in a pseudo-terminal: what is written to its standard input is typed there. */
export const IN_A_TERMINAL = [
  "python3",
  "-c",
  "import os, pty, sys; sys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:])))",
] as const;

/** Runs a command and interrupts it while it waits for a response of AWS. Returns how it ended. */
export async function interrupted(interruption: Interruption): Promise<Ended> {
  const { copy, proxy, tmp, command, at, by, types, done: answers = false } = interruption;
  const [program, ...args] = interruption.through ?? [process.execPath, "cli/run.mjs", "cli/main.ts"];
  const held = proxy.hold(at, { answers });
  const child = spawn(program, [...args, ...command], {
    cwd: copy.folder,
    env: { ...emulated(proxy.url), TMPDIR: tmp },
  });
  let [stdout, stderr, typed] = ["", "", false];
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
    if (types === undefined || typed || !stdout.includes('Only "yes" is a yes')) return;
    typed = true;
    child.stdin.write(types);
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  const ended = new Promise<Ended>((resolve) => child.once("close", (code) => resolve({ code, stdout, stderr })));
  const first = await Promise.race([held, ended]);
  if (typeof first !== "string") throw new Error(`It ended before ${at}:\n${stdout}${stderr}`);
  if (typeof by === "string") child.kill(by);
  else by(child);
  // Terraform stops its providers, which give up what they wait for.
  const end = await ended;
  proxy.release();
  return end;
}
