import { readFileSync } from "node:fs";
import { IN_FLIGHT } from "../../lambda/identity/reservation";
import { readSignUp } from "../../lambda/pre-sign-up/event";
import { Directory } from "../../lambda/uniqueness/directory";
import { byReservation } from "../../lambda/uniqueness/reservations";
import { Accounts } from "../support/accounts";
import { signUpEvent } from "../support/events";
import { diagramIn, edgesOf } from "../support/mermaid";
import { localTables } from "../support/tables";

const { resource } = JSON.parse(readFileSync("synthesized/dev/cdk.tf.json", "utf8"));
const types = Object.keys(resource).sort();
const typesIn = (text: string) => [...new Set(text.match(/aws_\w+/g))].sort();

describe("what is deployed (README.md)", () => {
  const lines = diagramIn("README.md", "flowchart");

  it("has every type of resource of the default environment, and no other", () => {
    expect(typesIn(lines.join("\n"))).toEqual(types);
  });

  it("has every use of one by another, and no other", () => {
    const [table] = Object.values<{ name: string }>(resource.aws_dynamodb_table);
    /** Whether a resource names one of this type: by a reference or, as grants do with the table, by its name. */
    const uses = (text: string, type: string) =>
      Object.keys(resource[type]).some(
        (name) => text.includes(`\${${type}.${name}.`) || text.includes(`"${type}.${name}"`),
      ) ||
      (type === "aws_dynamodb_table" && text.includes(String(table?.name)));
    const deployed = types.flatMap((from) =>
      types.filter((to) => to !== from && uses(JSON.stringify(resource[from]), to)).map((to) => `${from} ${to}`),
    );
    const typeOf = Object.fromEntries(
      [...lines.join("\n").matchAll(/(\w+)[[(]+"[^"]*?(aws_\w+)"/g)].map(([, node, type]) => [node, type]),
    );
    const drawn = edgesOf(lines)
      .map(([from, to]) => [typeOf[from], typeOf[to]])
      .filter(([from, to]) => from !== undefined && to !== undefined)
      .map(([from, to]) => `${from} ${to}`);
    expect(drawn.sort()).toEqual(deployed.sort());
  });
});

it("a sign-up (docs/uniqueness.md) takes part in what is deployed, and calls what the function may call", () => {
  const text = diagramIn("docs/uniqueness.md", "sequenceDiagram").join("\n");
  expect(typesIn(text).filter((type) => !types.includes(type))).toEqual([]);
  const allowed = Object.values<{ policy: string }>(resource.aws_iam_role_policy)
    .flatMap(({ policy }) => JSON.parse(policy).Statement)
    .flatMap(({ Action }) => Action)
    .flatMap((action: string) => /^(?:cognito-idp|dynamodb):(\w+)$/.exec(action)?.[1] ?? []);
  const called = text.match(/\b(?:[A-Z][a-z]+){2,}\b/g) ?? [];
  expect([...new Set(called)].sort()).toEqual([...new Set([...allowed, "SignUp"])].sort());
});

describe("the states of a reservation (docs/uniqueness.md)", () => {
  const HOUR = 3_600_000;
  const KEY = "EMAIL#ana@example.com";
  let tables: Awaited<ReturnType<typeof localTables>>;
  let accounts: Accounts;
  let now: number;
  beforeAll(async () => {
    tables = await localTables();
  });
  afterAll(() => tables.close());
  beforeEach(async () => {
    await tables.clear();
    accounts = new Accounts();
    now = Date.UTC(2026, 0, 1);
  });

  async function signUp(username: string, listUsers = accounts.listUsers): Promise<boolean> {
    const directory = new Directory({ listUsers, unconfirmedHold: 24 * HOUR, now: () => now });
    const uniqueness = byReservation({
      table: tables.table,
      directory,
      accounts: accounts.accounts,
      now: () => now,
    });
    const { taken } = await uniqueness.claim(
      readSignUp(signUpEvent(username, "ana@example.com")),
      ["username", "email"],
      Date.now() + 60_000,
    );
    return taken === undefined;
  }

  /** The state by what is in the table and in the pool. */
  async function state(): Promise<string> {
    const item = (await tables.items())[KEY];
    if (!item) return "free";
    if (now - item.reservedAt < IN_FLIGHT) return "in_flight";
    const isHeld = ({ email, status, createdAt = 0 }: (typeof accounts.all)[number]) =>
      email === "ana@example.com" && (status === "CONFIRMED" || now - createdAt < 24 * HOUR);
    return accounts.all.some(isHeld) ? "held" : "left_over";
  }

  /** Brings the reservation into a state. */
  const REACHED: Record<string, (status?: string) => Promise<void>> = {
    free: async () => {},
    in_flight: async () => void (await signUp("ana")),
    held: async (status = "CONFIRMED") => {
      await signUp("ana");
      accounts.add("ana", "ana@example.com", { createdAt: now, status });
      now += IN_FLIGHT;
    },
    left_over: async () => {
      await signUp("ana");
      now += IN_FLIGHT;
    },
  };

  const refused = async () => expect(await signUp("ben")).toBe(false);
  const TRANSITIONS: Record<string, (() => Promise<void>) | "elsewhere"> = {
    "free --> in_flight: a sign-up reserves it": async () => expect(await signUp("ana")).toBe(true),
    "in_flight --> in_flight: another sign-up is refused": refused,
    // The look-up, which runs beside the reservation, finds an account that is older than the table.
    "in_flight --> free: its own sign-up is refused": async () => {
      await tables.clear();
      accounts.add("old", "ana@example.com");
      const isAdmitted = await signUp("ana", async (...args) => {
        while ((await state()) === "free") await new Promise(setImmediate);
        return accounts.listUsers(...args);
      });
      expect(isAdmitted).toBe(false);
    },
    "in_flight --> held: 60 seconds, and Cognito has created the account": async () => {
      accounts.add("ana", "ana@example.com", { createdAt: now });
      now += IN_FLIGHT;
    },
    "in_flight --> left_over: 60 seconds, and there is no account": async () => {
      now += IN_FLIGHT;
    },
    "held --> held: another sign-up is refused": refused,
    "held --> left_over: the account is deleted": async () => accounts.remove("ana"),
    "held --> left_over: the account has another address": async () => {
      accounts.remove("ana");
      accounts.add("ana", "new@example.com", { createdAt: now });
    },
    "held --> left_over: the account is not confirmed in time": async () => {
      accounts.remove("ana");
      accounts.add("ana", "ana@example.com", { createdAt: now, status: "UNCONFIRMED" });
      now += 24 * HOUR;
    },
    "left_over --> in_flight: the next sign-up takes it over": async () => expect(await signUp("ben")).toBe(true),
    // __tests__/migration/reservations.test.ts: "removes a deleted account's reservations", "keeps a reservation younger than a day".
    "left_over --> free: prune removes it, after a day": "elsewhere",
  };

  const drawn = diagramIn("docs/uniqueness.md", "stateDiagram-v2").filter((line) => /^\w+ --> /.test(line));

  it("has the transitions that are tested here, and no other", () => {
    expect(drawn.sort()).toEqual(Object.keys(TRANSITIONS).sort());
  });

  it.each(Object.entries(TRANSITIONS).filter(([, happens]) => happens !== "elsewhere"))("%s", async (line, happens) => {
    const [, from = "", to] = /^(\w+) --> (\w+):/.exec(line) ?? [];
    await REACHED[from]?.();
    expect(await state()).toBe(from);
    await (happens as () => Promise<void>)();
    expect(await state()).toBe(to);
  });

  it("a left-over is taken over whatever made it one", async () => {
    for (const line of drawn.filter((one) => one.startsWith("held --> left_over"))) {
      await tables.clear();
      accounts = new Accounts();
      await REACHED.held?.();
      await (TRANSITIONS[line] as () => Promise<void>)();
      expect([line, await signUp("ben")]).toEqual([line, true]);
    }
  });
});
