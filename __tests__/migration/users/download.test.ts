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

it("a download has all accounts with all attributes in a file of mode 0600", async () => {
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

it("a download continues where it was stopped with resume", async () => {
  await stopped(2);
  expect(await run(true)).toBe(200);
  expect(await names()).toHaveLength(200);
  expect(notes).toEqual([`Continuing after the 120 accounts of ${POOL} that an earlier run read.`]);
  // Two pages, the call that was refused, and the other two.
  expect(cognito.calls("ListUsers")).toBe(5);
  expect(await run(true)).toBe(200);
  expect(cognito.calls("ListUsers")).toBe(5);
});

it("a download starts again without resume, with a note about resuming", async () => {
  await stopped(2);
  expect(await run(false)).toBe(200);
  expect(await names()).toHaveLength(200);
  expect(notes).toEqual([`An earlier run stopped after 120 accounts of ${POOL}: --resume continues there.`]);
});

it("a download starts again if the pagination token has expired", async () => {
  await stopped(2);
  cognito.interfere = (_, input) =>
    input.PaginationToken === `${POOL}:120` && cognito.calls("ListUsers") < 5
      ? { error: "InvalidParameterException", message: "Invalid pagination token" }
      : undefined;
  expect(await run(true)).toBe(200);
  expect(await names()).toHaveLength(200);
  expect(notes.at(-1)).toBe("The pagination token of the earlier run has expired: starting again.");
});
