import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { createHash, generateKeyPairSync, sign } from "node:crypto";
import { once } from "node:events";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import https from "node:https";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { makeCertificate } from "../../bench/certificate";
import { codeBlock } from "../support/code-block";

/** The app client and the outputs that `dev` deploys. */
async function deployed() {
  const { resource, output } = JSON.parse(await readFile("synthesized/dev/cdk.tf.json", "utf8"));
  return { client: resource.aws_cognito_user_pool_client.user_pool_client, outputs: Object.keys(output) };
}

const ID = "client-id";
const SECRET = "client-secret";
const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");

const withoutOpenssl = spawnSync("openssl", ["version"]).status !== 0;
const describeApp = withoutOpenssl && !process.env.CI ? describe.skip : describe;

describeApp(`docs/first-app.md${withoutOpenssl ? " (skipped: openssl is not there)" : ""}`, () => {
  let folder: string;
  let provider: https.Server;
  let issuer: string;
  let application: ChildProcess;
  let address: string;
  /** What the application asks for at the authorization endpoint; the code belongs to it. */
  let asked: URLSearchParams;

  beforeAll(async () => {
    // Inside of the project, where openid-client is found.
    await mkdir(".build", { recursive: true });
    folder = await mkdtemp(path.resolve(".build/first-app-"));
    await makeCertificate(folder);
    const [key, cert] = await Promise.all(["key.pem", "cert.pem"].map((file) => readFile(path.join(folder, file))));
    provider = https.createServer({ key, cert }, (request, response) => {
      const chunks: Buffer[] = [];
      request
        .on("data", (chunk) => chunks.push(chunk))
        .on("end", () => {
          const answer = answered(request.url ?? "", new URLSearchParams(Buffer.concat(chunks).toString()));
          response.writeHead(answer ? 200 : 400, { "content-type": "application/json" });
          response.end(JSON.stringify(answer ?? { error: "invalid_grant" }));
        });
    });
    provider.listen(0, "127.0.0.1");
    await once(provider, "listening");
    issuer = `https://127.0.0.1:${(provider.address() as AddressInfo).port}`;

    // The page's code, on a free port: the browser's part is played here.
    const code = await codeBlock("docs/first-app.md", 'import { createServer } from "node:http";');
    const free = code.replace(
      /\.listen\(3000, "127\.0\.0\.1", \(\) => console\.log\(.+\)\);/,
      '.listen(0, "127.0.0.1", function () { console.log(this.address().port); });',
    );
    expect(free).not.toBe(code);
    const file = path.join(folder, "server.mjs");
    await writeFile(file, free);
    const env = {
      PATH: process.env.PATH,
      NODE_EXTRA_CA_CERTS: path.join(folder, "cert.pem"),
      ...{ ISSUER: issuer, CLIENT_ID: ID, CLIENT_SECRET: SECRET, DOMAIN: "https://acme.example.com" },
    };
    application = spawn(process.execPath, [file], { env, stdio: ["ignore", "pipe", "ignore"] });
    const port = await new Promise((resolve, reject) => {
      application.stdout?.once("data", (text) => resolve(String(text).trim()));
      application.once("exit", (exitCode) => reject(new Error(`the application ended with ${exitCode}`)));
    });
    address = `http://127.0.0.1:${port}`;
  });
  afterAll(async () => {
    application?.kill();
    provider?.closeAllConnections();
    provider?.close();
    await rm(folder, { recursive: true });
  });

  /** What an OpenID provider answers; undefined for a token request that it refuses. */
  function answered(url: string, body: URLSearchParams): object | undefined {
    if (url === "/.well-known/openid-configuration") {
      const endpoints = {
        authorization_endpoint: `${issuer}/oauth2/authorize`,
        token_endpoint: `${issuer}/oauth2/token`,
      };
      return { issuer, ...endpoints, id_token_signing_alg_values_supported: ["RS256"] };
    }
    const challenge = createHash("sha256")
      .update(body.get("code_verifier") ?? "")
      .digest("base64url");
    const expected = {
      grant_type: "authorization_code",
      code: "the-code",
      redirect_uri: asked.get("redirect_uri"),
      client_id: ID,
      client_secret: SECRET,
    };
    const isRight = Object.entries(expected).every(([name, value]) => body.get(name) === value);
    if (url !== "/oauth2/token" || !isRight || challenge !== asked.get("code_challenge")) return undefined;
    const seconds = Math.floor(Date.now() / 1000);
    const claims = { iss: issuer, aud: ID, sub: "the-sub", email: "ana@example.com", iat: seconds, exp: seconds + 300 };
    const token = `${encoded({ alg: "RS256" })}.${encoded(claims)}`;
    const id_token = `${token}.${sign("sha256", Buffer.from(token), privateKey).toString("base64url")}`;
    return { token_type: "Bearer", access_token: "x", id_token };
  }

  async function begin(): Promise<string> {
    const response = await fetch(`${address}/`, { redirect: "manual" });
    const location = new URL(response.headers.get("location") ?? "");
    expect([response.status, location.origin, location.pathname]).toEqual([302, issuer, "/oauth2/authorize"]);
    asked = location.searchParams;
    return asked.get("state") ?? "";
  }

  it("the application asks for what its client may ask for", async () => {
    const { client } = await deployed();
    await begin();
    expect(client.callback_urls).toContain(asked.get("redirect_uri"));
    expect(client.allowed_oauth_scopes).toEqual(expect.arrayContaining((asked.get("scope") ?? "").split(" ")));
    expect(client.allowed_oauth_flows).toEqual([asked.get("response_type")]);
    expect(asked.get("code_challenge_method")).toBe("S256");
  });

  it("a user is signed in, once, and can sign out where the client allows it", async () => {
    const { client } = await deployed();
    const back = `${address}/auth?${new URLSearchParams({ code: "the-code", state: await begin() })}`;
    const text = await (await fetch(back)).text();
    expect(text).toContain("You are ana@example.com (the-sub).");
    const [signOut = ""] = /https:\S+/.exec(text) ?? [];
    const url = new URL(signOut);
    expect(`${url.origin}${url.pathname}`).toBe("https://acme.example.com/logout");
    expect(url.searchParams.get("client_id")).toBe(ID);
    expect(client.logout_urls).toContain(url.searchParams.get("logout_uri"));
    expect((await fetch(back)).status).toBe(400);
  });

  it.each([
    ["a state that was not begun", { code: "the-code", state: "another" }],
    ["another code", { code: "another" }],
    ["an error", { error: "access_denied" }],
  ])("with %s no user is signed in", async (_, answer) => {
    const state = await begin();
    const response = await fetch(`${address}/auth?${new URLSearchParams({ state, ...answer })}`);
    expect(response.status).toBe(400);
    expect(await response.text()).not.toContain("You are");
  });

  it("its table names outputs that there are", async () => {
    const { outputs } = await deployed();
    const page = await readFile("docs/first-app.md", "utf8");
    const named = [...page.matchAll(/^\| `[A-Z_]+` \| `(\w+)` \|/gm)].map(([, name]) => name);
    expect(named).toHaveLength(4);
    expect(outputs).toEqual(expect.arrayContaining(named));
    for (const name of named) expect(page).toContain(`-- dev ${name})`);
  });
});
