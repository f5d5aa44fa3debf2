import { identifiersOf } from "../../../modules/user-pool/identifiers";
import type { UserPoolProps } from "../../../modules/user-pool/user-pool";
import { poolWith, refusalOf } from "./pool-with";

const common = { developer_only_attribute: false, mutable: true, required: false };
const text = (min: string, max: string) => ({ min_length: min, max_length: max });
const added = (props: Partial<UserPoolProps>) => poolWith(props).schema.slice(1);

it("e-mail comes first, whatever else there is", () => {
  const schema = poolWith({ customAttributes: { plan: { type: "String" } } }).schema;
  expect(schema[0]).toMatchObject({ name: "email", required: true, mutable: true });
});

it("standard attributes keep their types and the constraints that AWS fills in", () => {
  const standardAttributes = { given_name: { required: true, mutable: false }, birthdate: {}, updated_at: {} };
  expect(added({ standardAttributes })).toEqual([
    {
      ...common,
      name: "birthdate",
      attribute_data_type: "String",
      string_attribute_constraints: text("10", "10"),
    },
    {
      ...common,
      name: "given_name",
      attribute_data_type: "String",
      required: true,
      mutable: false,
      string_attribute_constraints: text("0", "2048"),
    },
    {
      ...common,
      name: "updated_at",
      attribute_data_type: "Number",
      number_attribute_constraints: { min_value: "0", max_value: "" },
    },
  ]);
});

it("custom attributes are never required, and have their constraints written", () => {
  const customAttributes: UserPoolProps["customAttributes"] = {
    plan: { type: "String", maxLength: 20 },
    seats: { type: "Number", min: 1, max: 500, mutable: false },
    score: { type: "Number" },
    since: { type: "DateTime" },
    beta: { type: "Boolean", developerOnly: true },
  };
  expect(added({ customAttributes })).toEqual([
    { ...common, name: "plan", attribute_data_type: "String", string_attribute_constraints: text("0", "20") },
    {
      ...common,
      name: "seats",
      attribute_data_type: "Number",
      mutable: false,
      number_attribute_constraints: { min_value: "1", max_value: "500" },
    },
    {
      ...common,
      name: "score",
      attribute_data_type: "Number",
      number_attribute_constraints: { min_value: "-9007199254740991", max_value: "9007199254740991" },
    },
    { ...common, name: "since", attribute_data_type: "DateTime" },
    { ...common, name: "beta", attribute_data_type: "Boolean", developer_only_attribute: true },
  ]);
});

it.each([
  [
    { standardAttributes: { phoneNumber: {} } },
    /"standardAttributes.phoneNumber".*allowed: the fields email, .*Is phone_number meant\?/,
  ],
  [{ standardAttributes: { email: { required: false, mutable: false } } }, /"standardAttributes.email"/],
  [{ customAttributes: { plan: { type: "Text" } } }, /"customAttributes.plan.*allowed: \{ type: "String"/],
  [
    { customAttributes: { plan: { type: "String", required: true } } },
    /"customAttributes.plan.required": true is not allowed/,
  ],
  [
    { customAttributes: { "custom:plan": { type: "String" } } },
    /"custom:plan" is not allowed; allowed: 1 to 20 letters/,
  ],
  [{ customAttributes: { ["a".repeat(21)]: { type: "String" } } }, /allowed: 1 to 20 letters/],
  [{ customAttributes: { ["ä".repeat(11)]: { type: "String" } } }, /letters other than a to z count more than once/],
  [
    { customAttributes: { plan: { type: "String", maxLength: 2049 } } },
    /"customAttributes.plan.maxLength": 2049.*0 to 2048/,
  ],
  [
    { customAttributes: { plan: { type: "String", minLength: 5, maxLength: 4 } } },
    /"customAttributes.plan.minLength": 5.*at most maxLength, 4/,
  ],
  [
    { customAttributes: { seats: { type: "Number", min: 5, max: 4 } } },
    /"customAttributes.seats.min": 5.*at most max, 4/,
  ],
  [
    { customAttributes: Object.fromEntries(Array.from({ length: 51 }, (_, i) => [`a${i}`, { type: "DateTime" }])) },
    /at most 50 attributes/,
  ],
])("%j is refused", (props, message) => {
  expect(refusalOf(props as Partial<UserPoolProps>)).toMatch(message);
});

it("an e-mail address that a pool does not require is written so, and its function admits an account without", () => {
  const pool = { aliasAttributes: ["email" as const], standardAttributes: { email: { required: false } } };
  expect(refusalOf(pool)).toBe("");
  expect(identifiersOf(pool)).toEqual({ username: "required", email: "optional" });
});
