import http from "node:http";
import type { PageEvent, PoolInfo } from "../../../cli/page/api";
import { freePort } from "../../support/free-port";
import { LocalPool } from "../../support/local-pool";
import { ProjectCopy } from "../../support/project-copy";
import { PROJECT } from "../../support/settings";
import { ShownPage } from "../../support/shown-page";

let copy: ProjectCopy;
let running: LocalPool | undefined;
beforeAll(async () => {
  copy = await ProjectCopy.make(PROJECT);
});
afterEach(async () => {
  await running?.stop();
  running = undefined;
});
afterAll(() => copy.remove());

it("prints the page's address; the page gets messages and decisions, also of what an application does", async () => {
  const [port, pagePort] = [await freePort(), await freePort()];
  running = new LocalPool(copy.folder, ["local", "dev", "--port", String(port), "--page-port", String(pagePort)]);
  await running.says(/Ctrl-C ends it/);
  expect(running.output).toContain(`What happens in it is shown on http://127.0.0.1:${pagePort}.`);
  const page = new ShownPage(running, `http://127.0.0.1:${pagePort}`);
  expect(await page.get<PoolInfo>("/api/pool")).toMatchObject({ environment: "dev", hasEvents: true });
  await page.signUp({ username: "ana", email: "ana@example.com" });

  const stream = await fetch(`${page.address}/api/events`);
  const UserPoolId = running.value("COGNITO_USER_POOL_ID");
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
