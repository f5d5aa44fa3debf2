import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { Journal } from "../../../migration/journal";
import type { Invitations } from "../../../migration/users/directory";
import { type MoveReport, move } from "../../../migration/users/move";
import { type MoveEntry, MoveProgress, moveJournal } from "../../../migration/users/progress";
import type { ToMake } from "../../../migration/users/resolved-plan";
import { directoryAt } from "../../support/directories";
import type { Reply } from "../../support/stub-aws";
import { StubCognito, type StubPool } from "../../support/stub-cognito";

const POOLS = { from: "eu-west-1_Old", to: "eu-west-1_New" };

let folder: string;
let cognito: StubCognito;
let pool: StubPool;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "move-"));
  cognito = await StubCognito.start();
  pool = cognito.addPool(POOLS.to);
});
afterEach(async () => {
  await cognito.stop();
  await rm(folder, { recursive: true });
});

function person(username: string, more: Partial<ToMake["carried"]> = {}): ToMake {
  const attributes = { email: `${username}@example.com`, email_verified: "true" };
  return { sub: `old-${username}`, carried: { username, attributes, groups: [], enabled: true, ...more } };
}

async function* each(people: readonly ToMake[]) {
  yield* people;
}

const file = () => path.join(folder, "journal.jsonl");

/** A run of its own: it knows what the journal says. */
async function run(people: readonly ToMake[], invitations: Invitations = "sent"): Promise<MoveReport> {
  const progress = new MoveProgress();
  const journal = await Journal.open<MoveEntry>(file(), moveJournal(POOLS), (entry) => progress.add(entry));
  const to = directoryAt(cognito.endpoint, POOLS.to);
  const target = await to.describe();
  return move({
    to,
    target,
    work: each(people),
    journal,
    progress,
    invitations,
    parallel: 8,
    onAccount: () => {},
  }).finally(() => journal.close());
}

const made = async () => (await MoveProgress.read(file(), POOLS)).made();
const subOf = (username: string) => pool.users.get(username)?.attributes.sub;

/** Refuses an operation on somebody. */
function refuse(operation: string, username: string, reply: Reply): void {
  cognito.interfere = (asked, input) => (asked === operation && input.Username === username ? reply : undefined);
}

it("makes accounts as they were, invites each once, and knows their new ids", async () => {
  pool.groups.set("staff", { GroupName: "staff" });
  const people = [person("ana", { groups: ["staff"] }), person("ben")];
  expect(await run(people)).toMatchObject({ made: 2, before: 0, found: 0, failed: [] });
  expect(pool.users.get("ana")).toMatchObject({
    attributes: { email: "ana@example.com", email_verified: "true" },
    groups: new Set(["staff"]),
  });
  expect(await made()).toEqual(
    new Map([
      ["old-ana", subOf("ana")],
      ["old-ben", subOf("ben")],
    ]),
  );

  expect(await run(people)).toMatchObject({ made: 0, before: 2, failed: [] });
  expect(pool.invited.sort()).toEqual(["ana", "ben"]);
  expect(cognito.calls("AdminCreateUser")).toBe(2);
  expect(cognito.calls("AdminAddUserToGroup")).toBe(1);
});

it("has every call on the disk before it is made, and its end before the next one", async () => {
  pool.groups.set("staff", { GroupName: "staff" });
  const last: string[] = [];
  cognito.interfere = () => {
    const { step, state } = JSON.parse(readFileSync(file(), "utf8").trimEnd().split("\n").at(-1) ?? "").entry;
    last.push(`${step} ${state}`);
    return undefined;
  };
  await run([person("ana", { groups: ["staff"], enabled: false })]);
  // The first call asks what the pool is like.
  expect(last.slice(1)).toEqual(["create begun", "join staff begun", "disable begun"]);
  const [, ...entries] = readFileSync(file(), "utf8").trimEnd().split("\n");
  expect(entries.map((line) => JSON.parse(line).entry).map(({ step, state }) => `${step} ${state}`)).toEqual(
    ["create", "join staff", "disable"].flatMap((step) => [`${step} begun`, `${step} done`]),
  );
});

it("invites nobody when invitations are suppressed", async () => {
  await run([person("ana")], "suppressed");
  expect(pool.users.size).toBe(1);
  expect(pool.invited).toEqual([]);
});

it("makes disabled accounts disabled, and does not invite them", async () => {
  expect(await run([person("ana", { enabled: false })])).toMatchObject({ made: 1 });
  expect(pool.users.get("ana")?.enabled).toBe(false);
  expect(pool.invited).toEqual([]);
});

it("finishes what a run that was stopped had begun, and invites nobody again", async () => {
  pool.groups.set("staff", { GroupName: "staff" });
  const journal = await Journal.open<MoveEntry>(file(), moveJournal(POOLS));
  // Made, but nobody wrote down that it was; never made; made, and not yet in its group.
  for (const name of ["ana", "ben"]) await journal.append({ sub: `old-${name}`, step: "create", state: "begun" });
  await journal.append({ sub: "old-cleo", step: "create", state: "done", newSub: "new-cleo" });
  await journal.close();
  const address = (name: string) => ({ email: `${name}@example.com`, email_verified: "true" });
  // She has accepted the invitation since.
  const ana = pool.add("ana", address("ana"), { status: "CONFIRMED" });
  pool.add("cleo", address("cleo"), { status: "FORCE_CHANGE_PASSWORD" });
  const people = ["ana", "ben", "cleo"].map((name) => person(name, { groups: ["staff"] }));
  expect(await run(people)).toMatchObject({ made: 2, before: 1, failed: [] });
  expect(pool.invited).toEqual(["ben"]);
  for (const user of pool.users.values()) expect(user.groups).toEqual(new Set(["staff"]));
  expect((await made()).get("old-ana")).toBe(ana.attributes.sub);
});

it("finds its own account when the Pre-SignUp function no longer lets it in", async () => {
  const journal = await Journal.open<MoveEntry>(file(), moveJournal(POOLS));
  await journal.append({ sub: "old-ana", step: "create", state: "begun" });
  await journal.close();
  pool.add("ana", person("ana").carried.attributes, { status: "FORCE_CHANGE_PASSWORD" });
  refuse("AdminCreateUser", "ana", {
    error: "UserLambdaValidationException",
    message: "The username is already registered.",
  });
  expect(await run([person("ana")])).toMatchObject({ made: 1, failed: [] });
});

describe("an account that is there", () => {
  it("is the person's if it proves the address, and is left as it is", async () => {
    pool.groups.set("staff", { GroupName: "staff" });
    pool.add("ana", { email: "ana@example.com", email_verified: "true" });
    const people = [person("ana", { groups: ["staff"], enabled: false })];
    expect(await run(people)).toMatchObject({ made: 0, found: 1, failed: [] });
    expect(await made()).toEqual(new Map([["old-ana", subOf("ana")]]));
    expect(pool.users.get("ana")).toMatchObject({ enabled: true, groups: new Set() });
    expect(await run(people)).toMatchObject({ before: 1 });
    expect(pool.users.get("ana")).toMatchObject({ enabled: true, groups: new Set() });
  });

  it.each([
    ["has another address", { email: "mallory@example.com", email_verified: "true" }],
    ["never proved the address", { email: "ana@example.com", email_verified: "false" }],
  ])("is somebody else's if it %s", async (_, attributes) => {
    pool.add("ana", attributes);
    const { failed } = await run([person("ana"), person("ben")]);
    expect(failed).toEqual([
      {
        sub: "old-ana",
        username: "ana",
        step: "create",
        reason: "the new pool has this username for somebody else: plan again, and decide.",
      },
    ]);
    expect([...(await made()).keys()]).toEqual(["old-ben"]);
  });
});

it.each<[string, Reply, string]>([
  [
    "the Pre-SignUp function refuses",
    { error: "UserLambdaValidationException", message: "PreSignUp failed with error Odd." },
    "UserLambdaValidationException: PreSignUp failed with error Odd.",
  ],
  ["Cognito refuses", { error: "InvalidParameterException", message: "Odd." }, "InvalidParameterException: Odd."],
  [
    "has an address of somebody else's",
    { error: "AliasExistsException", message: "Taken." },
    "AliasExistsException: Taken.",
  ],
])(
  "somebody whom %s is listed with the reason, tried again next time, and stops nobody else",
  async (_, reply, reason) => {
    const people = ["ana", "ben", "cleo"].map((name) => person(name));
    refuse("AdminCreateUser", "ben", reply);
    const { made: arrived, failed } = await run(people);
    expect(arrived).toBe(2);
    expect(failed).toEqual([{ sub: "old-ben", username: "ben", step: "create", reason }]);
    cognito.interfere = () => undefined;
    expect(await run(people)).toMatchObject({ made: 1, before: 2, failed: [] });
  },
);

it("tries a step that failed again, and no other", async () => {
  pool.groups.set("staff", { GroupName: "staff" });
  const people = [person("ana", { groups: ["staff"] })];
  refuse("AdminAddUserToGroup", "ana", { error: "NotAuthorizedException", message: "No." });
  expect((await run(people)).failed).toMatchObject([{ step: "join staff" }]);
  cognito.interfere = () => undefined;
  expect(await run(people)).toMatchObject({ before: 1, failed: [] });
  expect(pool.users.get("ana")?.groups).toEqual(new Set(["staff"]));
  expect(cognito.calls("AdminCreateUser")).toBe(1);
});

it.each(["AccessDeniedException", "ResourceNotFoundException", "LimitExceededException"])(
  "what everybody would meet stops it, and is no failure of anybody: %s",
  async (error) => {
    const people = Array.from({ length: 40 }, (_, number) => person(`user${number}`));
    cognito.interfere = (operation) =>
      operation === "AdminCreateUser" && pool.users.size >= 10 ? { error, message: "No more." } : undefined;
    await expect(run(people)).rejects.toThrow("No more.");
    expect(cognito.calls("AdminCreateUser")).toBeLessThan(10 + 2 * 8);
    cognito.interfere = () => undefined;
    expect(await run(people)).toMatchObject({ failed: [] });
    expect(pool.users.size).toBe(40);
    expect(new Set(pool.invited).size).toBe(pool.invited.length);
  },
);

it("gets everybody in when half of all calls are refused for going too fast, or fail", async () => {
  const people = Array.from({ length: 100 }, (_, number) => person(`user${number}`, { enabled: number % 10 > 0 }));
  let calls = 0;
  cognito.interfere = () =>
    [undefined, { error: "TooManyRequestsException" }, undefined, { error: "InternalErrorException", status: 500 }][
      calls++ % 4
    ];
  expect(await run(people)).toMatchObject({ made: 100, failed: [] });
  expect(pool.invited).toHaveLength(90);
}, 20_000);
