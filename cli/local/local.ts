import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, type FSWatcher, watch } from "node:fs";
import { mkdir } from "node:fs/promises";
import path from "node:path";
import type { Project } from "../../settings/project";
import { exclusively } from "../exclusive";
import { note, print } from "../print";
import { passSignalsTo, throwIfInterrupted } from "../signals";
import { localFolder } from "./folder";
import type { ServeOptions } from "./serve";

/** What the process of the pool sends once it is up; before that it sends its triggers' files. */
export const IS_UP = "up";

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

/** The files of an environment's own functions: paths in the project's folder. */
export function triggerFiles({ environments }: Project, name: string): readonly string[] {
  const triggers = environments.find((environment) => environment.name === name)?.triggers ?? {};
  return Object.values(triggers).flatMap((trigger) => trigger?.file ?? []);
}

async function run(environment: string, { port, pagePort, fresh }: ServeOptions): Promise<void> {
  for (let isFirst = true; ; isFirst = false) {
    const sources = new Sources();
    const changed = sources.change();
    const ports = ["--port", String(port), "--page-port", String(pagePort)];
    const args = ["cli/run.mjs", "cli/main.ts", "local", environment, ...ports, "--serve"];
    if (fresh && isFirst) args.push("--fresh");
    const child = spawn(process.execPath, args, { stdio: ["ignore", "inherit", "inherit", "ipc"], detached: true });
    passSignalsTo(child, { group: false });
    let wasUp = false;
    child.on("message", (message: typeof IS_UP | readonly string[]) => {
      if (message === IS_UP) wasUp = true;
      else sources.add(message);
    });
    const ended = once(child, "close");
    const first = await Promise.race([ended, changed]);
    throwIfInterrupted();
    if (typeof first !== "string") {
      const [code, signal] = first;
      if (signal !== null) note(`The process of the pool was ended by ${signal}.`);
      // It has said why: a pool that was up has lost its emulator, and the first one never came up. The watchers would keep this process alive.
      if (wasUp || isFirst) process.exit(code ?? 1);
      note("Waiting for a change …");
    }
    print(`\n${await changed} has changed: starting again …`);
    child.removeAllListeners("message");
    if (child.connected) child.send("stop");
    await ended;
    throwIfInterrupted();
  }
}

/** What a pool is made of, watched until the first change. */
class Sources {
  /** Files of the project's folder itself. They are watched by it: a file that is deleted and written again is another one. */
  private readonly files = new Set([SETTINGS]);
  private readonly watchers = new Map<string, FSWatcher>();
  /** What has changed, the latest last. */
  private readonly names = new Set<string>();
  private timer: NodeJS.Timeout | undefined;
  private resolve: (name: string) => void = () => {};

  /** The first source that changes from now on. */
  change(): Promise<string> {
    this.watchers.set(
      ".",
      watch(".", (_, name) => name !== null && this.files.has(name) && this.changed(name)),
    );
    for (const folder of FOLDERS) this.watchFolder(folder);
    return new Promise((resolve) => {
      this.resolve = resolve;
    });
  }

  /** Watches other files, too; of one in a folder the whole folder, because it may import others of it. */
  add(files: readonly string[]): void {
    for (const file of files) {
      const [folder = "", ...inside] = path.normalize(file).split(path.sep);
      if (inside.length === 0) this.files.add(folder);
      else this.watchFolder(folder);
    }
  }

  private watchFolder(folder: string): void {
    if (this.watchers.has(folder) || !existsSync(folder)) return;
    this.watchers.set(
      folder,
      watch(folder, { recursive: true }, (_, name) => this.changed(path.join(folder, name ?? ""))),
    );
  }

  private changed(name: string): void {
    this.names.delete(name);
    this.names.add(name);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      for (const watcher of this.watchers.values()) watcher.close();
      // Editors write files beside the one that they save, and delete them.
      this.resolve([...this.names].findLast((one) => existsSync(one)) ?? name);
    }, QUIET);
  }
}
