import { awsClient } from "../../../lambda/aws/client";
import { preSignUp } from "../../../lambda/pre-sign-up/handler";
import { MESSAGES } from "../../../lambda/pre-sign-up/refusal";
import { signUpEvent } from "../../support/events";
import { type Reply, type Request, StubAws } from "../../support/stub-aws";

let stub: StubAws;
afterEach(() => stub.stop());

interface LogLine {
  readonly level: string;
  readonly message: string;
  readonly [field: string]: unknown;
}

async function handle(
  event: unknown,
  reply: (request: Request, number: number) => Reply | Promise<Reply>,
  { remaining = 4000 } = {},
) {
  stub = await StubAws.start(reply);
  const lines: LogLine[] = [];
  const handler = preSignUp({
    cognito: awsClient({
      service: "cognito-idp",
      region: "eu-west-1",
      credentials: { accessKeyId: "a", secretAccessKey: "b" },
      endpoint: stub.endpoint,
    }),
    log: (level, message, fields) => lines.push({ level, message, ...fields }),
    unconfirmedHold: 24 * 3_600_000,
  });
  const start = Date.now();
  const outcome = await handler(event, { awsRequestId: "request-1", getRemainingTimeInMillis: () => remaining }).then(
    (answer) => ({ answer, refusal: undefined }),
    (error: Error) => ({ answer: undefined, refusal: error }),
  );
  return { ...outcome, lines, milliseconds: Date.now() - start };
}

const nobody = (): Reply => ({ Users: [] });
const somebody = (username: string, email: string) => (): Reply => ({
  Users: [{ Username: username, UserStatus: "CONFIRMED", Attributes: [{ Name: "email", Value: email }] }],
});

const SENTINELS = ["sentinel-name", "sentinel-mail"];
const event = signUpEvent("Sentinel-Name", "Sentinel-Mail@example.com");

function expectNoPersonalData(lines: readonly LogLine[], refusal: Error | undefined): void {
  const text = `${JSON.stringify(lines)}${refusal?.message}${refusal?.stack}`.toLowerCase();
  for (const sentinel of SENTINELS) expect(text).not.toContain(sentinel);
}

it("answers with the event, unchanged: autoVerifyEmail above all stays as it was", async () => {
  const { answer, lines, refusal } = await handle(event, nobody);
  expect(answer).toBe(event);
  expect(answer).toEqual(signUpEvent("Sentinel-Name", "Sentinel-Mail@example.com"));
  expect(lines).toEqual([
    {
      level: "INFO",
      message: "admitted",
      requestId: "request-1",
      trigger: "PreSignUp_SignUp",
      milliseconds: expect.any(Number),
    },
  ]);
  expectNoPersonalData(lines, refusal);
});

it.each(["PreSignUp_SignUp", "PreSignUp_AdminCreateUser", "PreSignUp_ExternalProvider"])(
  "%s is refused where the e-mail address is taken",
  async (triggerSource) => {
    const { refusal, lines } = await handle({ ...event, triggerSource }, somebody("x", "sentinel-mail@example.com"));
    expect(refusal?.message).toBe(MESSAGES.emailTaken);
    expect(lines).toMatchObject([{ level: "INFO", message: "refused", reason: "emailTaken", trigger: triggerSource }]);
    expectNoPersonalData(lines, refusal);
  },
);

it("names the username first where both are taken", async () => {
  const { refusal } = await handle(event, somebody("sentinel-name", "sentinel-mail@example.com"));
  expect(refusal?.message).toBe(MESSAGES.usernameTaken);
});

it("gives the same answer to the same sign-up, asked again", async () => {
  expect((await handle(event, nobody)).answer).toBe(event);
  await stub.stop();
  expect((await handle(event, nobody)).answer).toBe(event);
});

it("does not let the caller switch anything off", async () => {
  const metadata = { skip: "true", uniqueness: "off", UNIQUENESS: "off", triggerSource: "x" };
  const pleading = { ...event, request: { ...event.request, clientMetadata: metadata, validationData: metadata } };
  const { refusal } = await handle(pleading, somebody("sentinel-name", "x@example.com"));
  expect(refusal?.message).toBe(MESSAGES.usernameTaken);
});

describe("fails closed, with a neutral message and one line to alarm on", () => {
  it.each<[what: string, event: unknown, reply: () => Reply, reason: string]>([
    [
      "throttled",
      event,
      () => ({ error: "TooManyRequestsException", message: "Sentinel-Name" }),
      "TooManyRequestsException",
    ],
    ["forbidden", event, () => ({ error: "AccessDeniedException", message: "Sentinel-Name" }), "AccessDeniedException"],
    ["broken", event, () => ({ error: "InternalErrorException", status: 500 }), "InternalErrorException"],
    ["half an answer", event, () => (response) => response.socket?.destroy(), "Network"],
    ["nonsense", event, () => ({ Users: "Sentinel-Name" }) as Reply, "BadResponse"],
    ["an event that is none", { triggerSource: "Sentinel-Name" }, nobody, "MalformedEvent"],
  ])("%s", async (_, given, reply, reason) => {
    const { refusal, lines } = await handle(given, reply);
    expect(refusal?.message).toBe(MESSAGES.unavailable);
    expect(lines).toMatchObject([{ level: "ERROR", message: "failed closed", reason }]);
    expectNoPersonalData(lines, refusal);
  });

  it("when one of the look-ups fails and the others find nobody", async () => {
    const { refusal } = await handle(event, ({ input }) =>
      String(input.Filter).startsWith("email") ? { error: "AccessDeniedException" } : { Users: [] },
    );
    expect(refusal?.message).toBe(MESSAGES.unavailable);
  });

  it("when nothing answers, before Lambda's 4 seconds are over", async () => {
    const { refusal, milliseconds } = await handle(event, () => () => {});
    expect(refusal?.message).toBe(MESSAGES.unavailable);
    expect(milliseconds).toBeLessThan(4000);
  }, 10_000);

  it("earlier, where Lambda has less time left", async () => {
    const { refusal, milliseconds } = await handle(event, () => () => {}, { remaining: 500 });
    expect(refusal?.message).toBe(MESSAGES.unavailable);
    expect(milliseconds).toBeLessThan(2000);
  });
});

it("survives a throttled first attempt", async () => {
  const { answer } = await handle(event, (_, number) =>
    number <= 2 ? { error: "TooManyRequestsException" } : { Users: [] },
  );
  expect(answer).toBe(event);
});
