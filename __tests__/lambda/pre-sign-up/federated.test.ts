import { AwsError, type Call } from "../../../lambda/aws/client";
import type { Account } from "../../../lambda/identity/account";
import { identityOf, linkToOwner } from "../../../lambda/pre-sign-up/federated";
import type { Federated } from "../../../lambda/pre-sign-up/options";
import { Directory } from "../../../lambda/uniqueness/directory";
import { Accounts } from "../../support/accounts";
import { signUpEvent } from "../../support/events";
import { DAY, handlerOf } from "../../support/handler";
import { SENT } from "../../support/sent";
import { localTables } from "../../support/tables";

let tables: Awaited<ReturnType<typeof localTables>>;
beforeAll(async () => {
  tables = await localTables();
});
afterAll(() => tables.close());
beforeEach(() => tables.clear());

function federatedEvent(userName: string, email: string, emailVerified: unknown = "true") {
  const event = signUpEvent(userName, email);
  const userAttributes = { ...event.request.userAttributes, email_verified: emailVerified };
  return { ...event, triggerSource: "PreSignUp_ExternalProvider", request: { ...event.request, userAttributes } };
}

function setUp(federated: Federated, owner?: Partial<Account>, call: Call = async () => ({})) {
  const accounts = new Accounts();
  if (owner) accounts.add("ana", "ana@example.com", owner);
  const linked: object[] = [];
  const cognito: Call = (target, input, deadline) => {
    expect(target).toBe("AWSCognitoIdentityProviderService.AdminLinkProviderForUser");
    linked.push(input);
    return call(target, input, deadline);
  };
  const { listUsers } = accounts;
  const directory = new Directory({ listUsers, unconfirmedHold: DAY, now: Date.now });
  const link = linkToOwner({ cognito, directory, identityProviders: ["Google", "Okta", "Okta_EU"] });
  const handler = handlerOf({ listUsers, table: tables.table }, { federated, linkToOwner: link });
  return { ...handler, linked, accounts };
}

describe.each(["refuse", "allow", "link"] as const)("%s", (federated) => {
  it("admits a sign-up with a free address, and reserves the address", async () => {
    const { handle } = setUp(federated);
    const event = federatedEvent("Google_123", "ana@example.com");
    expect((await handle(event)).answer).toBe(event);
    expect(Object.keys(await tables.items()).sort()).toEqual(["EMAIL#ana@example.com", "USERNAME#google_123"]);
  });
});

it("refuse refuses a sign-up with a taken address", async () => {
  const { handle } = setUp("refuse", {});
  expect((await handle(federatedEvent("Google_123", "ana@example.com"))).refusal?.message).toBe(SENT.emailTaken);
});

describe("allow", () => {
  it("admits a sign-up with a taken address, and reserves the username", async () => {
    const { handle, counted } = setUp("allow", {});
    const event = federatedEvent("Google_123", "ana@example.com");
    expect((await handle(event)).answer).toBe(event);
    expect(Object.keys(await tables.items())).toEqual(["USERNAME#google_123"]);
    expect(counted()).toEqual({ Admitted: 1 });
  });

  it("applies to identity providers only", async () => {
    const { handle } = setUp("allow", {});
    expect((await handle(signUpEvent("ben", "ana@example.com"))).refusal?.message).toBe(SENT.emailTaken);
  });
});

describe("link", () => {
  it("links to the account with the address if both sides have verified it", async () => {
    const { handle, linked, counted } = setUp("link", {});
    const event = federatedEvent("Google_123", "Ana@Example.com");
    expect((await handle(event)).answer).toBe(event);
    expect(linked).toEqual([
      {
        UserPoolId: event.userPoolId,
        DestinationUser: { ProviderName: "Cognito", ProviderAttributeValue: "ana" },
        SourceUser: { ProviderName: "Google", ProviderAttributeName: "Cognito_Subject", ProviderAttributeValue: "123" },
      },
    ]);
    expect(counted()).toEqual({ Admitted: 1, Linked: 1 });
  });

  it.each<[what: string, owner: Partial<Account>, event: object]>([
    ["the provider does not say that it is verified", {}, federatedEvent("Google_123", "ana@example.com", null)],
    ["the provider says that it is not verified", {}, federatedEvent("Google_123", "ana@example.com", "false")],
    ["the account has not verified it", { emailVerified: false }, federatedEvent("Google_123", "ana@example.com")],
    [
      "the account is not confirmed",
      { status: "UNCONFIRMED", createdAt: Date.now() },
      federatedEvent("Google_123", "ana@example.com"),
    ],
    [
      "the account is another provider's",
      { status: "EXTERNAL_PROVIDER" },
      federatedEvent("Google_123", "ana@example.com"),
    ],
    ["the provider is not known", {}, federatedEvent("Facebook_123", "ana@example.com")],
    [
      "the sign-up is not federated",
      {},
      { ...federatedEvent("Google_123", "ana@example.com"), triggerSource: "PreSignUp_SignUp" },
    ],
  ])("refuses if %s", async (_, owner, event) => {
    const { handle, linked } = setUp("link", owner);
    expect((await handle(event)).refusal?.message).toBe(SENT.emailTaken);
    expect(linked).toEqual([]);
  });

  describe("to a subject with letters", () => {
    const subjectOf = (linked: object[]) =>
      linked.map(
        (input) => (input as { SourceUser: { ProviderAttributeValue: string } }).SourceUser.ProviderAttributeValue,
      );
    const withIdentities = (userName: string, identities: unknown) => {
      const event = federatedEvent(userName, "ana@example.com");
      return { ...event, request: { userAttributes: { ...event.request.userAttributes, identities } } };
    };
    const identities = (userId: string, providerName = "Okta") => JSON.stringify([{ userId, providerName }]);

    it("is refused and counted if Cognito may have lower-cased it: it would be another identity", async () => {
      const { handle, linked, counted, logged } = setUp("link", {});
      const { refusal } = await handle(federatedEvent("okta_00u1a2b3c4", "ana@example.com"));
      expect(refusal?.message).toBe(SENT.emailNotLinked);
      expect(linked).toEqual([]);
      expect(counted()).toEqual({ Refused: 1, RefusedLink: 1 });
      expect(logged()).toMatchObject([{ level: "INFO", message: "refused", reason: "emailNotLinked" }]);
      expect(await tables.items()).toEqual({});
    });

    it("is refused if only the provider's name kept its letter case", async () => {
      const { handle, linked } = setUp("link", {});
      const { refusal } = await handle(federatedEvent("Okta_00u1a2b3c4", "ana@example.com"));
      expect(refusal?.message).toBe(SENT.emailNotLinked);
      expect(linked).toEqual([]);
    });

    it.each([
      ["has a letter in upper case, which lower-casing leaves none of", "okta_00u1A2b3C4", "00u1A2b3C4"],
      ["has digits only", "okta_0012", "0012"],
      ["has signs only", "okta_-._1", "-._1"],
    ])("is linked if it %s", async (_, userName, subject) => {
      const { handle, linked } = setUp("link", {});
      const event = federatedEvent(userName, "ana@example.com");
      expect((await handle(event)).answer).toBe(event);
      expect(subjectOf(linked)).toEqual([subject]);
    });

    it("is linked if the event has its original letter case", async () => {
      const { handle, linked } = setUp("link", {});
      const event = withIdentities("okta_00u1a2b3c4", identities("00u1A2b3C4"));
      expect((await handle(event)).answer).toBe(event);
      expect(subjectOf(linked)).toEqual(["00u1A2b3C4"]);
    });

    it.each([
      ["another subject", identities("00u9A9b9C9")],
      ["another provider's", identities("00u1A2b3C4", "Okta_EU")],
      [
        "two spellings",
        JSON.stringify(["00u1A2b3C4", "00U1a2b3c4"].map((userId) => ({ userId, providerName: "Okta" }))),
      ],
      ["no JSON", "{"],
      ["no list", '{"userId":"00u1A2b3C4"}'],
      ["no text", [{ userId: "00u1A2b3C4", providerName: "Okta" }]],
    ])("is refused if the event has %s", async (_, said) => {
      const { handle, linked } = setUp("link", {});
      expect((await handle(withIdentities("okta_00u1a2b3c4", said))).refusal?.message).toBe(SENT.emailNotLinked);
      expect(linked).toEqual([]);
    });
  });

  it.each(["InvalidParameterException", "AliasExistsException", "LimitExceededException"])(
    "refuses, and does not say to try again, where Cognito answers %s: it always will",
    async (code) => {
      const { handle, counted } = setUp("link", {}, () => Promise.reject(new AwsError(code, false)));
      const { refusal } = await handle(federatedEvent("Google_123", "ana@example.com"));
      expect(refusal?.message).toBe(SENT.emailNotLinked);
      expect(counted()).toEqual({ Refused: 1, RefusedLink: 1 });
    },
  );

  it("admits a sign-up that Cognito has linked already, when the trigger is called again", async () => {
    const message = "SourceUser is already linked to DestinationUser";
    const { handle } = setUp("link", {}, () =>
      Promise.reject(new AwsError("InvalidParameterException", false, { message })),
    );
    const event = federatedEvent("Google_123", "ana@example.com");
    expect((await handle(event)).answer).toBe(event);
  });

  it("refuses a username of more than 128 characters for its length", async () => {
    const { handle } = setUp("link", {});
    const { refusal } = await handle(federatedEvent(`Okta_${"1".repeat(124)}`, "ana@example.com"));
    expect(refusal?.message).toBe(SENT.usernameTooLong);
  });

  it("refuses if two accounts have the address", async () => {
    const { handle, accounts, linked } = setUp("link", {});
    accounts.add("ben", "ana@example.com");
    expect((await handle(federatedEvent("Google_123", "ana@example.com"))).refusal?.message).toBe(SENT.emailTaken);
    expect(linked).toEqual([]);
  });

  it("fails closed if the link fails", async () => {
    const { handle } = setUp("link", {}, () => Promise.reject(new AwsError("AccessDeniedException", false)));
    expect((await handle(federatedEvent("Google_123", "ana@example.com"))).refusal?.message).toBe(SENT.unavailable);
  });
});

it("a federated username has a provider's name in any letter case and a subject in its own", () => {
  const providers = ["Google", "Okta", "Okta_EU"];
  expect(identityOf("google_AbC_1", providers)).toEqual({ provider: "Google", subject: "AbC_1" });
  expect(identityOf("okta_eu_1", providers)).toEqual({ provider: "Okta_EU", subject: "1" });
  expect(identityOf("Okta_1", providers)).toEqual({ provider: "Okta", subject: "1" });
  expect(identityOf("google", providers)).toBeUndefined();
  expect(identityOf("google_", providers)).toBeUndefined();
});
