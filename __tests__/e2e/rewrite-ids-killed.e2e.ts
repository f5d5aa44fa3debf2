import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { writeMapping } from "../../migration/mapping";
import { FaultProxy } from "../support/fault-proxy";
import { expectedCounts, itemsOf } from "../support/id-shapes";
import { contentOf, localDynamoDb, TestTable } from "../support/id-tables";
import { users, usersEnvironment } from "../support/users-command";

/** `npm run test:killed` sets 200. */
const KILLS = Number(process.env.KILLS ?? 20);
const ITEMS = 100 * KILLS;
const PEOPLE = 500;
/** So many old accounts became one. */
const MERGED = 10;

const id = (era: "a" | "e", person: number) => `${era}0b1c2d3-1111-4aaa-8bbb-${String(person).padStart(12, "0")}`;
const people = Array.from({ length: PEOPLE }, (_, person) => id("a", person));

/** What cli/run.mjs made of the command line when it ran last: to make it anew for every start would only take time. */
const BUNDLE = ".build/cli-main.cjs";

jest.setTimeout(30_000 * KILLS);

let dynamoDb: Awaited<ReturnType<typeof localDynamoDb>>;
let folder: string;
let mapping: string;
beforeAll(async () => {
  dynamoDb = await localDynamoDb();
  folder = await mkdtemp(path.join(tmpdir(), "killed-"));
  mapping = path.join(folder, "mapping.csv");
  const newId = (person: number) => id("e", Math.min(person, PEOPLE - MERGED));
  await writeMapping(
    mapping,
    people.map((oldId, person) => ({ oldId, newId: newId(person) })),
  );
});
afterAll(async () => {
  await dynamoDb.close();
  await rm(folder, { recursive: true });
});

async function filledTable(): Promise<TestTable> {
  const table = await TestTable.create(dynamoDb.client);
  await table.put(...itemsOf("composite", ITEMS, people));
  // These would all get the same key: whichever is read first, none may.
  await table.put(...people.slice(-MERGED).map((person) => ({ pk: { S: person }, sk: { S: "PROFILE" } })));
  return table;
}

const { moved, updated } = expectedCounts("composite", ITEMS);
const RESULT = {
  code: 2,
  stdout: expect.stringContaining(
    `${moved} got another key, ${updated} were changed in place, ${MERGED} were skipped.`,
  ),
};

const command = (table: TestTable, store = table.name) => [
  ...["rewrite-ids", "--table", table.name, "--mapping", mapping, "--store", path.join(folder, `${store}.db`)],
  ...["--region", "eu-west-1", "--rate", "40000", "--apply"],
];

it(`killed at ${KILLS} random moments and started again, it leaves the same table as an undisturbed run; and that can be undone`, async () => {
  const [calm, disturbed] = [await filledTable(), await filledTable()];
  const before = await calm.content();
  expect(await users(dynamoDb.endpoint, ...command(calm))).toMatchObject(RESULT);

  let untilKill = Number.POSITIVE_INFINITY;
  let kill = () => {};
  const killedBy: string[] = [];
  const proxy = await FaultProxy.start(dynamoDb.endpoint, (operation) => {
    if (--untilKill !== 0) return "pass";
    killedBy.push(operation);
    kill();
    // What is under way when a process dies may arrive or not.
    return killedBy.length % 2 ? "pass" : { error: "InternalServerError" };
  });
  while (killedBy.length < KILLS) {
    untilKill = 1 + Math.floor(Math.random() * 120);
    const child = spawn(process.execPath, [BUNDLE, "users", ...command(disturbed)], {
      env: usersEnvironment(proxy.url),
      stdio: "ignore",
    });
    kill = () => child.kill("SIGKILL");
    const [code, signal] = await once(child, "exit");
    expect({ code, signal }).toEqual({ code: null, signal: "SIGKILL" });
  }
  untilKill = Number.POSITIVE_INFINITY;
  const last = await users(proxy.url, ...command(disturbed));
  await proxy.stop();
  process.stdout.write(`killed by: ${killedBy.join(", ")}\n`);

  // Every write is counted once, whichever run it was of.
  expect(last).toMatchObject(RESULT);
  expect(await disturbed.content()).toEqual(await calm.content());

  expect(await users(dynamoDb.endpoint, ...command(disturbed), "--back-out")).toMatchObject({
    code: 0,
    stdout: `${moved + updated} changes were undone.\n`,
  });
  expect(await contentOf(dynamoDb.client, disturbed.name)).toEqual(before);
});

it("two processes that rewrite two halves of a table leave the same as one, and both can be undone", async () => {
  const [one, halved] = [await filledTable(), await filledTable()];
  const before = await halved.content();
  expect(await users(dynamoDb.endpoint, ...command(one))).toMatchObject(RESULT);
  const both = (...more: string[]) =>
    Promise.all(
      ["1/2", "2/2"].map((part, index) =>
        users(dynamoDb.endpoint, ...command(halved, `half-${index}`), "--segments", "16", "--part", part, ...more),
      ),
    );
  const dryRun = (part: string) =>
    users(
      dynamoDb.endpoint,
      ...command(halved).filter((word) => word !== "--apply"),
      "--segments",
      "16",
      "--part",
      part,
    );
  const sums = (outputs: readonly string[], pattern: RegExp) =>
    outputs.map((output) => pattern.exec(output)?.slice(1).map(Number) ?? []).reduce(sumOfEach);

  // Counted while neither writes: an item with a new key may be in the other half, and be counted there once more.
  const forecasts = [await dryRun("1/2"), await dryRun("2/2")].map(({ stdout }) => stdout);
  expect(sums(forecasts, /: (\d+) items,/)).toEqual([ITEMS + MERGED]);

  const rewritten = (await both()).map(({ stdout }) => stdout);
  const counts = /(\d+) got another key, (\d+) were changed in place, (\d+) were skipped/;
  expect(sums(rewritten, counts)).toEqual([moved, updated, MERGED]);
  expect(await halved.content()).toEqual(await one.content());

  const undone = await both("--back-out");
  expect(undone.map(({ code }) => code)).toEqual([0, 0]);
  const outputs = undone.map(({ stdout }) => stdout);
  expect(sums(outputs, /(\d+) changes were undone/)).toEqual([moved + updated]);
  expect(await halved.content()).toEqual(before);
});

function sumOfEach(one: readonly number[], other: readonly number[]): number[] {
  return one.map((number, index) => number + (other[index] ?? Number.NaN));
}

it("gets through where half of all calls are refused for going too fast, and some are never answered", async () => {
  const table = await filledTable();
  const errors = ["ProvisionedThroughputExceededException", "ThrottlingException", "RequestLimitExceeded"];
  let refused = 0;
  let calls = 0;
  const unanswered = new Set([500, 501]);
  const proxy = await FaultProxy.start(dynamoDb.endpoint, () => {
    if (unanswered.has(++calls)) return "silence";
    if (Math.random() < 0.5) return "pass";
    return { error: errors[refused++ % errors.length] ?? "" };
  });
  const result = await users(proxy.url, ...command(table));
  await proxy.stop();
  expect(refused).toBeGreaterThan(ITEMS / 2);
  expect(result).toMatchObject(RESULT);
});
