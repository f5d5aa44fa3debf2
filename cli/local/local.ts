import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, watch } from "node:fs";
import { mkdir } from "node:fs/promises";
import path from "node:path";
import { exclusively } from "../exclusive";
import { note, print } from "../print";
import { passSignalsTo, throwIfInterrupted } from "../signals";
import { localFolder } from "./folder";
import type { ServeOptions } from "./serve";

/** What the pool is made of: a change of it starts the pool again. */
const SETTINGS = "environments.ts";
const FOLDERS = ["adopted", "lambda", "modules", "stacks", "settings"];

/** Milliseconds without another change: an editor writes a file in several steps. */
const QUIET = 300;

/**
 * Keeps an environment's pool up until a signal ends this process; starts it again when its settings or its functions change. The pool is in a process
 * of its own, because the settings are part of the program.
 */
export async function local(environment: string, options: ServeOptions): Promise<void> {
  const folder = localFolder(environment);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await exclusively(path.join(folder, "lock"), `npm run local -- ${environment}`, () => run(environment, options));
}

async function run(environment: string, { port, pagePort, fresh }: ServeOptions): Promise<void> {
  for (let isFirst = true; ; isFirst = false) {
    const changed = nextChange();
    const ports = ["--port", String(port), "--page-port", String(pagePort)];
    const args = ["cli/run.mjs", "cli/main.ts", "local", environment, ...ports, "--serve"];
    if (fresh && isFirst) args.push("--fresh");
    const child = spawn(process.execPath, args, { stdio: ["ignore", "inherit", "inherit", "ipc"], detached: true });
    passSignalsTo(child, { group: false });
    const ended = once(child, "exit");
    const first = await Promise.race([ended, changed]);
    throwIfInterrupted();
    if (typeof first !== "string" && isFirst) {
      // The pool never came up, and has said why. The watchers would keep this process alive.
      process.exit(Number(first[0] ?? 1));
    }
    if (typeof first !== "string") note("Waiting for a change …");
    print(`\n${await changed} has changed: starting again …`);
    if (child.connected) child.send("stop");
    await ended;
  }
}

/** The first source that changes from now on. */
function nextChange(): Promise<string> {
  return new Promise((resolve) => {
    let timer: NodeJS.Timeout | undefined;
    const changed = (name: string) => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        for (const watcher of watchers) watcher.close();
        resolve(name);
      }, QUIET);
    };
    const watchers = [
      // By its folder: a file that is deleted and written again is another one.
      watch(".", (_, name) => {
        if (name === SETTINGS) changed(SETTINGS);
      }),
      ...FOLDERS.filter(existsSync).map((name) => watch(name, { recursive: true }, () => changed(name))),
    ];
  });
}
