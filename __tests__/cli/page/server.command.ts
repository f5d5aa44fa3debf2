import http from "node:http";
import type { Tables } from "../../../cli/page/api";
import { PROJECT } from "../../support/settings";
import { shownPages } from "../../support/shown-page";

const { open, script } = shownPages(PROJECT);

it("only the page itself is answered", async () => {
  const page = await open();
  const html = await fetch(page.address);
  expect(html.headers.get("content-security-policy")).toMatch(/^default-src 'none'; script-src 'self';/);
  expect(await html.text()).toContain("<h1>One person, one account</h1>");

  const { port } = new URL(page.address);
  const statusFor = (host: string) =>
    new Promise((resolve, reject) => {
      http
        .get(`${page.address}/api/tables`, { headers: { host } }, ({ statusCode }) => resolve(statusCode))
        .on("error", reject);
    });
  for (const host of [`127.0.0.1:${port}`, `localhost:${port}`])
    expect([host, await statusFor(host)]).toEqual([host, 200]);
  for (const host of ["evil.example", `evil.example:${port}`, "127.0.0.1", `127.0.0.1.evil.example:${port}`]) {
    expect([host, await statusFor(host)]).toEqual([host, 403]);
  }

  const values = { username: "eve", email: "eve@example.com", password: "Correct-Horse-1" };
  const refusals: ReadonlyArray<readonly [number, Response]> = [
    [415, await page.post("/api/sign-up", { values }, { "content-type": "text/plain" })],
    [403, await page.post("/api/sign-up", { values }, { origin: "http://evil.example" })],
    [403, await page.post("/api/race", {}, { origin: "null" })],
    [
      403,
      await fetch(`${page.address}/api/race`, {
        method: "POST",
        body: "{}",
        headers: { "content-type": "application/json" },
      }),
    ],
    [400, await page.post("/api/sign-up", { values: { ...values, "custom:role": "admin" } })],
    [400, await page.post("/api/sign-up", { values: { ...values, email: 1 } })],
    [400, await page.post("/api/sign-up", null)],
    [413, await page.post("/api/sign-up", { values: { ...values, email: "e".repeat(300_000) } })],
    [404, await fetch(`${page.address}/api/events`)],
    [404, await fetch(`${page.address}/../package.json`)],
  ];
  for (const [status, response] of refusals) {
    expect([response.url, response.status]).toEqual([response.url, status]);
    expect(await response.json()).toEqual({ error: expect.any(String) });
  }
  expect((await page.get<Tables>("/api/tables")).accounts).toEqual([]);
});

it("a port without the page, and one that is in use, are refused", async () => {
  expect(await script("demo", "--port", "9300")).toMatchObject({
    code: 64,
    stderr: "--port is the port of the page: add --open.\n",
  });
  const page = await open();
  const { port } = new URL(page.address);
  expect(await script("demo", "--open", "--port", port)).toMatchObject({
    code: 1,
    stderr: `Port ${port} is in use by another process: name another one with --port.\n`,
  });
});
