import { execFileSync } from "node:child_process";
import type { ProjectSettings } from "../../../settings/schema";
import { freePort } from "../../support/free-port";
import { LocalPool } from "../../support/local-pool";
import { processTree } from "../../support/process-tree";
import { ProjectCopy } from "../../support/project-copy";

/* How `npm run local` ends. */

const SETTINGS: ProjectSettings = {
  project: "acme",
  region: "eu-west-1",
  environments: { app: {} },
};

let copy: ProjectCopy;
let ports: readonly string[];
let running: LocalPool | undefined;
beforeAll(async () => {
  copy = await ProjectCopy.make(SETTINGS);
  ports = ["--port", String(await freePort()), "--page-port", String(await freePort())];
});
afterEach(async () => {
  await running?.stop();
  running = undefined;
});
afterAll(() => copy?.remove());

async function start(): Promise<LocalPool> {
  running = new LocalPool(copy.folder, ["local", "app", ...ports]);
  await running.says(/Ctrl-C ends it/);
  return running;
}

/** The process that a pool has started with this in its command. */
function processOf({ child }: LocalPool, name: string): number {
  const isIt = (pid: number) =>
    execFileSync("ps", ["-p", String(pid), "-o", "args="], { encoding: "utf8" }).includes(name);
  const found = processTree(child.pid as number).find(isIt);
  if (found === undefined) throw new Error(`There is no process of ${name}.`);
  return found;
}

it("nothing is left running after Ctrl-C, and nothing after it was killed", async () => {
  const local = await start();
  const isUp = async () => {
    try {
      await fetch(local.value("COGNITO_ENDPOINT"));
      return true;
    } catch {
      return false;
    }
  };
  expect(await isUp()).toBe(true);
  await local.stop();
  while (await isUp()) await new Promise((resolve) => setTimeout(resolve, 50));

  const killed = await start();
  killed.child.kill("SIGKILL");
  while (await isUp()) await new Promise((resolve) => setTimeout(resolve, 50));
});

it("Ctrl-C while it starts again ends it", async () => {
  const local = await start();
  local.child.stdout?.on("data", (text: string) => {
    if (text.includes("environments.ts has changed")) local.child.kill("SIGINT");
  });
  await copy.configure(SETTINGS);
  expect(await local.ended).toEqual([130, null]);
});

it.each([
  ["the emulated Cognito", "cognito-runtime", /The emulated Cognito has ended by itself: start again. .* SIGKILL/],
  ["the process of the pool", "--serve", /The process of the pool was ended by SIGKILL/],
])("it says that %s was killed and ends, also after it has started again", async (_, name, says) => {
  const local = await start();
  await copy.configure(SETTINGS);
  await local.says(/has changed[\s\S]*Ctrl-C ends it/);
  process.kill(processOf(local, name), "SIGKILL");
  expect(await local.ended).toEqual([1, null]);
  expect(local.output).toMatch(says);
});
