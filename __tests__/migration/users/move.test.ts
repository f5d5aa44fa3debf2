import { copyFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Invitations } from "../../../migration/pool/directory";
import { Store } from "../../../migration/store/store";
import { type MoveReport, move } from "../../../migration/users/move";
import { Progress } from "../../../migration/users/progress";
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

function account(username: string, more: Partial<ToMake["carried"]> = {}): ToMake {
  const attributes = { email: `${username}@example.com`, email_verified: "true" };
  return { sub: `old-${username}`, carried: { username, attributes, groups: [], enabled: true, ...more } };
}

/** Runs `work` with the progress in the store, which is opened and closed as by a process of its own. */
async function withProgress<T>(work: (progress: Progress) => T | Promise<T>): Promise<T> {
  const store = Store.open(path.join(folder, "move.db"));
  try {
    return await work(new Progress(store));
  } finally {
    store.close();
  }
}

/** One run, with the progress of the earlier ones. */
function run(accounts: readonly ToMake[], invitations: Invitations = "sent"): Promise<MoveReport> {
  return withProgress(async (progress) => {
    const to = directoryAt(cognito.endpoint, POOLS.to);
    const target = await to.describe();
    return move({ to, target, accounts, progress, invitations, parallel: 8, onAccount: () => {} });
  });
}

const made = () => withProgress((progress) => progress.made());
const subOf = (username: string) => pool.users.get(username)?.attributes.sub;

/** Makes an operation on a user fail. */
function refuse(operation: string, username: string, reply: Reply): void {
  cognito.interfere = (asked, input) => (asked === operation && input.Username === username ? reply : undefined);
}

it("accounts are created like the old ones, invited once, and their new ids are known", async () => {
  pool.groups.set("staff", { GroupName: "staff" });
  const accounts = [account("ana", { groups: ["staff"] }), account("ben")];
  expect(await run(accounts)).toMatchObject({ made: 2, before: 0, found: 0, failed: [] });
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

  expect(await run(accounts)).toMatchObject({ made: 0, before: 2, failed: [] });
  expect(pool.invited.sort()).toEqual(["ana", "ben"]);
  expect(cognito.calls("AdminCreateUser")).toBe(2);
  expect(cognito.calls("AdminAddUserToGroup")).toBe(1);
});

it("every call is on disk before it is made, and its result before the next call", async () => {
  pool.groups.set("staff", { GroupName: "staff" });
  const onDisk = (where = "") => {
    // What a power failure would leave.
    for (const end of ["", "-wal"])
      copyFileSync(path.join(folder, `move.db${end}`), path.join(folder, `copy.db${end}`));
    const copy = Store.open(path.join(folder, "copy.db"));
    const steps = copy
      .all(`SELECT step, state FROM step ${where} ORDER BY at`)
      .map(({ step, state }) => `${step} ${state}`);
    copy.close();
    return steps;
  };
  const before: string[][] = [];
  cognito.interfere = (operation) => {
    if (operation !== "DescribeUserPool")
      before.push(onDisk("WHERE state = 'begun'"), onDisk("WHERE state = 'done'").sort());
    return undefined;
  };
  await run([account("ana", { groups: ["staff"], enabled: false })]);
  expect(before).toEqual([
    ["create begun"],
    [],
    ["join staff begun"],
    ["create done"],
    ["disable begun"],
    ["create done", "join staff done"],
  ]);
});

it("no invitation is sent if invitations are suppressed", async () => {
  await run([account("ana")], "suppressed");
  expect(pool.users.size).toBe(1);
  expect(pool.invited).toEqual([]);
});

it("disabled accounts are created as disabled, without an invitation", async () => {
  expect(await run([account("ana", { enabled: false })])).toMatchObject({ made: 1 });
  expect(pool.users.get("ana")?.enabled).toBe(false);
  expect(pool.invited).toEqual([]);
});

it("a stopped run is finished without a second invitation", async () => {
  pool.groups.set("staff", { GroupName: "staff" });
  await withProgress((progress) => {
    // ana: created, but not recorded. ben: not created. cleo: created, but not yet in her group.
    for (const name of ["ana", "ben"]) progress.begin(`old-${name}`, "create");
    progress.created("old-cleo", { newSub: "new-cleo", found: false, uninvited: false });
  });
  const address = (name: string) => ({ email: `${name}@example.com`, email_verified: "true" });
  // ana has accepted the invitation since.
  const ana = pool.add("ana", address("ana"), { status: "CONFIRMED" });
  pool.add("cleo", address("cleo"), { status: "FORCE_CHANGE_PASSWORD" });
  const accounts = ["ana", "ben", "cleo"].map((name) => account(name, { groups: ["staff"] }));
  expect(await run(accounts)).toMatchObject({ made: 2, before: 1, failed: [] });
  expect(pool.invited).toEqual(["ben"]);
  for (const user of pool.users.values()) expect(user.groups).toEqual(new Set(["staff"]));
  expect((await made()).get("old-ana")).toBe(ana.attributes.sub);
});

it("an account of a stopped run is found if the Pre-SignUp function refuses it", async () => {
  await withProgress((progress) => progress.begin("old-ana", "create"));
  pool.add("ana", account("ana").carried.attributes, { status: "FORCE_CHANGE_PASSWORD" });
  refuse("AdminCreateUser", "ana", {
    error: "UserLambdaValidationException",
    message: "The username is already registered.",
  });
  expect(await run([account("ana")])).toMatchObject({ made: 1, failed: [] });
});

describe("an existing account", () => {
  it("belongs to the user if it has verified the address, and is not changed", async () => {
    pool.groups.set("staff", { GroupName: "staff" });
    pool.add("ana", { email: "ana@example.com", email_verified: "true" });
    const accounts = [account("ana", { groups: ["staff"], enabled: false })];
    expect(await run(accounts)).toMatchObject({ made: 0, found: 1, failed: [] });
    expect(await made()).toEqual(new Map([["old-ana", subOf("ana")]]));
    expect(pool.users.get("ana")).toMatchObject({ enabled: true, groups: new Set() });
    expect(await run(accounts)).toMatchObject({ before: 1 });
    expect(pool.users.get("ana")).toMatchObject({ enabled: true, groups: new Set() });
  });

  it.each([
    ["has another address", { email: "mallory@example.com", email_verified: "true" }],
    ["never verified the address", { email: "ana@example.com", email_verified: "false" }],
  ])("belongs to another user if it %s", async (_, attributes) => {
    pool.add("ana", attributes);
    const { failed } = await run([account("ana"), account("ben")]);
    expect(failed).toEqual([
      {
        sub: "old-ana",
        username: "ana",
        step: "create",
        reason: "another user has this username in the new pool: plan again, and decide.",
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
    "the address belongs to another user",
    { error: "AliasExistsException", message: "Taken." },
    "AliasExistsException: Taken.",
  ],
])(
  "an account that fails because %s is listed with the reason, retried, and does not stop the others",
  async (_, reply, reason) => {
    const accounts = ["ana", "ben", "cleo"].map((name) => account(name));
    refuse("AdminCreateUser", "ben", reply);
    const { made: arrived, failed } = await run(accounts);
    expect(arrived).toBe(2);
    expect(failed).toEqual([{ sub: "old-ben", username: "ben", step: "create", reason }]);
    cognito.interfere = () => undefined;
    expect(await run(accounts)).toMatchObject({ made: 1, before: 2, failed: [] });
  },
);

it("an account whose invitation could not be sent is listed, and invited by the next run", async () => {
  const undeliverable: Reply = { error: "CodeDeliveryFailureException", message: "No." };
  cognito.interfere = (operation, { Username, MessageAction }) => {
    if (operation !== "AdminCreateUser" || Username !== "ana") return undefined;
    // Cognito makes the account all the same.
    if (MessageAction === undefined)
      pool.add("ana", account("ana").carried.attributes, { status: "FORCE_CHANGE_PASSWORD" });
    return undeliverable;
  };
  const accounts = [account("ana"), account("ben")];
  const listed = { step: "invite", username: "ana", reason: "CodeDeliveryFailureException: No." };
  expect((await run(accounts)).failed).toMatchObject([listed]);
  expect((await run(accounts)).failed).toMatchObject([listed]);
  expect(await withProgress((progress) => progress.uninvited())).toEqual(new Set(["old-ana"]));
  cognito.interfere = () => undefined;
  expect(await run(accounts)).toMatchObject({ before: 2, failed: [] });
  expect(await run(accounts)).toMatchObject({ before: 2, failed: [] });
  expect(pool.invited.sort()).toEqual(["ana", "ben"]);
  expect(await withProgress((progress) => progress.uninvited())).toEqual(new Set());
});

it("an account whose invitation could not be sent is invited, also where the move stopped before it had read the account's id", async () => {
  let isStopped = true;
  cognito.interfere = (operation, { MessageAction }) => {
    if (operation === "AdminGetUser" && isStopped) return { error: "AccessDeniedException", message: "Not now." };
    if (operation !== "AdminCreateUser" || MessageAction !== undefined || pool.users.has("ana")) return undefined;
    pool.add("ana", account("ana").carried.attributes, { status: "FORCE_CHANGE_PASSWORD" });
    return { error: "CodeDeliveryFailureException", message: "No." };
  };
  await expect(run([account("ana")])).rejects.toThrow("Not now.");
  isStopped = false;
  expect(await run([account("ana")])).toMatchObject({ made: 1, failed: [] });
  expect(pool.invited).toEqual(["ana"]);
});

it("a used-up quota of e-mails stops the move where an invitation is sent again, too", async () => {
  cognito.interfere = (operation, { MessageAction }) => {
    if (operation !== "AdminCreateUser") return undefined;
    if (MessageAction === "RESEND") return { error: "LimitExceededException", message: "Used up." };
    pool.add("ana", account("ana").carried.attributes, { status: "FORCE_CHANGE_PASSWORD" });
    return { error: "CodeDeliveryFailureException", message: "No." };
  };
  await expect(run([account("ana")])).rejects.toThrow("Cognito's quota of e-mails for today is used up (Used up.)");
  expect(cognito.calls("AdminCreateUser")).toBe(2);
});

it("only the failed step is retried", async () => {
  pool.groups.set("staff", { GroupName: "staff" });
  const accounts = [account("ana", { groups: ["staff"] })];
  refuse("AdminAddUserToGroup", "ana", { error: "NotAuthorizedException", message: "No." });
  expect((await run(accounts)).failed).toMatchObject([{ step: "join staff" }]);
  cognito.interfere = () => undefined;
  expect(await run(accounts)).toMatchObject({ before: 1, failed: [] });
  expect(pool.users.get("ana")?.groups).toEqual(new Set(["staff"]));
  expect(cognito.calls("AdminCreateUser")).toBe(1);
});

it.each(["AccessDeniedException", "ResourceNotFoundException", "LimitExceededException"])(
  "an error that concerns every account stops the move and is not listed: %s",
  async (error) => {
    const accounts = Array.from({ length: 40 }, (_, number) => account(`user${number}`));
    cognito.interfere = (operation) =>
      operation === "AdminCreateUser" && pool.users.size >= 10 ? { error, message: "No more." } : undefined;
    await expect(run(accounts)).rejects.toThrow("No more.");
    expect(cognito.calls("AdminCreateUser")).toBeLessThan(10 + 2 * 8);
    cognito.interfere = () => undefined;
    expect(await run(accounts)).toMatchObject({ failed: [] });
    expect(pool.users.size).toBe(40);
    expect(new Set(pool.invited).size).toBe(pool.invited.length);
  },
);

it("all accounts are created if half of all calls are throttled or fail", async () => {
  const accounts = Array.from({ length: 100 }, (_, number) => account(`user${number}`, { enabled: number % 10 > 0 }));
  let calls = 0;
  cognito.interfere = () =>
    [undefined, { error: "TooManyRequestsException" }, undefined, { error: "InternalErrorException", status: 500 }][
      calls++ % 4
    ];
  expect(await run(accounts)).toMatchObject({ made: 100, failed: [] });
  expect(pool.invited).toHaveLength(90);
});
