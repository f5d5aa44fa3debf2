import { DEFAULT_IDENTIFIERS } from "../../../lambda/identity/account";
import { fromVariables, type Options, toVariables } from "../../../lambda/pre-sign-up/options";
import { MESSAGES } from "../../../lambda/trigger/messages";

const defaults = {
  logLevel: "INFO",
  unconfirmedHoldHours: 24,
  federated: "refuse",
  identityProviders: [],
  messages: {},
  identifiers: DEFAULT_IDENTIFIERS,
} as const satisfies Options;

it("variables leave out defaults", () => {
  expect(toVariables(defaults)).toEqual({ LOG_LEVEL: "INFO", UNCONFIRMED_HOLD_HOURS: "24" });
});

it("options are read back from the variables unchanged", () => {
  const options: Options = {
    logLevel: "WARN",
    unconfirmedHoldHours: 2,
    reservationsTable: "acme-dev-reservations",
    federated: "link",
    identityProviders: ["Google", "Okta_EU"],
    identifiers: { username: "required", phone_number: "optional", preferred_username: "optional" },
    messages: { emailTaken: '„Nein“, \\ "no".' },
  };
  expect(fromVariables(toVariables(options))).toEqual({ ...options, messages: { ...MESSAGES, ...options.messages } });
});

it("options have defaults without variables", () => {
  expect(fromVariables({})).toEqual({ ...defaults, reservationsTable: undefined, messages: MESSAGES });
});

it.each([
  [{ UNCONFIRMED_HOLD_HOURS: "a day" }],
  [{ FEDERATED: "maybe" }],
  [{ MESSAGES: "{" }],
  [{ IDENTITY_PROVIDERS: "Google" }],
  [{ IDENTIFIERS: "email" }],
  [{ IDENTIFIERS: "{}" }],
  [{ IDENTIFIERS: "null" }],
  [{ IDENTIFIERS: '["email"]' }],
  [{ IDENTIFIERS: '{"preferred_username":"optional"}' }],
  [{ IDENTIFIERS: '{"email":true}' }],
  [{ IDENTIFIERS: '{"email":"required","phone":"optional"}' }],
])("invalid variables prevent the function from starting: %j", (variables) => {
  expect(() => fromVariables(variables)).toThrow();
});
