import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { invokeConfig, lambdaInvoke } from "../../../lambda/aws/invoke";
import { StubAws } from "../../support/stub-aws";

const ARN = "arn:aws:lambda:eu-west-1:111122223333:function:only-acme:live";
const EVENT = { userName: "Ærø" };
const soon = () => Date.now() + 2000;

const stubs: StubAws[] = [];
afterEach(async () => {
  for (const stub of stubs.splice(0)) await stub.stop();
});

async function lambda(reply: Parameters<typeof StubAws.start>[0]) {
  const stub = await StubAws.start(reply);
  stubs.push(stub);
  const credentials = { accessKeyId: "key", secretAccessKey: "secret", sessionToken: "token" };
  return { stub, invoke: lambdaInvoke({ region: "eu-west-1", credentials, endpoint: stub.endpoint }) };
}

const answering = (status: number, headers: Record<string, string>, body: string) => (response: ServerResponse) =>
  void response.writeHead(status, headers).end(body);

it("sends the event to the function of that ARN, signed, and reads its answer", async () => {
  const { stub, invoke } = await lambda(() => ({ answer: "æ" }));
  expect(await invoke(ARN, EVENT, soon())).toEqual({ failed: false, payload: { answer: "æ" } });
  const [request] = stub.requests;
  expect(request?.input).toEqual(EVENT);
  expect(request?.path).toBe(`/2015-03-31/functions/${encodeURIComponent(ARN)}/invocations`);
  expect(request?.headers).toMatchObject({
    host: new URL(stub.endpoint).host,
    authorization: expect.stringMatching(
      /^AWS4-HMAC-SHA256 Credential=key\/\d{8}\/eu-west-1\/lambda\/aws4_request, SignedHeaders=content-type;host;x-amz-content-sha256;x-amz-date;x-amz-security-token, /,
    ),
    "x-amz-security-token": "token",
  });
});

it("says that a function failed, and does not call it again", async () => {
  const headers = { "x-amz-function-error": "Unhandled" };
  const { stub, invoke } = await lambda(() => answering(200, headers, '{"errorMessage":"No."}'));
  expect(await invoke(ARN, EVENT, soon())).toEqual({ failed: true, payload: { errorMessage: "No." } });
  expect(stub.requests).toHaveLength(1);
});

it("calls again where Lambda throttles or fails, or the connection breaks", async () => {
  const { stub, invoke } = await lambda((_, number) => {
    if (number === 1) return answering(429, { "x-amzn-errortype": "TooManyRequestsException:http://internal" }, "{}");
    if (number === 2) return (response) => void response.destroy();
    return {};
  });
  expect(await invoke(ARN, EVENT, soon())).toEqual({ failed: false, payload: {} });
  expect(stub.requests).toHaveLength(3);
});

it.each<[string, (response: ServerResponse) => void, string]>([
  [
    "AWS's name",
    answering(403, { "x-amzn-errortype": "AccessDeniedException" }, '{"Message":"of ana@example.com"}'),
    "AccessDeniedException",
  ],
  ["its status", answering(404, {}, "not here"), "Status404"],
  ["BadResponse, if it is no JSON", answering(200, {}, "<html>"), "BadResponse"],
  ["BadResponse, if it is empty", answering(200, {}, ""), "BadResponse"],
  ["BadResponse, if it is too large", answering(200, {}, JSON.stringify("a".repeat(1024 * 1024))), "BadResponse"],
])("a failed call is named by %s, and is not made again", async (_, reply, code) => {
  const { stub, invoke } = await lambda(() => reply);
  await expect(invoke(ARN, EVENT, soon())).rejects.toMatchObject({ name: "AwsError", message: code });
  expect(stub.requests).toHaveLength(1);
});

it("does not follow to another server", async () => {
  const elsewhere: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    elsewhere.push(request);
    response.end("{}");
  }).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address() as { port: number };
  const { invoke } = await lambda(() => answering(307, { location: `http://127.0.0.1:${port}/` }, ""));
  await expect(invoke(ARN, EVENT, soon())).rejects.toMatchObject({ code: "Network" });
  expect(elsewhere).toEqual([]);
  await new Promise((resolve) => server.close(resolve));
});

it.each<[string, (response: ServerResponse) => void]>([
  ["does not answer", () => {}],
  ["does not end its answer", (response) => void response.writeHead(200).write("{")],
])("waits until the deadline for a function that %s, and calls it once", async (_, reply) => {
  const { stub, invoke } = await lambda(() => reply);
  await expect(invoke(ARN, EVENT, Date.now() + 300)).rejects.toMatchObject({ code: "Timeout" });
  expect(stub.requests).toHaveLength(1);
});

it("waits for a function that starts cold longer than for other services, and calls it once", async () => {
  const { stub, invoke } = await lambda(async () => {
    await new Promise((resolve) => setTimeout(resolve, 1100));
    return {};
  });
  expect(await invoke(ARN, EVENT, Date.now() + 60_000)).toEqual({ failed: false, payload: {} });
  expect(stub.requests).toHaveLength(1);
});

it("calls nothing after the deadline", async () => {
  const { stub, invoke } = await lambda(() => ({}));
  await expect(invoke(ARN, EVENT, Date.now() - 1)).rejects.toMatchObject({ code: "Timeout" });
  expect(stub.requests).toEqual([]);
});

it("is configured by the function's environment", () => {
  const env = { AWS_REGION: "eu-west-1", AWS_ACCESS_KEY_ID: "key", AWS_SECRET_ACCESS_KEY: "secret" };
  const credentials = { accessKeyId: "key", secretAccessKey: "secret" };
  expect(invokeConfig(env)).toEqual({ region: "eu-west-1", credentials, endpoint: undefined });
  expect(invokeConfig({ ...env, AWS_ENDPOINT_URL: "http://all" }).endpoint).toBe("http://all");
  const own = { AWS_ENDPOINT_URL: "http://all", AWS_ENDPOINT_URL_LAMBDA: "http://lambda" };
  expect(invokeConfig({ ...env, ...own }).endpoint).toBe("http://lambda");
});
