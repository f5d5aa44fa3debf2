import { mkdtemp, rm } from "node:fs/promises";
import http from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import type { PageEvent, PoolInfo, Races, SignUpReport, Tables } from "../../../cli/page/api";
import type { ProjectSettings } from "../../../settings/schema";
import { freePort } from "../../support/free-port";
import { processTree } from "../../support/process-tree";
import { emulated, ProjectCopy } from "../../support/project-copy";
import { Running } from "../../support/running";

const PASSWORD = "Correct-Horse-1";

const SETTINGS: ProjectSettings = {
  project: "acme",
  region: "eu-west-1",
  environments: {
    dev: {},
    phones: {
      aliasAttributes: ["email", "phone_number"],
      standardAttributes: { phone_number: { required: true }, name: { required: true } },
      uniqueness: "directory",
    },
    addresses: { usernameAttributes: ["email"] },
  },
};

let copy: ProjectCopy;
let emptyFolder: string;
let running: Running | undefined;
let address: string;
beforeAll(async () => {
  copy = await ProjectCopy.make(SETTINGS);
  emptyFolder = await mkdtemp(path.join(tmpdir(), "empty-"));
});
afterEach(async () => {
  await running?.stop();
  running = undefined;
});
afterAll(async () => {
  await copy.remove();
  await rm(emptyFolder, { recursive: true });
});

/** `npm start -- --open`, with nothing on PATH: there is no browser to open either. */
async function openDemo(...args: string[]): Promise<Running> {
  const port = await freePort();
  running = new Running(copy.folder, ["demo", ...args, "--open", "--port", String(port)], {
    ...emulated(),
    PATH: emptyFolder,
    DISPLAY: ":0",
  });
  address = (await running.says(/The page is on (http:\/\/127\.0\.0\.1:\d+)\./))[1] ?? "";
  expect(address).toBe(`http://127.0.0.1:${port}`);
  return running;
}

async function get<Answer>(route: string): Promise<Answer> {
  return (await fetch(`${address}${route}`)).json() as Promise<Answer>;
}

/** A request as the page sends it, unless `headers` say otherwise. */
function post(route: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${address}${route}`, {
    method: "POST",
    headers: { origin: address, "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  });
}

async function signUp(values: Record<string, string>): Promise<SignUpReport> {
  const response = await post("/api/sign-up", { values: { password: PASSWORD, ...values } });
  expect(response.status).toBe(200);
  return response.json() as Promise<SignUpReport>;
}

describe("npm start -- --open", () => {
  it("a sign-up is admitted, a second one of the same user is refused and explained, and nothing is left after Ctrl-C", async () => {
    const demo = await openDemo();
    expect(demo.output).toMatch(/^Synthesized dev, phones, addresses and state\..*\nThe pool of dev is up/);
    const info = await get<PoolInfo>("/api/pool");
    expect(info).toMatchObject({ environment: "dev", uniqueness: "reserved", hasEvents: false, racers: 20 });
    expect(info.fields.map(({ name }) => name)).toEqual(["username", "email", "password"]);
    expect(info.trials).toHaveLength(9);

    const first = await signUp({ username: "ana", email: "ana@example.com" });
    expect(first).toMatchObject({ verdict: "admitted", identifiers: [{ key: "USERNAME#ana" }, {}] });
    expect(first.call?.metrics.map(({ counts }) => counts)).toEqual([{ Admitted: 1 }]);
    expect(first.call?.steps).toContainEqual(
      expect.objectContaining({
        kind: "reservation",
        about: "USERNAME#ana, EMAIL#ana@example.com",
        result: "all written, in one transaction",
      }),
    );

    const second = await signUp({ username: "\u0430na", email: "ANA@Example.com" });
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

    const spelling = await signUp({ username: "a\u200bna", email: "other@example.com" });
    expect(spelling).toMatchObject({ verdict: "refused", call: { steps: [] } });
    expect(spelling.identifiers[0]?.characters[1]).toMatchObject({
      typed: "\u200b",
      becomes: "",
      codePoints: [{ codePoint: "U+200B", name: "ZERO WIDTH SPACE" }],
      refused: expect.stringContaining("cannot be seen"),
    });
    // The emulated Cognito tells apart by letter case, and does not ask for this one.
    const exact = await signUp({ username: "ana", email: "other@example.com" });
    expect(exact).toMatchObject({ verdict: "refused", message: expect.stringContaining("UsernameExistsException") });
    expect(exact).not.toHaveProperty("call");

    const tables = await get<Tables>("/api/tables");
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
    await expect(fetch(address)).rejects.toThrow();
  });

  it("the race is run in both ways, again and again, and leaves the accounts of the pool alone", async () => {
    await openDemo();
    for (let round = 0; round < 2; round++) {
      const races = (await (await post("/api/race", {})).json()) as Races;
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
    expect(await get<Tables>("/api/tables")).toMatchObject({ accounts: [], reservations: [] });
  });

  it("only the page itself is answered", async () => {
    await openDemo();
    const page = await fetch(address);
    expect(page.headers.get("content-security-policy")).toMatch(/^default-src 'none'; script-src 'self';/);
    expect(await page.text()).toContain("<h1>One person, one account</h1>");

    const { port } = new URL(address);
    const statusFor = (host: string) =>
      new Promise((resolve, reject) => {
        http
          .get(`${address}/api/tables`, { headers: { host } }, ({ statusCode }) => resolve(statusCode))
          .on("error", reject);
      });
    for (const host of [`127.0.0.1:${port}`, `localhost:${port}`])
      expect([host, await statusFor(host)]).toEqual([host, 200]);
    for (const host of ["evil.example", `evil.example:${port}`, "127.0.0.1", `127.0.0.1.evil.example:${port}`]) {
      expect([host, await statusFor(host)]).toEqual([host, 403]);
    }

    const values = { username: "eve", email: "eve@example.com", password: PASSWORD };
    const refusals: ReadonlyArray<readonly [number, Response]> = [
      [415, await post("/api/sign-up", { values }, { "content-type": "text/plain" })],
      [403, await post("/api/sign-up", { values }, { origin: "http://evil.example" })],
      [403, await post("/api/race", {}, { origin: "null" })],
      [
        403,
        await fetch(`${address}/api/race`, {
          method: "POST",
          body: "{}",
          headers: { "content-type": "application/json" },
        }),
      ],
      [400, await post("/api/sign-up", { values: { ...values, "custom:role": "admin" } })],
      [400, await post("/api/sign-up", { values: { ...values, email: 1 } })],
      [400, await post("/api/sign-up", null)],
      [413, await post("/api/sign-up", { values: { ...values, email: "e".repeat(20_000) } })],
      [404, await fetch(`${address}/api/events`)],
      [404, await fetch(`${address}/../package.json`)],
    ];
    for (const [status, response] of refusals) {
      expect([response.url, response.status]).toEqual([response.url, status]);
      expect(await response.json()).toEqual({ error: expect.any(String) });
    }
    expect((await get<Tables>("/api/tables")).accounts).toEqual([]);
  });

  it("the form asks for what the pool keeps unique and requires, and says so where there is no table", async () => {
    await openDemo("phones");
    const { fields, trials, uniqueness } = await get<PoolInfo>("/api/pool");
    expect(fields.map(({ name, required }) => [name, required])).toEqual([
      ["username", true],
      ["email", true],
      ["phone_number", true],
      ["name", true],
      ["password", true],
    ]);
    expect({ trials, uniqueness }).toEqual({ trials: [], uniqueness: "directory" });
    const values = { username: "ana", email: "ana@example.com", phone_number: "+442079460123", name: "Ana" };
    expect(await signUp(values)).toMatchObject({ verdict: "admitted" });
    const second = await signUp({ ...values, username: "ben", email: "ben@example.com" });
    expect(second).toMatchObject({ verdict: "refused", message: "The phone number is already registered." });
    expect(second.identifiers.map(({ label, key }) => [label, key])).toEqual([
      ["Username", undefined],
      ["E-mail", undefined],
      ["Phone number", undefined],
    ]);
    expect(await signUp({ ...values, username: "ben", email: "" })).toMatchObject({
      verdict: "refused",
      message: "An email is required.",
    });
    const tables = await get<Tables>("/api/tables");
    expect(tables.reservations).toBeUndefined();
    expect(tables.accounts).toEqual([expect.objectContaining({ phone: "+442079460123" })]);
  });

  it("a pool without usernames takes an address in their place", async () => {
    await openDemo("addresses");
    const { fields, racers } = await get<PoolInfo>("/api/pool");
    expect(fields.map(({ name }) => name)).toEqual(["email", "password"]);
    expect(racers).toBeUndefined();
    expect((await post("/api/race", {})).status).toBe(409);
    expect(await signUp({ email: "ana@example.com" })).toMatchObject({ verdict: "admitted" });
    expect(await signUp({ email: "Ana@example.com" })).toMatchObject({
      verdict: "refused",
      message: "The email is already registered.",
      call: { log: [expect.stringContaining("emailTaken")] },
    });
  });

  it("a port without the page, and one that is in use, are refused", async () => {
    expect(await copy.script("demo", "--port", "9300")).toMatchObject({
      code: 64,
      stderr: "--port is the port of the page: add --open.\n",
    });
    await openDemo();
    const { port } = new URL(address);
    expect(await copy.script("demo", "--open", "--port", port)).toMatchObject({
      code: 1,
      stderr: `Port ${port} is in use by another process: name another one with --port.\n`,
    });
  });
});

describe("npm run local", () => {
  it("prints the page's address; the page gets messages and decisions, also of what an application does", async () => {
    const [port, pagePort] = [await freePort(), await freePort()];
    running = new Running(copy.folder, ["local", "dev", "--port", String(port), "--page-port", String(pagePort)]);
    await running.says(/Ctrl-C ends it/);
    expect(running.output).toContain(`What happens in it is shown on http://127.0.0.1:${pagePort}.`);
    address = `http://127.0.0.1:${pagePort}`;
    expect(await get<PoolInfo>("/api/pool")).toMatchObject({ environment: "dev", hasEvents: true });
    await signUp({ username: "ana", email: "ana@example.com" });

    const stream = await fetch(`${address}/api/events`);
    const UserPoolId = /COGNITO_USER_POOL_ID=(.*)/.exec(running.output)?.[1];
    await fetch(`http://127.0.0.1:${port}`, {
      method: "POST",
      headers: {
        "content-type": "application/x-amz-json-1.1",
        "x-amz-target": "AWSCognitoIdentityProviderService.AdminCreateUser",
      },
      body: JSON.stringify({
        UserPoolId,
        Username: "ben",
        UserAttributes: [{ Name: "email", Value: "ANA@example.com" }],
      }),
    });
    const events: PageEvent[] = [];
    let text = "";
    for await (const chunk of stream.body ?? []) {
      text += Buffer.from(chunk as Uint8Array).toString("utf8");
      events.splice(0);
      for (const [, data = ""] of text.matchAll(/^data: (.*)\n\n/gm)) events.push(JSON.parse(data));
      if (events.some((event) => event.kind === "decision" && event.refusal)) break;
    }
    expect(events.filter(({ kind }) => kind === "message")).toEqual([
      { kind: "message", at: expect.any(Number), text: expect.stringMatching(/Username: +ana\n.*Code: +\d+/s) },
    ]);
    const decisions = events.filter((event) => event.kind === "decision");
    expect(decisions).toEqual([
      expect.objectContaining({ trigger: "PreSignUp_SignUp" }),
      expect.objectContaining({ functionName: "acme-dev-pre-sign-up", refusal: "The email is already registered" }),
    ]);
    expect(decisions[0]).not.toHaveProperty("refusal");
  });

  it("ends where the page's port is in use", async () => {
    const [port, pagePort] = [await freePort(), await freePort()];
    const other = http.createServer().listen(pagePort, "127.0.0.1");
    try {
      const ports = ["--port", String(port), "--page-port", String(pagePort)];
      expect(await copy.script("local", "dev", ...ports)).toMatchObject({
        code: 1,
        stderr: `Port ${pagePort} is in use by another process: name another one with --page-port.\n`,
      });
    } finally {
      other.close();
    }
  });
});
