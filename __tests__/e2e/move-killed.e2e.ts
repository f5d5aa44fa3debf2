import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Reply } from "../support/stub-aws";
import { StubCognito, type StubPool } from "../support/stub-cognito";
import { users, usersEnvironment } from "../support/users-command";

/** `npm run test:killed` sets 200. */
const KILLS = Number(process.env.KILLS ?? 20);
/** A run makes some twenty calls before it is killed. */
const PEOPLE = 25 * KILLS;
/** Every fiftieth is merged into another. */
const MOVED = PEOPLE - PEOPLE / 50;
const FROM = "eu-west-1_Old";

/** The command line as cli/run.mjs left it when it ran last: to make it anew for every start would only take time. */
const BUNDLE = ".build/cli-main.cjs";

jest.setTimeout(30_000 * KILLS);

let cognito: StubCognito;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "killed-"));
  cognito = await StubCognito.start();
  const old = cognito.addPool(FROM, { caseSensitive: true });
  old.groups.set("staff", { GroupName: "staff" });
  for (let number = 0; number < PEOPLE; number++) {
    // Everybody's address is in the pool; every fiftieth has a second account.
    const twin = number % 50 === 1;
    const user = old.add(twin ? `USER${number - 1}` : `user${number}`, {
      email: `user${number}@example.com`,
      email_verified: String(number % 3 > 0),
    });
    if (number % 5 === 0) user.groups.add("staff");
    user.enabled = number % 7 > 0;
  }
});
afterAll(async () => {
  await cognito.stop();
  await rm(folder, { recursive: true });
});
beforeEach(() => {
  cognito.interfere = () => undefined;
  cognito.answered = () => {};
});

const folderOf = (pool: StubPool) => path.join(folder, pool.id);
const both = (pool: StubPool) => ["--from", FROM, "--to", pool.id, "--folder", folderOf(pool)];
const move = (pool: StubPool) => ["move", ...both(pool), "--apply", "--invite", "--create-groups", "--rate", "1000"];

/** A new pool, and a plan in which every second account of a pair is merged into the first. */
async function planned(id: string): Promise<StubPool> {
  const pool = cognito.addPool(id);
  expect(await users(cognito.endpoint, "plan", ...both(pool), "--rate", "30")).toMatchObject({ code: 2 });
  const file = path.join(folderOf(pool), "decisions.yaml");
  const text = await readFile(file, "utf8");
  const decided = text.replaceAll(
    /^( +)(\S+): undecided\n(.+\n)( +)(\S+): undecided$/gm,
    "$1$2: keep\n$3$4$5: merge into $2",
  );
  expect(decided).not.toContain(": undecided");
  await writeFile(file, decided);
  return pool;
}

/** Everything that a move leaves, with usernames for the ids that Cognito gave out. */
async function stateOf(pool: StubPool) {
  const accounts = [...pool.users.values()].map(({ attributes: { sub: _, ...attributes }, ...user }) => ({
    ...user,
    attributes,
  }));
  const names = new Map([...pool.users.values()].map(({ attributes, username }) => [attributes.sub, username]));
  const mapping = await readFile(path.join(folderOf(pool), "mapping.csv"), "utf8");
  return {
    accounts: accounts.sort((a, b) => (a.username < b.username ? -1 : 1)),
    invited: [...pool.invited].sort(),
    mapping: mapping.replaceAll(/,(.+)$/gm, (_, newId) => `,${names.get(newId) ?? newId}`),
  };
}

it(`killed at ${KILLS} random moments and started again, it leaves the same pool as an undisturbed run, and invites no user twice`, async () => {
  const [calm, disturbed] = [await planned("eu-west-1_Calm"), await planned("eu-west-1_Disturbed")];
  expect(await users(cognito.endpoint, ...move(calm))).toMatchObject({ code: 0 });
  expect(calm.users.size).toBe(MOVED);

  let untilKill = Number.POSITIVE_INFINITY;
  let kill = () => {};
  const killedBy: string[] = [];
  // At the moment of a call, or a moment later; what is under way when a process dies may arrive or not.
  const strike = (when: string, operation: string) => {
    if (--untilKill !== 0) return;
    killedBy.push(`${when} ${operation}`);
    setTimeout(() => kill(), Math.random() * 3);
  };
  cognito.interfere = (operation): Reply | undefined => {
    if (killedBy.length % 2 === 0) strike("before", operation);
    return untilKill === 0 && Math.random() < 0.5 ? { error: "InternalErrorException", status: 500 } : undefined;
  };
  cognito.answered = (operation) => {
    if (killedBy.length % 2 === 1) strike("after", operation);
  };
  while (killedBy.length < KILLS) {
    untilKill = 1 + Math.floor(Math.random() * 45);
    const child = spawn(process.execPath, [BUNDLE, "users", ...move(disturbed)], {
      env: usersEnvironment(cognito.endpoint),
      stdio: ["ignore", "ignore", "inherit"],
    });
    kill = () => child.kill("SIGKILL");
    const [code, signal] = await once(child, "exit");
    expect({ code, signal }).toEqual({ code: null, signal: "SIGKILL" });
  }
  untilKill = Number.POSITIVE_INFINITY;
  process.stdout.write(`killed ${killedBy.join(", ")}\n`);
  expect(await users(cognito.endpoint, ...move(disturbed))).toMatchObject({ code: 0 });

  const state = await stateOf(disturbed);
  expect(state).toEqual(await stateOf(calm));
  expect(new Set(state.invited).size).toBe(state.invited.length);
  expect(await users(cognito.endpoint, "verify", ...both(disturbed))).toMatchObject({ code: 0 });
});

it("gets everybody in where half of all calls are refused for going too fast, but for the few that Cognito never takes", async () => {
  const pool = await planned("eu-west-1_Throttled");
  const hopeless = (username: unknown) => Number(String(username).slice(4)) % 100 === 42;
  const failing = PEOPLE / 100;
  const arriving = MOVED - failing;
  let refused = 0;
  cognito.interfere = (operation, { Username }) => {
    if (Math.random() < 0.5) {
      refused++;
      return { error: "TooManyRequestsException", message: "Rate exceeded" };
    }
    return operation === "AdminCreateUser" && hopeless(Username)
      ? { error: "InvalidParameterException", message: "Nothing will do." }
      : undefined;
  };
  const { code, stdout } = await users(cognito.endpoint, ...move(pool));
  expect(refused).toBeGreaterThan(PEOPLE / 2);
  expect(code).toBe(2);
  expect(stdout).toContain(
    `${arriving} accounts created (invitations sent), 0 were created before, 0 existed already.\n`,
  );
  expect(stdout).toContain(`${failing} accounts failed; the same command retries them.`);
  const shown = stdout.match(/\(user\d*42\): InvalidParameterException: Nothing will do\.$/gm);
  expect(shown).toHaveLength(Math.min(20, failing));
  const failed = await readFile(path.join(folderOf(pool), "failed.csv"), "utf8");
  expect(failed.match(/,user\d*42,create,InvalidParameterException: Nothing will do\.$/gm)).toHaveLength(failing);
  expect(pool.users.size).toBe(arriving);

  cognito.interfere = () => undefined;
  expect(await users(cognito.endpoint, ...move(pool))).toMatchObject({
    code: 0,
    stdout: expect.stringContaining(`${failing} accounts created (invitations sent), ${arriving} were created before`),
  });
  expect(new Set(pool.invited).size).toBe(pool.invited.length);
});
