import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { ProjectCopy } from "../support/project-copy";
import { PROJECT } from "../support/settings";

// Several processes in one test, each started from scratch.

/** A command of the project: runs one child after another in a temporary folder, as deploy does with Terraform. */
const COMMAND = `
import { runChild } from "./cli/child";
import { inTemporaryFolder } from "./cli/cleanup";
import { endOnSignals, Interrupted } from "./cli/signals";

const show = (text: string) => process.stdout.write(text);
endOnSignals();
inTemporaryFolder("held", async () => {
  if (process.argv[2] === "alone") {
    show("ready\\n");
    await new Promise((resolve) => setTimeout(resolve, 60_000));
  }
  await runChild(process.execPath, ["child.js"], { onStdout: show, signalGroup: false });
  await runChild(process.execPath, ["-e", "console.log('a second child')"], { onStdout: show });
}).catch((error) => {
  show(error.message);
  process.exit(error instanceof Interrupted ? error.exitCode : 1);
});
`;

/** A child that takes its time to end, as Terraform does, and says which signals it got. */
const CHILD = `
const got = [];
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT"]) {
  process.on(signal, () => {
    got.push(signal);
    console.log("got " + signal);
    if (got.length === 1) setTimeout(() => { console.log("all: " + got.join()); process.exit(1); }, Number(process.env.HOLD));
  });
}
setInterval(() => {}, 1000);
console.log("ready");
`;

let copy: ProjectCopy;
let tmp: string;
beforeAll(async () => {
  copy = await ProjectCopy.make(PROJECT);
  tmp = await mkdtemp(path.join(tmpdir(), "child-"));
  await writeFile(path.join(copy.folder, "command.ts"), COMMAND);
  await writeFile(path.join(copy.folder, "child.js"), CHILD);
  const scripts = { held: "exec node cli/run.mjs command.ts" };
  await writeFile(path.join(copy.folder, "package.json"), JSON.stringify({ name: "held", version: "1.0.0", scripts }));
});
afterAll(async () => {
  await copy.remove();
  await rm(tmp, { recursive: true });
});

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  /** What is left in the folder of temporary files. */
  readonly left: readonly string[];
}

/** Starts the command, does something to it once its child is ready, and answers how it ended. */
async function whenReady(
  tell: (command: ChildProcess) => unknown,
  started: readonly string[] = [],
  HOLD = "300",
): Promise<Ended> {
  const [program = "", ...args] = started.length > 0 ? started : [process.execPath, "cli/run.mjs", "command.ts"];
  const command = spawn(program, args, {
    cwd: copy.folder,
    // npm keeps V8's code of itself in the folder of temporary files, from Node.js 22 on.
    env: { ...process.env, TMPDIR: tmp, HOLD, NODE_ENV: undefined, NODE_DISABLE_COMPILE_CACHE: "1" },
    stdio: ["ignore", "pipe", "inherit"],
    detached: true,
  });
  let stdout = "";
  const code = await new Promise<number | null>((resolve) => {
    let told = false;
    command.stdout.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
      if (told || !stdout.includes("ready\n")) return;
      told = true;
      tell(command);
    });
    command.once("close", resolve);
  });
  return { code, stdout, left: await readdir(tmp) };
}

it.each([
  ["SIGINT", "SIGINT", 130],
  ["SIGTERM", "SIGTERM", 143],
  // Terraform ends at once on these two.
  ["SIGHUP", "SIGTERM", 129],
  ["SIGQUIT", "SIGTERM", 131],
] as const)(
  "%s reaches the child as %s, which is waited for; nothing is left, and nothing new is started",
  async (signal, got, code) => {
    const end = await whenReady((command) => command.kill(signal));
    expect(end).toEqual({ code, stdout: `ready\ngot ${got}\nall: ${got}\nInterrupted (${signal}).`, left: [] });
  },
);

it("a signal to the whole group, as Ctrl-C in a terminal sends it, reaches the child once", async () => {
  const end = await whenReady((command) => process.kill(-(command.pid ?? 0), "SIGINT"));
  expect(end).toMatchObject({ code: 130, stdout: expect.stringContaining("all: SIGINT\n"), left: [] });
});

it("a signal that npm passes on to a command that has it already counts once", async () => {
  const end = await whenReady((command) => {
    command.kill("SIGINT");
    setImmediate(() => command.kill("SIGINT"));
  });
  expect(end.stdout).toContain("all: SIGINT\n");
});

it("a second Ctrl-C, some time after the first, reaches the child too; a signal of another kind does not", async () => {
  const end = await whenReady(
    async (command) => {
      command.kill("SIGINT");
      await sleep(1200);
      command.kill("SIGTERM");
      command.kill("SIGINT");
    },
    [],
    "2500",
  );
  expect(end).toMatchObject({ code: 130, stdout: expect.stringContaining("all: SIGINT,SIGINT\n"), left: [] });
});

it.each(["SIGINT", "SIGTERM"] as const)("%s to npm alone reaches the child, and npm waits for it", async (signal) => {
  const end = await whenReady((npm) => npm.kill(signal), ["npm", "run", "held"]);
  expect(end.stdout).toContain(`all: ${signal}\n`);
  expect(end.left).toEqual([]);
});

it.each([
  ["SIGINT", 130],
  ["SIGTERM", 143],
  ["SIGHUP", 129],
  ["SIGQUIT", 131],
] as const)("%s ends a command without a child at once, and nothing is left", async (signal, exitCode) => {
  const alone = [process.execPath, "cli/run.mjs", "command.ts", "alone"];
  const { code, stdout, left } = await whenReady((command) => command.kill(signal), alone);
  expect([code, stdout, left]).toEqual([exitCode, "ready\n", []]);
});
