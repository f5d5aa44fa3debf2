import { execFile, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import https from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { makeCertificate } from "../../../bench/certificate";
import { bundleFunction } from "../../../lambda/bundle";

const withoutOpenssl = spawnSync("openssl", ["version"]).status !== 0;
const describeTls = withoutOpenssl && !process.env.CI ? describe.skip : describe;

/** Calls the function for a sign-up and returns the result. */
const SIGN_UP = `
  const { handler } = require(process.argv[1]);
  const userAttributes = { email: "ana@example.com" };
  const event = {
    triggerSource: "PreSignUp_SignUp", userPoolId: "eu-west-1_Abcdefghi", userName: "ana", request: { userAttributes },
  };
  handler(event, { getRemainingTimeInMillis: () => 4000 })
    .then(() => "admitted", (refusal) => refusal.reason)
    .then((outcome) => console.log(JSON.stringify({ outcome })));
`;

// As on AWS. All other tests use plain HTTP with emulators.
describeTls(`the bundle, over TLS${withoutOpenssl ? " (skipped: openssl is not there)" : ""}`, () => {
  let folder: string;
  let server: https.Server;
  let calls = 0;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "tls-"));
    await Promise.all([
      makeCertificate(folder),
      bundleFunction({ trigger: "preSignUp" }, path.join(folder, "index.js")),
    ]);
    const [key, cert] = await Promise.all(["key.pem", "cert.pem"].map((file) => readFile(path.join(folder, file))));
    server = https.createServer({ key, cert }, (request, response) => {
      calls++;
      request.resume().on("end", () => response.end('{"Users":[]}'));
    });
    server.on("tlsClientError", () => {});
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
  });
  afterAll(async () => {
    server.closeAllConnections();
    server.close();
    await rm(folder, { recursive: true, force: true });
  });
  beforeEach(() => {
    calls = 0;
  });

  async function signUp(variables: NodeJS.ProcessEnv) {
    const { port } = server.address() as AddressInfo;
    const { PATH, SystemRoot } = process.env;
    const env = { PATH, SystemRoot, AWS_REGION: "eu-west-1", AWS_ENDPOINT_URL: `https://127.0.0.1:${port}` };
    const args = ["-e", SIGN_UP, path.join(folder, "index.js")];
    const { stdout } = await promisify(execFile)(process.execPath, args, { env: { ...env, ...variables } });
    const lines = stdout.trim().split("\n");
    return { ...(JSON.parse(lines.pop() ?? "") as { outcome: string }), log: lines.join("\n") };
  }

  it("accepts a server whose certificate is issued by an authority that Node.js trusts", async () => {
    const { outcome } = await signUp({ NODE_EXTRA_CA_CERTS: path.join(folder, "cert.pem") });
    expect(outcome).toBe("admitted");
    expect(calls).toBe(2);
  });

  it("sends nothing to any other server, and refuses the sign-up", async () => {
    const { outcome, log } = await signUp({});
    expect(outcome).toBe("unavailable");
    expect(log).toContain('"reason":"Network"');
    expect(calls).toBe(0);
  });
});
