import { fromVariables, type Options, toVariables } from "../../../lambda/pre-sign-up/options";
import { MESSAGES } from "../../../lambda/trigger/messages";

const defaults: Options = {
  logLevel: "INFO",
  unconfirmedHoldHours: 24,
  federated: "refuse",
  identityProviders: [],
  messages: {},
};

it("leave out what is the default", () => {
  expect(toVariables(defaults)).toEqual({ LOG_LEVEL: "INFO", UNCONFIRMED_HOLD_HOURS: "24" });
});

it("come out of the variables as they went in", () => {
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

it("have defaults where there are no variables", () => {
  expect(fromVariables({})).toEqual({ ...defaults, reservationsTable: undefined, messages: MESSAGES });
});

it.each([
  [{ UNCONFIRMED_HOLD_HOURS: "a day" }],
  [{ FEDERATED: "maybe" }],
  [{ MESSAGES: "{" }],
  [{ IDENTITY_PROVIDERS: "Google" }],
])("keep the function from starting where they cannot be read: %j", (variables) => {
  expect(() => fromVariables(variables)).toThrow();
});
