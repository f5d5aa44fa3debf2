import type { PoolInfo, Races, Tables } from "../../../cli/page/api";
import type { ProjectSettings } from "../../../settings/schema";
import { processTree } from "../../support/process-tree";
import { shownPages } from "../../support/shown-page";

const SETTINGS: ProjectSettings = {
  project: "acme",
  region: "eu-west-1",
  environments: {
    dev: {},
    phones: {
      aliasAttributes: ["email", "phone_number"],
      standardAttributes: { phone_number: { required: true }, name: { required: true } },
      uniqueness: "directory",
      passwordPolicy: { minimumLength: 20 },
    },
    addresses: { usernameAttributes: ["email"] },
  },
};

const { open } = shownPages(SETTINGS);

it("a sign-up is admitted, a second one of the same user is refused and explained, and nothing is left after Ctrl-C", async () => {
  const page = await open();
  const demo = page.running;
  expect(demo.output).toMatch(/^Synthesized dev, phones, addresses and state\..*\nThe pool of dev is up/);
  const info = await page.get<PoolInfo>("/api/pool");
  expect(info).toMatchObject({ environment: "dev", uniqueness: "reserved", hasEvents: false, racers: 20 });
  expect(info.fields.map(({ name }) => name)).toEqual(["username", "email", "password"]);
  expect(info.trials).toHaveLength(9);

  const first = await page.signUp({ username: "ana", email: "ana@example.com" });
  expect(first).toMatchObject({ verdict: "admitted", identifiers: [{ key: "USERNAME#ana" }, {}] });
  expect(first.call?.metrics.map(({ counts }) => counts)).toEqual([{ Admitted: 1 }]);
  expect(first.call?.steps).toContainEqual(
    expect.objectContaining({
      kind: "reservation",
      about: "USERNAME#ana, EMAIL#ana@example.com",
      result: "all written, in one transaction",
    }),
  );

  const second = await page.signUp({ username: "\u0430na", email: "ANA@Example.com" });
  expect(second).toMatchObject({ verdict: "refused", message: "The email is already registered." });
  const [username, email] = second.identifiers;
  // The Cyrillic letter is kept, and the username is another one.
  expect(username?.characters[0]).toMatchObject({
    becomes: "\u0430",
    change: "kept",
    codePoints: [{ codePoint: "U+0430", name: "CYRILLIC SMALL LETTER A" }],
  });
  expect(email).toMatchObject({ canonical: "ana@example.com", key: "EMAIL#ana@example.com" });
  expect(email?.characters[0]).toMatchObject({ typed: "A", becomes: "a", change: "letter case" });
  expect(second.call?.steps.map(({ kind, result }) => [kind, result])).toContainEqual([
    "reservation",
    "nothing written: there already is EMAIL#ana@example.com",
  ]);
  const [line = ""] = second.call?.log ?? [];
  expect(JSON.parse(line)).toMatchObject({ level: "INFO", message: "refused", reason: "emailTaken" });
  expect(second.call?.metrics.map(({ counts }) => counts)).toEqual([{ Refused: 1, RefusedEmailTaken: 1 }]);
  const written = [...(second.call?.log ?? []), ...(second.call?.metrics ?? []).map((metric) => metric.line)].join();
  expect(written).not.toMatch(/example\.com|\u0430na/i);

  const spelling = await page.signUp({ username: "a\u200bna", email: "other@example.com" });
  expect(spelling).toMatchObject({ verdict: "refused", call: { steps: [] } });
  expect(spelling.identifiers[0]?.characters[1]).toMatchObject({
    typed: "\u200b",
    becomes: "",
    codePoints: [{ codePoint: "U+200B", name: "ZERO WIDTH SPACE" }],
    refused: expect.stringContaining("cannot be seen"),
  });
  // The emulated Cognito tells apart by letter case, and does not ask for this one.
  const exact = await page.signUp({ username: "ana", email: "other@example.com" });
  expect(exact).toMatchObject({ verdict: "refused", message: expect.stringContaining("UsernameExistsException") });
  expect(exact).not.toHaveProperty("call");

  const tables = await page.get<Tables>("/api/tables");
  expect(tables.accounts).toEqual([
    expect.objectContaining({ username: "ana", email: "ana@example.com", status: "UNCONFIRMED" }),
  ]);
  const day = 24 * 3_600_000;
  const since = tables.accounts[0]?.since ?? 0;
  expect(tables.reservations?.map(({ key, state, until }) => ({ key, state, until }))).toEqual([
    { key: "USERNAME#ana", state: "held", until: undefined },
    { key: "EMAIL#ana@example.com", state: "held", until: since + day },
  ]);

  const processes = processTree(demo.child.pid ?? 0);
  expect(processes.length).toBeGreaterThan(2);
  await demo.stop();
  expect(demo.child.exitCode).toBe(130);
  const isThere = (pid: number) => {
    try {
      return process.kill(pid, 0);
    } catch {
      return false;
    }
  };
  while (processes.some(isThere)) await new Promise((resolve) => setTimeout(resolve, 50));
  await expect(fetch(page.address)).rejects.toThrow();
});

it("the race is run in both ways, again and again, and leaves the accounts of the pool alone", async () => {
  const page = await open();
  for (let round = 0; round < 2; round++) {
    const races = (await (await page.post("/api/race", {})).json()) as Races;
    expect(races.reserved.admitted).toBe(1);
    expect(races.directory.admitted).toBeGreaterThan(0);
    for (const { racers, admitted, firstAdmission } of Object.values(races)) {
      expect(racers).toHaveLength(20);
      expect(new Set(racers.map(({ username }) => username)).size).toBe(20);
      expect(racers.filter(({ verdict }) => verdict === "admitted")).toHaveLength(admitted);
      expect(racers.filter(({ verdict }) => verdict === "failed")).toEqual([]);
      for (const { start, decided = -1, answered } of racers) {
        expect([start, decided, answered].sort((one, other) => one - other)).toEqual([start, decided, answered]);
      }
      expect(racers.findIndex(({ verdict }) => verdict !== "admitted")).toBe(admitted === 20 ? -1 : admitted);
      expect(firstAdmission).toBeGreaterThan(0);
    }
  }
  expect(await page.get<Tables>("/api/tables")).toMatchObject({ accounts: [], reservations: [] });
});

it("the form asks for what the pool keeps unique and requires, and says so where there is no table", async () => {
  const page = await open("phones");
  const { fields, trials, uniqueness } = await page.get<PoolInfo>("/api/pool");
  expect(fields.map(({ name, required }) => [name, required])).toEqual([
    ["username", true],
    ["email", true],
    ["phone_number", true],
    ["name", true],
    ["password", true],
  ]);
  expect({ trials, uniqueness }).toEqual({ trials: [], uniqueness: "directory" });
  const password = fields.at(-1)?.value ?? "";
  const values = { username: "ana", email: "ana@example.com", phone_number: "+442079460123", name: "Ana", password };
  expect(await page.signUp(values)).toMatchObject({ verdict: "admitted" });
  const second = await page.signUp({ ...values, username: "ben", email: "ben@example.com" });
  expect(second).toMatchObject({ verdict: "refused", message: "The phone number is already registered." });
  expect(second.identifiers.map(({ label, key }) => [label, key])).toEqual([
    ["Username", undefined],
    ["E-mail", undefined],
    ["Phone number", undefined],
  ]);
  expect(await page.signUp({ ...values, username: "ben", email: "" })).toMatchObject({
    verdict: "refused",
    message: expect.stringContaining("email: The attribute is required"),
  });
  // Cognito refuses it before it asks the function.
  expect(await page.signUp({ ...values, username: "ben", password: "Correct-Horse-1" })).toMatchObject({
    ...{ verdict: "refused", message: expect.stringContaining("Password not long enough") },
  });
  const tables = await page.get<Tables>("/api/tables");
  expect(tables.reservations).toBeUndefined();
  expect(tables.accounts).toEqual([expect.objectContaining({ phone: "+442079460123" })]);
});

it("a pool without usernames takes an address in their place", async () => {
  const page = await open("addresses");
  const { fields, racers } = await page.get<PoolInfo>("/api/pool");
  expect(fields.map(({ name }) => name)).toEqual(["email", "password"]);
  expect(racers).toBeUndefined();
  expect((await page.post("/api/race", {})).status).toBe(409);
  expect(await page.signUp({ email: "ana@example.com" })).toMatchObject({ verdict: "admitted" });
  expect(await page.signUp({ email: "Ana@example.com" })).toMatchObject({
    verdict: "refused",
    message: "The email is already registered.",
    call: { log: [expect.stringContaining("emailTaken")] },
  });
});
