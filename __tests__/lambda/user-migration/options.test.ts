import { fromVariables, type Options, regionOf, toVariables } from "../../../lambda/user-migration/options";

const options: Options = {
  logLevel: "WARN",
  unconfirmedHoldHours: 2,
  identifiers: { username: "required", phone_number: "required" },
  reservationsTable: "acme-dev-reservations",
  migrateFrom: {
    userPoolId: "eu-west-1_OldPool01",
    clientId: "1oldclient",
    roleArn: "arn:aws:iam::111122223333:role/reader",
    externalId: "acme",
  },
};

it("options are read back from the variables unchanged", () => {
  expect(fromVariables(toVariables(options))).toEqual(options);
  const { roleArn, externalId, ...own } = options.migrateFrom;
  const looking = { ...options, migrateFrom: own, reservationsTable: undefined };
  expect(toVariables(looking)).not.toHaveProperty("RESERVATIONS_TABLE");
  expect(fromVariables(toVariables(looking))).toEqual(looking);
});

it.each([
  [{}],
  [{ MIGRATE_FROM: "{" }],
  [{ MIGRATE_FROM: "null" }],
  [{ MIGRATE_FROM: '{"userPoolId":"eu-west-1_x"}' }],
  [{ ...toVariables(options), UNCONFIRMED_HOLD_HOURS: "a day" }],
])("invalid variables prevent the function from starting: %j", (variables) => {
  expect(() => fromVariables(variables)).toThrow();
});

it("the Region of a pool is the prefix of its id", () => {
  expect(regionOf("us-gov-west-1_AbC")).toBe("us-gov-west-1");
});
