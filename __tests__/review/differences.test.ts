import { differences, writtenPath } from "../../review/differences";
import type { Json } from "../../review/json";

interface Marks {
  readonly afterUnknown?: Json;
  readonly beforeSensitive?: Json;
  readonly afterSensitive?: Json;
  readonly replacePaths?: ReadonlyArray<ReadonlyArray<string | number>>;
}

function between(before: Json, after: Json, marks: Marks = {}) {
  const change = {
    action: "update" as const,
    before,
    after,
    afterUnknown: false,
    beforeSensitive: false,
    afterSensitive: false,
  };
  return differences({ ...change, ...marks }).map(({ path, before: old, after: now, forcesReplacement }) => [
    path,
    old,
    now,
    ...(forcesReplacement ? ["forces"] : []),
  ]);
}

it("goes into objects and blocks, and leaves out what stays", () => {
  expect(
    between(
      { policy: [{ length: 8, symbols: true }], tags: { a: "1", "cost centre": "2" }, same: { deep: [1] } },
      { policy: [{ length: 12, symbols: true }], tags: { a: "1", "cost centre": "3" }, same: { deep: [1] } },
    ),
  ).toEqual([
    ["policy.length", 8, 12],
    ['tags["cost centre"]', "2", "3"],
  ]);
});

it("tells elements of a list apart by their name, wherever they are", () => {
  const email = { name: "email", mutable: true };
  const added = { name: "department", mutable: true };
  expect(between({ schema: [email] }, { schema: [added, { ...email, mutable: false }] })).toEqual([
    ['schema["email"].mutable', true, false],
    ['schema["department"].mutable', undefined, true],
    ['schema["department"].name', undefined, "department"],
  ]);
});

it("numbers elements that have no name, or not one each", () => {
  expect(between({ rule: [{ days: 1 }, { days: 2 }] }, { rule: [{ days: 1 }, { days: 3 }] })).toEqual([
    ["rule[1].days", 2, 3],
  ]);
  const twins = [
    { name: "a", v: 1 },
    { name: "a", v: 2 },
  ];
  expect(between({ rule: twins }, { rule: [twins[0] as Json, { name: "a", v: 3 }] })).toEqual([["rule[1].v", 2, 3]]);
});

it("shows lists of plain values as a whole", () => {
  expect(between({ urls: ["a"] }, { urls: ["a", "b"] })).toEqual([["urls", ["a"], ["a", "b"]]]);
});

it("compares JSON in texts by what it says", () => {
  const policy = (action: string) => JSON.stringify({ Statement: [{ Effect: "Allow", Action: action }] });
  expect(between({ policy: policy("a") }, { policy: policy("b") })).toEqual([["policy.Statement.Action", "a", "b"]]);
  expect(between({ policy: '{"a":1,"b":2}' }, { policy: '{ "b": 2, "a": 1 }' })).toEqual([]);
  expect(between({ text: "{no json" }, { text: "[no json" })).toEqual([["text", "{no json", "[no json"]]);
});

it("leaves out what is not set on either side", () => {
  expect(between({ a: null, b: "", c: [], d: {} }, { a: "", b: null, c: null, d: null })).toEqual([]);
});

it("leaves out what AWS fills in of something new, but not what is unknown in a block", () => {
  expect(
    between(
      null,
      { name: "x", empty: null, lambda_config: [{}] },
      {
        afterUnknown: { id: true, lambda_config: [{ pre_sign_up: true }] },
      },
    ),
  ).toEqual([
    ["lambda_config.pre_sign_up", undefined, "(known after apply)"],
    ["name", undefined, "x"],
  ]);
});

it("says what is only known after apply, at any depth", () => {
  expect(
    between({ id: "1", list: ["a"] }, { list: ["a", null] }, { afterUnknown: { id: true, list: [false, true] } }),
  ).toEqual([
    ["id", "1", "(known after apply)"],
    ["list", ["a"], ["a", "(known after apply)"]],
  ]);
});

it("names the attributes that force a replacement", () => {
  const marks = { replacePaths: [["username_configuration", 0, "case_sensitive"], ["alias"]] };
  expect(
    between(
      { username_configuration: [{ case_sensitive: false }], alias: ["a"], other: 1 },
      { username_configuration: [{ case_sensitive: true }], alias: ["b"], other: 2 },
      marks,
    ),
  ).toEqual([
    ["alias", ["a"], ["b"], "forces"],
    ["other", 1, 2],
    ["username_configuration.case_sensitive", false, true, "forces"],
  ]);
  expect(writtenPath(["rule", 0, "filter", 1, "tag key"])).toBe('rule.filter[1]["tag key"]');
});

describe("secrets", () => {
  const HIDDEN = "(sensitive)";

  it("are hidden where Terraform marks them, on either side, with all that is in them", () => {
    for (const side of ["beforeSensitive", "afterSensitive"] as const) {
      const hidden = between(
        { a: "s1", b: { c: "s2" } },
        { a: "s3", b: { c: "s4" } },
        { [side]: { a: true, b: true } },
      );
      expect(hidden).toEqual([
        ["a", HIDDEN, HIDDEN],
        ["b", HIDDEN, HIDDEN],
      ]);
    }
    expect(between({ list: ["s1", "x"] }, { list: ["s2", "x"] }, { afterSensitive: { list: [true] } })).toEqual([
      ["list", HIDDEN, HIDDEN],
    ]);
  });

  it("are hidden where their name says so, also in texts of JSON and in lists of variables", () => {
    expect(
      between(null, {
        client_secret: "s1",
        environment: [{ variables: { DB_PASSWORD: "s2", OPTIONS: '{"apiKey":"s3","colour":"blue"}' } }],
        extra: [
          { name: "authToken", value: "s4" },
          { name: "colour", value: "red" },
        ],
        endpoint: "https://user:s5@example.com/",
        credentials: { user: "s6" },
        password: 123456,
      }),
    ).toEqual([
      ["client_secret", undefined, HIDDEN],
      ["credentials", undefined, HIDDEN],
      ["endpoint", undefined, "https://user:(sensitive)@example.com/"],
      ["environment.variables.DB_PASSWORD", undefined, HIDDEN],
      ["environment.variables.OPTIONS", undefined, { apiKey: HIDDEN, colour: "blue" }],
      ['extra["authToken"].name', undefined, "authToken"],
      ['extra["authToken"].value', undefined, HIDDEN],
      ['extra["colour"].name', undefined, "colour"],
      ['extra["colour"].value', undefined, "red"],
      ["password", undefined, HIDDEN],
    ]);
  });

  it("are not what only sounds like one", () => {
    expect(
      between({ generate_secret: true, id_token_validity: 1 }, { generate_secret: false, id_token_validity: 2 }),
    ).toEqual([
      ["generate_secret", true, false],
      ["id_token_validity", 1, 2],
    ]);
    const units = (access_token: string) => ({ token_validity_units: [{ access_token }] });
    expect(between(units("hours"), units("minutes"))).toEqual([
      ["token_validity_units.access_token", "hours", "minutes"],
    ]);
  });
});
