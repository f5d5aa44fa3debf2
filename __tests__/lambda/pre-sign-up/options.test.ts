import { fromVariables, type Options, toVariables } from "../../../lambda/pre-sign-up/options";
import { MESSAGES } from "../../../lambda/trigger/messages";

const defaults: Options = {
  logLevel: "INFO",
  unconfirmedHoldHours: 24,
  federated: "refuse",
  identityProviders: [],
  messages: {},
};

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
])("invalid variables prevent the function from starting: %j", (variables) => {
  expect(() => fromVariables(variables)).toThrow();
});
