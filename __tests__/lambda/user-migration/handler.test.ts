import { Accounts } from "../../support/accounts";
import {
  forgottenEvent,
  migrationOf,
  NEW_POOL,
  OLD_POOL,
  OldPoolServer,
  type OldUser,
  PASSWORD,
  signInEvent,
} from "../../support/old-pool";
import { SENT_BY_MIGRATION as SENT } from "../../support/sent";
import type { Reply } from "../../support/stub-aws";
import { inVirtualTime } from "../../support/virtual-time";

const ANA: OldUser = { username: "Sentinel-Ana", email: "Sentinel-Ana@example.com" };
const SENTINELS = ["sentinel", PASSWORD.toLowerCase()];

let oldPool: OldPoolServer;
let accounts: Accounts;
beforeEach(async () => {
  oldPool = await OldPoolServer.start();
  accounts = new Accounts();
});
afterEach(() => oldPool.stub.stop());

const migration = (more: { remaining?: number; renameToId?: boolean } = {}) =>
  migrationOf({ oldPool, accounts, ...more });

/** The message, the log and the metrics of an invocation. Checks that none of them contains personal data. */
async function outcomeOf(event: unknown, { handle, lines, logged, counted } = migration()) {
  const { answer, refusal, milliseconds } = await handle(event);
  const text = `${lines.join("")}${refusal?.message}${refusal?.stack}`.toLowerCase();
  for (const sentinel of SENTINELS) expect(text).not.toContain(sentinel);
  const [line] = logged();
  return {
    answer: answer as ReturnType<typeof signInEvent> | undefined,
    refusal,
    milliseconds,
    line,
    counts: counted(),
  };
}

function expectRefused(outcome: Awaited<ReturnType<typeof outcomeOf>>, reason: string): void {
  expect(outcome.refusal?.message).toBe(SENT.declined);
  expect(outcome.line).toMatchObject({ message: "refused", reason });
  expect(outcome.counts).toMatchObject({ Refused: 1 });
}

function expectClosed(outcome: Awaited<ReturnType<typeof outcomeOf>>, reason: string): void {
  expect(outcome.refusal?.message).toBe(SENT.unavailable);
  expect(outcome.line).toMatchObject({ level: "ERROR", message: "failed closed", reason });
  expect(outcome.counts).toEqual({ FailedClosed: 1 });
}

describe("a first sign-in", () => {
  it("with the old password migrates the account, its spelling and its verified attributes", async () => {
    oldPool.users = [
      {
        ...ANA,
        attributes: {
          name: "Sentinel",
          phone_number: "+49301234",
          picture: "",
          identities: "[]",
          "custom:role": "admin",
          "cognito:user_status": "x",
          updated_at: "1",
        },
      },
    ];
    const event = signInEvent("Sentinel-Ana");
    const { answer, line, counts } = await outcomeOf(event);
    expect(answer).toEqual({
      ...event,
      response: {
        userAttributes: {
          username: "Sentinel-Ana",
          name: "Sentinel",
          email: "Sentinel-Ana@example.com",
          email_verified: "true",
          phone_number: "+49301234",
          phone_number_verified: "false",
        },
        finalUserStatus: "CONFIRMED",
        messageAction: "SUPPRESS",
        desiredDeliveryMediums: [],
        forceAliasCreation: false,
      },
    });
    expect(line).toEqual({
      timestamp: expect.any(String),
      level: "INFO",
      message: "migrated",
      requestId: "request-1",
      trigger: "UserMigration_Authentication",
      milliseconds: expect.any(Number),
    });
    expect(counts).toEqual({ Migrated: 1 });
  });

  it("calls the old pool with exactly the typed username", async () => {
    oldPool.users = [ANA];
    await outcomeOf(signInEvent("Sentinel-Ana"));
    expect(oldPool.stub.requests[0]).toMatchObject({
      target: "AWSCognitoIdentityProviderService.AdminInitiateAuth",
      input: {
        UserPoolId: OLD_POOL,
        ClientId: "1oldclient",
        AuthFlow: "ADMIN_USER_PASSWORD_AUTH",
        AuthParameters: { USERNAME: "Sentinel-Ana", PASSWORD },
      },
    });
    expectRefused(await outcomeOf(signInEvent("sentinel-ana")), "notFound");
  });

  it("by e-mail address keeps the account's username", async () => {
    oldPool.users = [ANA];
    const { answer } = await outcomeOf(signInEvent("Sentinel-Ana@example.com"));
    expect(answer?.response.userAttributes).toMatchObject({ username: "Sentinel-Ana" });
  });

  it("keeps an unverified address unverified", async () => {
    oldPool.users = [{ ...ANA, verified: false }];
    const { answer } = await outcomeOf(signInEvent("Sentinel-Ana"));
    expect(answer?.response.userAttributes).toMatchObject({ email_verified: "false" });
  });

  it("makes no look-up if the password is wrong", async () => {
    oldPool.users = [ANA];
    expectRefused(await outcomeOf(signInEvent("Sentinel-Ana", "wrong")), "wrongPassword");
    expect(oldPool.operations).toEqual(["AdminInitiateAuth"]);
    expect(accounts.filters).toEqual([]);
  });

  it.each<[reason: string, changed: Partial<OldUser>]>([
    ["notConfirmed", { status: "UNCONFIRMED" }],
    ["resetRequired", { status: "RESET_REQUIRED" }],
    ["wrongPassword", { enabled: false }],
    ["newPasswordRequired", { status: "FORCE_CHANGE_PASSWORD", challenge: "NEW_PASSWORD_REQUIRED" }],
    ["newPasswordRequired", { status: "FORCE_CHANGE_PASSWORD" }],
    ["notConfirmed", { status: "EXTERNAL_PROVIDER" }],
    ["mfa", { challenge: "SMS_MFA" }],
    ["mfa", { challenge: "SOFTWARE_TOKEN_MFA" }],
    ["mfa", { challenge: "SELECT_MFA_TYPE" }],
    ["mfa", { challenge: "MFA_SETUP" }],
    ["mfa", { secondFactors: ["SOFTWARE_TOKEN_MFA"] }],
    ["challenge", { challenge: "PASSWORD_VERIFIER" }],
    ["challenge", { challenge: "constructor" }],
    ["usernameIsEmail", { username: "sentinel@example.com" }],
    ["usernameCompatibility", { username: "ｓentinel" }],
    ["emailMissing", { email: undefined }],
    ["emailInvisible", { email: "sentinel\u200b@example.com" }],
  ])("is refused with the reason %s if the account is %j", async (reason, changed) => {
    oldPool.users = [{ ...ANA, ...changed }];
    expectRefused(await outcomeOf(signInEvent(changed.username ?? "Sentinel-Ana")), reason);
    expect(accounts.filters).toEqual([]);
  });
});

describe("an account whose username is an e-mail address", () => {
  const BO: OldUser = { username: "Sentinel-Bo@example.com", email: "sentinel-bo@example.com" };

  it.each([signInEvent, forgottenEvent])("gets its old id as username with renameToId (%p)", async (eventOf) => {
    oldPool.users = [{ ...BO, attributes: { sub: "b3d793f7-7160-4131-bf1d-2d7267e5355d" } }];
    const { answer, line } = await outcomeOf(eventOf(BO.username), migration({ renameToId: true }));
    expect(answer?.response.userAttributes).toMatchObject({
      username: "b3d793f7-7160-4131-bf1d-2d7267e5355d",
      email: "sentinel-bo@example.com",
      email_verified: "true",
    });
    expect(line).toMatchObject({ message: "migrated" });
    expect(accounts.filters).toContain('username = "b3d793f7-7160-4131-bf1d-2d7267e5355d"');
  });

  it.each<[why: string, changed: Partial<OldUser>, given?: boolean]>([
    ["renameToId is not set", {}, false],
    ["the address is not verified: the user could not sign in with it", { verified: false }],
    ["the account has another address", { email: "sentinel-other@example.com" }],
    ["the account has no address", { email: undefined }],
  ])("is declined if %s", async (_, changed, renameToId = true) => {
    oldPool.users = [{ ...BO, ...changed }];
    const refused = await outcomeOf(signInEvent(BO.username), migration({ renameToId }));
    expectRefused(refused, "usernameIsEmail");
    expect(accounts.filters).toEqual([]);
  });

  it("does not change the username of an account that signs in with its address", async () => {
    oldPool.users = [ANA];
    const { answer } = await outcomeOf(signInEvent("Sentinel-Ana@example.com"), migration({ renameToId: true }));
    expect(answer?.response.userAttributes).toMatchObject({ username: "Sentinel-Ana" });
  });

  it("is declined if another account of the old pool has the address, too", async () => {
    oldPool.users = [BO, { username: "sentinel-bo", email: "sentinel-bo@example.com" }];
    expectRefused(await outcomeOf(signInEvent(BO.username), migration({ renameToId: true })), "conflict");
  });
});

describe("a forgotten password", () => {
  it("migrates the account without a password: Cognito sends the code to its verified address", async () => {
    oldPool.users = [ANA];
    const { answer, line } = await outcomeOf(forgottenEvent("Sentinel-Ana"));
    expect(answer?.response).not.toHaveProperty("finalUserStatus");
    expect(answer?.response).toMatchObject({ messageAction: "SUPPRESS", forceAliasCreation: false });
    expect(line).toMatchObject({ message: "migrated", trigger: "UserMigration_ForgotPassword" });
    expect(oldPool.operations).not.toContain("AdminInitiateAuth");
  });

  it("migrates an account that must reset its password", async () => {
    oldPool.users = [{ ...ANA, status: "RESET_REQUIRED" }];
    expect((await outcomeOf(forgottenEvent("Sentinel-Ana"))).answer).toBeDefined();
  });

  it.each<[reason: string, changed: Partial<OldUser>]>([
    ["emailNotVerified", { verified: false }],
    ["disabled", { enabled: false }],
    ["notConfirmed", { status: "UNCONFIRMED" }],
    ["newPasswordRequired", { status: "FORCE_CHANGE_PASSWORD" }],
    ["mfa", { secondFactors: ["SMS_MFA"] }],
  ])("is refused with the reason %s if the account is %j", async (reason, changed) => {
    oldPool.users = [{ ...ANA, ...changed }];
    expectRefused(await outcomeOf(forgottenEvent("Sentinel-Ana")), reason);
  });

  it("of an unknown user is refused with the same message as a wrong password", async () => {
    expectRefused(await outcomeOf(forgottenEvent("Sentinel-Ana")), "notFound");
  });
});

describe("duplicate accounts of the old pool", () => {
  const twin: OldUser = { username: "sentinel-ana", email: "other@example.com" };

  it.each<[what: string, twin: OldUser]>([
    ["the username, in another case", twin],
    ["the e-mail address", { username: "sentinel-ben", email: "sentinel-ana@example.com" }],
  ])("by %s need a decision: neither is migrated, and the log warns", async (_, other) => {
    oldPool.users = [ANA, other];
    const outcome = await outcomeOf(signInEvent("Sentinel-Ana"));
    expectRefused(outcome, "conflict");
    expect(outcome.line).toMatchObject({ level: "WARN" });
    expect(outcome.counts).toEqual({ Refused: 1, Conflict: 1 });
    expectRefused(await outcomeOf(forgottenEvent("Sentinel-Ana")), "conflict");
  });

  it.each<[what: string, changed: Partial<OldUser>]>([
    ["was switched off, which is the decision", { enabled: false }],
    ["never confirmed", { status: "UNCONFIRMED" }],
    ["was invited and never came", { status: "FORCE_CHANGE_PASSWORD" }],
  ])("are no conflict if the other %s", async (_, changed) => {
    oldPool.users = [ANA, { ...twin, email: "Sentinel-Ana@example.com", ...changed }];
    expect((await outcomeOf(signInEvent("Sentinel-Ana"))).answer).toBeDefined();
  });

  it("by an address that only one has verified: the verified one is migrated, the other is not", async () => {
    const claims: OldUser = { username: "sentinel-ben", email: "Sentinel-Ana@example.com", verified: false };
    oldPool.users = [ANA, claims];
    expect((await outcomeOf(signInEvent("Sentinel-Ana"))).answer).toBeDefined();
    expectRefused(await outcomeOf(signInEvent("sentinel-ben")), "conflict");
  });
});

describe("an account that exists in the new pool", () => {
  it.each([
    ["usernameTaken", "SENTINEL-ANA", "x@example.com"],
    ["emailTaken", "x", "Sentinel-Ana@example.com"],
  ])("is not created again: %s", async (reason, username, email) => {
    oldPool.users = [{ ...ANA, username: "sentinel-ana" }];
    accounts.add(username.toLowerCase(), email);
    expectRefused(await outcomeOf(signInEvent("sentinel-ana")), reason);
  });
});

describe("the function fails closed", () => {
  const failures: ReadonlyArray<[what: string, reply: Reply, reason: string]> = [
    ["is throttled", { error: "TooManyRequestsException", message: "sentinel" }, "TooManyRequestsException"],
    ["is forbidden", { error: "AccessDeniedException", message: "sentinel" }, "AccessDeniedException"],
    ["is gone", { error: "ResourceNotFoundException" }, "ResourceNotFoundException"],
    ["does not offer the flow", { error: "InvalidParameterException" }, "InvalidParameterException"],
    ["is broken", { error: "InternalErrorException", status: 500 }, "InternalErrorException"],
    ["returns an unknown error", { error: "constructor" }, "constructor"],
    ["breaks off", (response) => response.socket?.destroy(), "Network"],
    ["answers in another language", (response) => response.writeHead(200).end("<html>sentinel"), "BadResponse"],
    ["does not answer", () => {}, "Timeout"],
  ];
  describe.each(["AdminInitiateAuth", "AdminGetUser", "ListUsers"])("when %s of the old pool", (which) => {
    it.each(failures)("%s", async (_, reply, reason) => {
      oldPool.users = [ANA];
      oldPool.instead = (operation) => (operation === which ? reply : undefined);
      const remaining = reason === "Timeout" ? 800 : 4000;
      expectClosed(await outcomeOf(signInEvent("Sentinel-Ana"), migration({ remaining })), reason);
      expect(accounts.filters).toEqual([]);
    });
  });

  it.each<[what: string, operation: string, reply: Record<string, unknown>]>([
    ["neither tokens nor a challenge", "AdminInitiateAuth", {}],
    ["tokens that are none", "AdminInitiateAuth", { AuthenticationResult: "a" }],
    ["no username", "AdminGetUser", { UserAttributes: [] }],
    ["no attributes", "AdminGetUser", { Username: "sentinel" }],
    ["no users", "ListUsers", {}],
  ])("when the answer holds %s", async (_, which, reply) => {
    oldPool.users = [ANA];
    oldPool.instead = (operation) => (operation === which ? reply : undefined);
    expectClosed(await outcomeOf(signInEvent("Sentinel-Ana")), "BadResponse");
  });

  it("if the client has a secret, and the log says so", async () => {
    const message = "Client 1oldclient is configured with secret but SECRET_HASH was not received";
    oldPool.instead = () => ({ error: "NotAuthorizedException", message });
    expectClosed(await outcomeOf(signInEvent("Sentinel-Ana")), "ClientHasSecret");
  });

  it("if the new pool is unavailable", async () => {
    oldPool.users = [ANA];
    const broken = Object.assign(new Accounts(), { listUsers: () => Promise.reject(new TypeError("sentinel")) });
    expectClosed(await outcomeOf(signInEvent("Sentinel-Ana"), migrationOf({ oldPool, accounts: broken })), "TypeError");
  });

  it("if the old pool is the new pool, which would invoke the function recursively", async () => {
    expectClosed(await outcomeOf({ ...signInEvent("Sentinel-Ana"), userPoolId: OLD_POOL }), "SamePool");
    expect(oldPool.operations).toEqual([]);
  });

  it("if the event is invalid", async () => {
    expectClosed(await outcomeOf({ ...signInEvent("Sentinel-Ana"), triggerSource: "sentinel" }), "MalformedEvent");
    expect(oldPool.operations).toEqual([]);
  });

  it.each([4000, 800])("before the %d ms that Lambda has left are over", async (remaining) => {
    oldPool.instead = () => () => {};
    const signIn = () => outcomeOf(signInEvent("Sentinel-Ana"), migration({ remaining }));
    const outcome = await inVirtualTime(signIn, remaining);
    expectClosed(outcome, "Timeout");
    expect(outcome.milliseconds).toBeLessThan(remaining);
  });
});

it("a throttled first attempt of every call is retried", async () => {
  oldPool.users = [ANA];
  const seen = new Set<string>();
  oldPool.instead = (operation, { input }) => {
    const call = `${operation} ${input.Filter}`;
    if (seen.has(call)) return undefined;
    seen.add(call);
    return { error: "TooManyRequestsException" };
  };
  const event = { ...signInEvent("Sentinel-Ana"), userPoolId: NEW_POOL };
  expect((await outcomeOf(event)).answer).toBeDefined();
});
