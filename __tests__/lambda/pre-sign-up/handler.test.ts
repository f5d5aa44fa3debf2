import { awsClient } from "../../../lambda/aws/client";
import { MESSAGES, NEUTRAL } from "../../../lambda/trigger/messages";
import { withoutFullStop } from "../../../lambda/trigger/refusal";
import { listUsersWith } from "../../../lambda/uniqueness/list-users";
import { dynamoTable } from "../../../lambda/uniqueness/table";
import { Accounts } from "../../support/accounts";
import { signUpEvent } from "../../support/events";
import { handlerOf } from "../../support/handler";
import { SENT } from "../../support/sent";
import { type Reply, type Request, StubAws } from "../../support/stub-aws";
import { inVirtualTime } from "../../support/virtual-time";

const SENTINELS = ["sentinel-name", "sentinel-mail"];
const event = signUpEvent("Sentinel-Name", "Sentinel-Mail@example.com");

function expectNoPersonalData(lines: readonly string[], refusal: Error | undefined): void {
  const text = `${lines.join("")}${refusal?.message}${refusal?.stack}`.toLowerCase();
  for (const sentinel of SENTINELS) expect(text).not.toContain(sentinel);
}

describe("a sign-up", () => {
  it("that is admitted gets the unchanged event, including autoVerifyEmail", async () => {
    const { handle, logged, lines, counted } = handlerOf(new Accounts());
    const { answer } = await handle(event);
    expect(answer).toBe(event);
    expect(answer).toEqual(signUpEvent("Sentinel-Name", "Sentinel-Mail@example.com"));
    expect(logged()).toEqual([
      {
        timestamp: expect.any(String),
        level: "INFO",
        message: "admitted",
        requestId: "request-1",
        trigger: "PreSignUp_SignUp",
        milliseconds: expect.any(Number),
      },
    ]);
    expect(counted()).toEqual({ Admitted: 1 });
    expectNoPersonalData(lines, undefined);
  });

  it.each(["PreSignUp_SignUp", "PreSignUp_AdminCreateUser", "PreSignUp_ExternalProvider"])(
    "by %s is refused where the e-mail address is taken",
    async (triggerSource) => {
      const accounts = new Accounts();
      accounts.add("x", "sentinel-mail@example.com");
      const { handle, logged, lines, counted } = handlerOf(accounts);
      const { refusal } = await handle({ ...event, triggerSource });
      expect(refusal?.message).toBe(SENT.emailTaken);
      expect(logged()).toMatchObject([
        { level: "INFO", message: "refused", reason: "emailTaken", trigger: triggerSource },
      ]);
      expect(counted()).toEqual({ Refused: 1, RefusedEmailTaken: 1 });
      expectNoPersonalData(lines, refusal);
    },
  );

  it("cannot be influenced by data of the caller", async () => {
    const accounts = new Accounts();
    accounts.add("sentinel-name", "x@example.com");
    const metadata = { skip: "true", uniqueness: "off", UNIQUENESS: "off", FEDERATED: "allow", triggerSource: "x" };
    const pleading = { ...event, request: { ...event.request, clientMetadata: metadata, validationData: metadata } };
    expect((await handlerOf(accounts).handle(pleading)).refusal?.message).toBe(SENT.usernameTaken);
  });

  it("is refused with the messages of the settings", async () => {
    const accounts = new Accounts();
    accounts.add("sentinel-name", "x@example.com");
    const { handle } = handlerOf(accounts, { messages: { ...MESSAGES, ...NEUTRAL } });
    expect((await handle(event)).refusal?.message).toBe(withoutFullStop(NEUTRAL.usernameTaken));
  });
});

describe("the deployed handler", () => {
  let stub: StubAws;
  afterEach(() => stub.stop());

  async function overTheWire(
    reply: (request: Request, number: number) => Reply | Promise<Reply>,
    { reserving = true, remaining = 4000 } = {},
  ) {
    stub = await StubAws.start(reply);
    const client = (service: string) =>
      awsClient({
        service,
        region: "eu-west-1",
        credentials: { accessKeyId: "a", secretAccessKey: "b" },
        endpoint: stub.endpoint,
      });
    const table = reserving ? dynamoTable(client("dynamodb"), "reservations") : undefined;
    return handlerOf({ listUsers: listUsersWith(client("cognito-idp")), table, remaining });
  }

  const isCognito = ({ target }: Request) => target.startsWith("AWSCognito");
  const noUsers = (request: Request): Reply => (isCognito(request) ? { Users: [] } : {});
  const hangs: Reply = () => {};

  it("calls the table and Cognito in parallel", async () => {
    let waiting = 0;
    let most = 0;
    const { handle } = await overTheWire(async (request) => {
      most = Math.max(most, ++waiting);
      await new Promise((resolve) => setTimeout(resolve, 50));
      waiting--;
      return noUsers(request);
    });
    const lower = signUpEvent("ana", "ana@example.com");
    expect((await handle(lower)).answer).toBe(lower);
    expect(most).toBe(2);
    expect(stub.requests.map(({ target }) => target).sort()).toEqual([
      "AWSCognitoIdentityProviderService.ListUsers",
      "DynamoDB_20120810.TransactWriteItems",
    ]);
  });

  it("succeeds after a throttled first attempt", async () => {
    const { handle } = await overTheWire((request, number) =>
      number <= 2 ? { error: "ThrottlingException" } : noUsers(request),
    );
    expect((await handle(event)).answer).toBe(event);
  });

  const failures: ReadonlyArray<[what: string, reply: Reply, reason: string]> = [
    ["is throttled", { error: "TooManyRequestsException", message: "Sentinel-Name" }, "TooManyRequestsException"],
    ["is forbidden", { error: "AccessDeniedException", message: "Sentinel-Name" }, "AccessDeniedException"],
    ["is broken", { error: "InternalServerError", status: 500 }, "InternalServerError"],
    ["breaks off in the middle", (response) => response.socket?.destroy(), "Network"],
    ["answers in another language", (response) => response.writeHead(200).end("<html>Sentinel-Name"), "BadResponse"],
    ["does not answer", hangs, "Timeout"],
  ];
  describe.each(["Cognito", "the table"])("when %s", (which) => {
    it.each(failures)(
      "%s, the sign-up is refused with a neutral message and one log line",
      async (_, reply, reason) => {
        const { handle, logged, lines, counted } = await overTheWire(
          (request) => (isCognito(request) === (which === "Cognito") ? reply : noUsers(request)),
          { remaining: reply === hangs ? 800 : 4000 },
        );
        const { refusal } = await handle(event);
        expect(refusal?.message).toBe(SENT.unavailable);
        expect(logged()).toMatchObject([{ level: "ERROR", message: "failed closed", reason }]);
        expect(counted()).toEqual({ FailedClosed: 1 });
        expectNoPersonalData(lines, refusal);
      },
    );
  });

  it.each([
    [true, 4000],
    [false, 4000],
    [true, 800],
  ])(
    "when nothing answers (reserving: %s), that is said before the %d ms that Lambda has left are over",
    async (reserving, remaining) => {
      const { handle } = await overTheWire(() => hangs, { reserving, remaining });
      const { refusal, milliseconds } = await inVirtualTime(() => handle(event), remaining);
      expect(refusal?.message).toBe(SENT.unavailable);
      expect(milliseconds).toBeLessThan(remaining);
    },
  );

  it("fails closed when one of several look-ups fails and the others find no account", async () => {
    const { handle } = await overTheWire(
      ({ input }) => (String(input.Filter).startsWith("email") ? { error: "AccessDeniedException" } : { Users: [] }),
      { reserving: false },
    );
    expect((await handle(event)).refusal?.message).toBe(SENT.unavailable);
  });

  it("makes no call for an invalid event", async () => {
    const { handle, logged, lines } = await overTheWire(noUsers);
    const { refusal } = await handle({ triggerSource: "Sentinel-Name" });
    expect(refusal?.message).toBe(SENT.unavailable);
    expect(stub.requests).toEqual([]);
    expect(logged()).toMatchObject([{ level: "ERROR", reason: "MalformedEvent", trigger: "unknown" }]);
    expectNoPersonalData(lines, refusal);
  });
});
