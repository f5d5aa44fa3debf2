import { type Finished, finished } from "./command";
import { emulated } from "./project-copy";

/** `npm run users -- <args>`, without npm, against an emulator. */
export function users(endpoint: string, ...args: string[]): Promise<Finished> {
  return finished(process.execPath, ["cli/run.mjs", "cli/main.ts", "users", ...args], {
    env: usersEnvironment(endpoint),
  });
}

/** The environment of such a command: what jest sets for its own sake stays out. */
export function usersEnvironment(endpoint: string): NodeJS.ProcessEnv {
  return emulated(endpoint);
}
