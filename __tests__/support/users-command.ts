import { scripts } from "../../package.json";
import { type Finished, finished } from "./command";
import { emulated } from "./project-copy";

/** `npm run users -- <args>`, without npm, against an emulator: its endpoint, or an environment that names several. */
export function users(emulator: string | NodeJS.ProcessEnv, ...args: string[]): Promise<Finished> {
  const env = typeof emulator === "string" ? usersEnvironment(emulator) : emulator;
  const [, , ...command] = scripts.users.split(" "); // exec node …
  return finished(process.execPath, [...command, ...args], { env });
}

/** The environment of such a command: the endpoints of Cognito and of the tables. */
export function usersEnvironment(cognito: string, tables = cognito): NodeJS.ProcessEnv {
  return { ...emulated(cognito), AWS_ENDPOINT_URL_DYNAMODB: tables };
}
