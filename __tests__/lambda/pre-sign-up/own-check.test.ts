import { check as onlyAcme } from "../../../examples/full/triggers/only-acme";
import { AwsError } from "../../../lambda/aws/client";
import type { Invoke } from "../../../lambda/aws/invoke";
import type { preSignUp } from "../../../lambda/pre-sign-up/handler";
import { NAMESPACE } from "../../../lambda/pre-sign-up/metrics";
import { type CheckedDependencies, checkedPreSignUp, type OwnCheck } from "../../../lambda/pre-sign-up/own-check";
import { poolsFunction } from "../../../lambda/pre-sign-up/pools-function";
import { logTo } from "../../../lambda/trigger/log";
import { MESSAGES } from "../../../lambda/trigger/messages";
import { countTo } from "../../../lambda/trigger/metrics";
import { Directory } from "../../../lambda/uniqueness/directory";
import { byReservation, RELEASE } from "../../../lambda/uniqueness/reservations";
import { revocable } from "../../../lambda/uniqueness/revocable";
import type { ReservationsTable } from "../../../lambda/uniqueness/table";
import { Accounts } from "../../support/accounts";
import { signUpEvent } from "../../support/events";
import { DAY, observed } from "../../support/handler";
import { SENT } from "../../support/sent";
import { localTables } from "../../support/tables";
import { inVirtualTime } from "../../support/virtual-time";

let tables: Awaited<ReturnType<typeof localTables>>;
let accounts: Accounts;
beforeAll(async () => {
  tables = await localTables();
});
afterAll(() => tables.close());
beforeEach(async () => {
  await tables.clear();
  accounts = new Accounts();
});

const ana = signUpEvent("ana", "ana@example.com");
const RESERVED = ["EMAIL#ana@example.com", "USERNAME#ana"];
const keys = async () => Object.keys(await tables.items()).sort();

interface Options extends Partial<Pick<CheckedDependencies, "federated" | "linkToOwner" | "checkName">> {
  readonly table?: ReservationsTable;
}

function checked(check: OwnCheck, { table = tables.table, ...linking }: Options = {}) {
  const lines: string[] = [];
  const write = (line: string) => lines.push(line);
  const directory = new Directory({ listUsers: accounts.listUsers, unconfirmedHold: DAY, now: Date.now });
  const parts = { directory, accounts: accounts.accounts, now: Date.now };
  const handler = checkedPreSignUp({
    check,
    revocable: () => revocable(table, (recorded) => byReservation({ ...parts, table: recorded })),
    federated: "refuse",
    linkToOwner: async () => false,
    ...linking,
    messages: MESSAGES,
    log: logTo(write, "DEBUG"),
    count: countTo(write, "acme-dev-pre-sign-up", NAMESPACE),
  });
  return observed(handler as ReturnType<typeof preSignUp>, lines, 4000);
}

it("a sign-up that both checks admit is admitted, with what the own check has set of the answer", async () => {
  const { handle, counted, logged } = checked(({ response }) => {
    response.autoConfirmUser = true;
    return undefined;
  });
  const { answer } = await handle(structuredClone(ana));
  expect(answer).toEqual({ ...ana, response: { ...ana.response, autoConfirmUser: true } });
  expect(counted()).toEqual({ Admitted: 1 });
  expect(logged()).toMatchObject([{ level: "INFO", message: "admitted" }]);
  expect(await keys()).toEqual(RESERVED);
});

it("what the project's check refuses, the own check is not asked", async () => {
  accounts.add("x", "ana@example.com");
  const check = jest.fn();
  const { handle, counted } = checked(check);
  expect((await handle(ana)).refusal?.message).toBe(SENT.emailTaken);
  expect(check).not.toHaveBeenCalled();
  expect(counted()).toMatchObject({ Refused: 1, RefusedEmailTaken: 1 });
});

it("a refusal of the own check is shown to the user, without the full stop that Cognito adds, and holds nothing", async () => {
  const { handle, counted, logged } = checked(onlyAcme);
  const { refusal } = await handle(ana);
  expect([refusal?.name, refusal?.message]).toEqual(["Refusal", "Sign up with your address of acme.com"]);
  expect(refusal?.stack).toBe(`Refusal: ${refusal?.message}`);
  expect(counted()).toEqual({ Refused: 1 });
  expect(logged()).toMatchObject([{ level: "INFO", message: "refused", reason: "OwnCheck" }]);
  expect(await keys()).toEqual([]);
  expect(await handle(signUpEvent("ana", "ana@acme.com"))).toHaveProperty("answer");
});

it.each<[string, OwnCheck, string]>([
  [
    "throws",
    () => {
      throw new TypeError("of ana@example.com");
    },
    "OwnCheck: TypeError",
  ],
  ["rejects", async () => Promise.reject(new Error("of ana@example.com")), "OwnCheck: Error"],
  [
    "answers with the event, as a trigger would",
    ((event: unknown) => event) as unknown as OwnCheck,
    "OwnCheck: BadAnswer",
  ],
  ["answers with an empty text", () => "", "OwnCheck: BadAnswer"],
])("a check that %s fails closed, says nothing of its error, and holds nothing", async (_, check, reason) => {
  const { handle, counted, logged, lines } = checked(check);
  expect((await handle(ana)).refusal?.message).toBe(SENT.unavailable);
  expect(counted()).toEqual({ FailedClosed: 1 });
  expect(logged()).toMatchObject([{ level: "ERROR", message: "failed closed", reason }]);
  expect(lines.join("")).not.toContain("ana@example.com");
  expect(await keys()).toEqual([]);
});

it("a check that does not answer in time fails closed, and what it reserved is released", async () => {
  const removed: string[] = [];
  const table: ReservationsTable = {
    put: async () => ({ done: true }),
    remove: async (key) => void removed.push(key),
  };
  const { handle, logged } = checked(() => new Promise(() => {}), { table });
  const { refusal, milliseconds } = await inVirtualTime(() => handle(ana), 4000);
  expect(refusal?.message).toBe(SENT.unavailable);
  expect(milliseconds).toBeLessThan(3500);
  expect(logged()).toMatchObject([{ reason: "OwnCheck: Timeout" }]);
  expect(removed.sort()).toEqual(RESERVED);
});

it("what an earlier call of the same sign-up has reserved stays: an account may have come of it", async () => {
  expect(await checked(() => undefined).handle(ana)).toHaveProperty("answer");
  expect((await checked(() => "No.").handle(ana)).refusal?.message).toBe("No");
  expect(await keys()).toEqual(RESERVED);
});

it("what is reserved although the answer was lost is released, too", async () => {
  let isLost = true;
  const put: ReservationsTable["put"] = async (puts, deadline) => {
    const result = await tables.table.put(puts, deadline);
    if (!isLost) return result;
    isLost = false;
    return { done: false, busy: false, found: new Map(puts.map(({ reservation }) => [reservation.key, reservation])) };
  };
  const { handle } = checked(() => "No.", { table: { ...tables.table, put } });
  expect((await handle(ana)).refusal?.message).toBe("No");
  expect(await keys()).toEqual([]);
});

it("a release that fails does not change the refusal: the reservation is taken over later", async () => {
  const remove = () => Promise.reject(new Error("no answer"));
  const { handle } = checked(() => "No.", { table: { ...tables.table, remove } });
  expect((await handle(ana)).refusal?.message).toBe("No");
  expect(await keys()).toEqual(RESERVED);
});

it("what was taken over from a failed sign-up is released, too", async () => {
  await tables.write("USERNAME#ana", "ana", "other@example.com", "another attempt", Date.now() - 120_000);
  const { handle, counted } = checked(() => "No.");
  expect((await handle(ana)).refusal?.message).toBe("No");
  expect(counted()).toEqual({ Refused: 1, TakenOver: 1 });
  expect(await keys()).toEqual([]);
});

describe("a check by the function that the pool called before", () => {
  const by = (invoke: Invoke) => checked(poolsFunction(invoke, "arn"), { checkName: "PoolsFunction" });

  it("is asked only after the project's, and its answer goes to Cognito", async () => {
    const invoke = jest.fn(async () => ({ failed: false, payload: { response: { autoConfirmUser: true } } }));
    const { handle } = by(invoke);
    const { answer } = await handle(structuredClone(ana));
    expect(answer).toEqual({ ...ana, response: { ...ana.response, autoConfirmUser: true } });
    expect((await handle(signUpEvent("Ana", "other@example.com"))).refusal?.message).toBe(SENT.usernameTaken);
    expect(invoke).toHaveBeenCalledTimes(1);
  });

  it("refuses with its text, and holds nothing", async () => {
    const payload = { errorType: "Error", errorMessage: "ana@example.com is not of acme.com." };
    const { handle, counted, logged, lines } = by(async () => ({ failed: true, payload }));
    expect((await handle(ana)).refusal?.message).toBe("… is not of acme.com");
    expect(counted()).toEqual({ Refused: 1 });
    expect(logged()).toMatchObject([{ level: "INFO", message: "refused", reason: "PoolsFunction" }]);
    expect(lines.join("")).not.toContain("example.com");
    expect(await keys()).toEqual([]);
  });

  it("fails closed where the function cannot be asked, and holds nothing", async () => {
    const { handle, counted, logged } = by(async () => {
      throw new AwsError("AccessDeniedException", false);
    });
    expect((await handle(ana)).refusal?.message).toBe(SENT.unavailable);
    expect(counted()).toEqual({ FailedClosed: 1 });
    expect(logged()).toMatchObject([{ reason: "PoolsFunction: AccessDeniedException" }]);
    expect(await keys()).toEqual([]);
  });

  it("is told a deadline that leaves time to release what is reserved, within Cognito's five seconds", async () => {
    const left: number[] = [];
    const { handle } = by(async (_, __, deadline) => {
      left.push(deadline - Date.now());
      return { failed: false, payload: { response: {} } };
    });
    await handle(ana);
    expect(left[0]).toBeLessThanOrEqual(3500 - RELEASE);
    expect(left[0]).toBeGreaterThan(0);
  });
});

describe("where identities are linked", () => {
  const google = {
    ...signUpEvent("Google_1", "ana@example.com"),
    triggerSource: "PreSignUp_ExternalProvider" as const,
  };
  const linkToOwner = jest.fn(async () => true);
  beforeEach(() => {
    linkToOwner.mockClear();
    accounts.add("ana", "ana@example.com");
  });

  it("none is linked that the own check refuses", async () => {
    const { handle, counted } = checked(() => "No.", { federated: "link", linkToOwner });
    expect((await handle(google)).refusal?.message).toBe("No");
    expect(linkToOwner).not.toHaveBeenCalled();
    expect(counted()).toEqual({ Refused: 1 });
  });

  it("one that the own check admits is linked, and the check is asked once", async () => {
    const check = jest.fn(() => undefined);
    const { handle, counted } = checked(check, { federated: "link", linkToOwner });
    expect(await handle(google)).toHaveProperty("answer");
    expect(linkToOwner).toHaveBeenCalledTimes(1);
    expect(check).toHaveBeenCalledTimes(1);
    expect(counted()).toEqual({ Admitted: 1, Linked: 1 });
  });
});
