import { mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { download, downloaded, forget } from "../../../migration/users/download";
import { directoryAt } from "../../support/directories";
import { collect } from "../../support/migration-users";
import { StubCognito, type StubPool } from "../../support/stub-cognito";

const POOL = "eu-west-1_Old";

let folder: string;
let file: string;
let cognito: StubCognito;
let pool: StubPool;
let notes: string[];
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "download-"));
  file = path.join(folder, "deep/pool.jsonl");
  notes = [];
  cognito = await StubCognito.start();
  pool = cognito.addPool(POOL);
  for (let number = 0; number < 200; number++) pool.add(`user${number}`, { email: `${number}@example.com` });
});
afterEach(async () => {
  await cognito.stop();
  await rm(folder, { recursive: true });
});

function run(resume: boolean): Promise<number> {
  const directory = directoryAt(cognito.endpoint, POOL);
  return download({ directory, file, resume, onPage: () => {}, note: (text) => notes.push(text) });
}

const names = async () => (await collect(downloaded(file).read())).map(({ username }) => username);

/** Stops a download after so many pages. */
async function stopped(pages: number): Promise<void> {
  let asked = 0;
  cognito.interfere = () => (++asked > pages ? { error: "NotAuthorizedException", message: "stopped" } : undefined);
  await expect(run(false)).rejects.toThrow("stopped");
  cognito.interfere = () => undefined;
}

it("has everybody, with everything, in a file that only its owner reads", async () => {
  expect(await run(false)).toBe(200);
  expect(await names()).toEqual([...pool.users.values()].map(({ username }) => username));
  const [first] = await collect(downloaded(file).read());
  expect(first).toEqual({
    username: "user0",
    sub: pool.users.get("user0")?.attributes.sub,
    attributes: pool.users.get("user0")?.attributes,
    status: "CONFIRMED",
    enabled: true,
    created: "2023-11-14T22:13:20.000Z",
    modified: "2023-11-14T22:13:20.000Z",
  });
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  await forget(file);
  expect(await readdir(path.dirname(file))).toEqual([]);
});

it("goes on where it was stopped, when it is told to", async () => {
  await stopped(2);
  expect(await run(true)).toBe(200);
  expect(await names()).toHaveLength(200);
  expect(notes).toEqual([`Going on after the 120 accounts of ${POOL} that an earlier reading got.`]);
  // Two pages, the call that was refused, and the other two.
  expect(cognito.calls("ListUsers")).toBe(5);
  expect(await run(true)).toBe(200);
  expect(cognito.calls("ListUsers")).toBe(5);
});

it("starts again when it is not told to, and says that it could have gone on", async () => {
  await stopped(2);
  expect(await run(false)).toBe(200);
  expect(await names()).toHaveLength(200);
  expect(notes).toEqual([`An earlier reading of ${POOL} stopped after 120 accounts: --resume goes on there.`]);
});

it("starts again when Cognito has forgotten where it was", async () => {
  await stopped(2);
  cognito.interfere = (_, input) =>
    input.PaginationToken === `${POOL}:120` && cognito.calls("ListUsers") < 5
      ? { error: "InvalidParameterException", message: "Invalid pagination token" }
      : undefined;
  expect(await run(true)).toBe(200);
  expect(await names()).toHaveLength(200);
  expect(notes.at(-1)).toBe("Cognito no longer knows where the earlier reading stopped: starting again.");
});
