import { AwsError, awsClient, environmentCredentials } from "../../../lambda/aws/client";
import { type Reply, type Request, StubAws } from "../../support/stub-aws";
import { inVirtualTime } from "../../support/virtual-time";

let stub: StubAws | undefined;
afterEach(() => stub?.stop());

async function client(reply: (request: Request, number: number) => Reply, attemptTimeout = 200) {
  stub = await StubAws.start(reply);
  const call = awsClient({
    service: "cognito-idp",
    region: "eu-west-1",
    credentials: { accessKeyId: "AKID", secretAccessKey: "secret", sessionToken: "token" },
    endpoint: stub.endpoint,
    attemptTimeout,
  });
  return (budget = 3000) => call("Service.Operation", { A: 1 }, Date.now() + budget);
}

async function failureOf(promise: Promise<unknown>): Promise<AwsError> {
  const error = await promise.then(
    () => new Error("it succeeded"),
    (reason) => reason,
  );
  expect(error).toBeInstanceOf(AwsError);
  return error;
}

const hangs: Reply = () => {};
const breaksOff: Reply = (response) => {
  response.writeHead(200, { "content-length": "1000" }).write('{"Users":');
  response.socket?.destroy();
};

it("a call is a signed request of AWS's JSON protocol", async () => {
  const call = await client(() => ({ B: 2 }));
  expect(await call()).toEqual({ B: 2 });
  expect(stub?.requests).toMatchObject([
    {
      target: "Service.Operation",
      input: { A: 1 },
      headers: {
        "content-type": "application/x-amz-json-1.1",
        "x-amz-security-token": "token",
        authorization: expect.stringMatching(
          /^AWS4-HMAC-SHA256 Credential=AKID\/\d{8}\/eu-west-1\/cognito-idp\/aws4_request, SignedHeaders=content-type;host;x-amz-content-sha256;x-amz-date;x-amz-security-token;x-amz-target, Signature=[0-9a-f]{64}$/,
        ),
      },
    },
  ]);
});

it("the connection is reused by the next call", async () => {
  const call = await client(() => ({}));
  for (let i = 0; i < 5; i++) await call();
  expect(stub?.connections).toBe(1);
});

describe("a call is retried", () => {
  it.each<[what: string, first: Reply]>([
    ["when throttled", { error: "TooManyRequestsException" }],
    ["when throttled by status", { error: "Whatever", status: 429 }],
    [
      "when the table is throttled",
      { error: "com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException" },
    ],
    ["when AWS is broken", { error: "InternalErrorException", status: 500 }],
    ["when nothing comes back in time", hangs],
    ["when half an answer comes back", breaksOff],
    ["when what comes back is no JSON", (response) => response.writeHead(200).end("<html>")],
    ["when what comes back is no object", (response) => response.writeHead(200).end("null")],
    ["when the connection breaks", (response) => response.socket?.destroy()],
  ])("%s", async (_, first) => {
    const call = await client((_request, number) => (number === 1 ? first : { B: 2 }));
    expect(await call()).toEqual({ B: 2 });
    expect(stub?.requests).toHaveLength(2);
  });
});

describe("a call fails", () => {
  it("after three attempts, with AWS's name of the error and not its message", async () => {
    const call = await client(() => ({ error: "ns#TooManyRequestsException", message: "ana@example.com" }));
    const error = await failureOf(call());
    expect(error).toMatchObject({ code: "TooManyRequestsException", message: "TooManyRequestsException" });
    expect(stub?.requests).toHaveLength(3);
  });

  it("at once if the error is not retryable", async () => {
    const call = await client(() => ({ error: "AccessDeniedException" }));
    expect(await failureOf(call())).toMatchObject({ code: "AccessDeniedException" });
    expect(stub?.requests).toHaveLength(1);
  });

  it("at the deadline, whatever the timeout of an attempt", async () => {
    const call = await client(() => hangs, 10_000);
    const failure = inVirtualTime(() => failureOf(call(300)), 301);
    expect(await failure).toMatchObject({ code: "Timeout" });
  });

  it("without a request if the deadline has passed", async () => {
    const call = await client(() => ({}));
    expect(await failureOf(call(0))).toMatchObject({ code: "Timeout" });
    expect(stub?.requests).toHaveLength(0);
  });

  it("on an endless response", async () => {
    const call = await client(
      () => (response) => {
        response.writeHead(200);
        const more = () => {
          while (response.write(Buffer.alloc(1 << 20)));
        };
        response.on("drain", more);
        more();
      },
      5000,
    );
    expect(await failureOf(call(5000))).toMatchObject({ code: "BadResponse" });
  });

  it("if the connection is refused", async () => {
    const call = await client(() => ({}));
    await stub?.stop();
    stub = undefined;
    expect(await failureOf(call())).toMatchObject({ code: "Network" });
  });
});

it("environmentCredentials returns the credentials in Lambda's environment", () => {
  const keys = { AWS_ACCESS_KEY_ID: "a", AWS_SECRET_ACCESS_KEY: "b" };
  expect(environmentCredentials({ ...keys, AWS_SESSION_TOKEN: "c" })).toEqual({
    accessKeyId: "a",
    secretAccessKey: "b",
    sessionToken: "c",
  });
  expect(environmentCredentials({ ...keys, AWS_SESSION_TOKEN: "" })).toEqual({
    accessKeyId: "a",
    secretAccessKey: "b",
  });
});
