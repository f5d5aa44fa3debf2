import { readPlan } from "../../review/plan";
import { SecretValues } from "../../review/secret-values";

const SECRET = "Nc0vK0SmdDHkOz/ksc+DuajqoFt";
const secrets = new SecretValues(
  readPlan({
    format_version: "1.2",
    resource_changes: [
      {
        address: "a.b",
        type: "a",
        change: {
          actions: ["no-op"],
          before: { secret: SECRET, short: "yes" },
          before_sensitive: { secret: true, short: true },
        },
      },
    ],
    prior_state: {
      values: {
        root_module: {
          resources: [
            {
              address: "data.p.q",
              mode: "data",
              type: "p",
              values: { value: "a-plain-parameter", insecure_value: "a-plain-parameter" },
              sensitive_values: { value: true },
            },
          ],
        },
      },
    },
  }),
);

it.each([
  ["itself", SECRET],
  ["within a text", `the secret is ${SECRET}.`],
  ["in Base64", Buffer.from(SECRET).toString("base64")],
  ["in Base64 beside something else", Buffer.from(`client:${SECRET}`).toString("base64")],
  ["in Base64 of URLs", Buffer.from(`x${SECRET}`).toString("base64url")],
  ["in hexadecimal digits", Buffer.from(SECRET).toString("hex")],
  ["in a URL", `https://example.org/?s=${encodeURIComponent(SECRET)}`],
  ["in JSON in a text", JSON.stringify(JSON.stringify({ secret: SECRET }))],
])("a secret is found %s, and hidden", (_, text) => {
  expect(secrets.isIn(text)).toBe(true);
  expect(secrets.masked({ note: [text] })).toEqual({ note: ["(sensitive)"] });
  expect(secrets.shownIn({ tags: { note: text } }, {})).toEqual(["tags.note"]);
  expect(secrets.shownIn({ tags: { note: text } }, { tags: true })).toEqual([]);
});

it("half of a secret, a short one, and what is published beside its mark are no secrets", () => {
  for (const text of [SECRET.slice(0, 12), "yes", "a-plain-parameter"]) expect(secrets.isIn(text)).toBe(false);
});

it("a sentence stays without the secret", () => {
  expect(secrets.without(`It would be \`${SECRET}\`.`)).toBe("It would be `(sensitive)`.");
});
