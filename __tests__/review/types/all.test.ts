import { TRIGGERS } from "../../../lambda/functions";
import { toVariables as migrationVariables } from "../../../lambda/user-migration/options";
import { preSignUpVariables } from "../../../modules/pre-sign-up/settings";
import { RESOURCE_TYPES, resourceType } from "../../../review/types/all";
import { DATA_SOURCES } from "../../../review/types/data";
import { VARIABLES } from "../../../review/types/function-variables";
import { FUNCTION_NAMES } from "../../../review/types/functions";
import type { EnvironmentSettings } from "../../../settings/schema";
import { EXAMPLES, FULL } from "../../support/examples";
import type { Block } from "../../support/stack";
import { synthesized } from "../../support/synth";

/** What Terraform itself reads of a block, and cdktf's notes. */
const META = ["//", "lifecycle", "depends_on", "provider"];

const ELSEWHERE: EnvironmentSettings = {
  triggers: { customMessage: { functionArn: "arn:aws:lambda:eu-west-1:111122223333:function:texts:live" } },
  uniqueness: "directory",
  migrateFrom: {
    userPoolId: "eu-west-1_OldPool01",
    clientId: "1example23456789",
    roleArn: "arn:aws:iam::444455556666:role/old-pool-reader",
    externalId: "one-account",
  },
  customDomain: {
    name: "elsewhere.acme.com",
    certificateArn: "arn:aws:acm:us-east-1:111122223333:certificate/1234abcd-12ab-34cd-56ef-1234567890ab",
  },
  managedLogin: false,
  uiCustomization: { css: ".label-customizable { color: #336699; }", logoFile: "examples/full/logo.png" },
};

const documents = Object.entries({
  ...synthesized(),
  ...synthesized({ ...EXAMPLES.full, environments: { full: FULL, elsewhere: ELSEWHERE } }),
});

const resources = documents.flatMap(([stack, document]) =>
  Object.entries(document.resource).flatMap(([type, blocks]) =>
    Object.entries(blocks).map(([name, block]) => [`${stack}: ${type}.${name}`, type, block] as const),
  ),
);

/** Paths of what a block sets, as far as the description goes. */
function undescribed(block: Block, type: string, path: readonly string[] = []): string[] {
  return Object.entries(block).flatMap(([key, value]) => {
    if (path.length === 0 && META.includes(key)) return [];
    const here = [...path, key];
    if (Object.hasOwn(resourceType(type)?.attributes ?? {}, here.join("."))) return [];
    const inner = Array.isArray(value) ? value : [value];
    return inner.every((one) => typeof one === "object" && one !== null)
      ? inner.flatMap((one) => undescribed(one as Block, type, here))
      : [here.join(".")];
  });
}

it.each(resources)("%s: its type, and all that the stacks set of it, is described", (_, type, block) => {
  expect(resourceType(type)?.type).toBe(type);
  expect(undescribed(block, type)).toEqual([]);
});

it("the stacks make every type that is described: no description is left over", () => {
  const made = new Set(resources.map(([, type]) => type));
  expect(RESOURCE_TYPES.map(({ type }) => type).filter((type) => !made.has(type))).toEqual([]);
});

it("the data sources of the stacks, and all that they are told, are described", () => {
  for (const [, { data }] of documents) {
    for (const [type, blocks] of Object.entries(data)) {
      const sources = DATA_SOURCES.filter((one) => one.type === type);
      for (const block of Object.values(blocks)) {
        const set = Object.entries(block).filter(([name]) => !META.includes(name));
        const wrong = sources.map((source) =>
          set.filter(([name, value]) => !source.arguments[name]?.test(String(value))),
        );
        expect(wrong).toContainEqual([]);
      }
    }
  }
});

it("the functions of triggers are described by their names", () => {
  expect([...FUNCTION_NAMES].sort()).toEqual(Object.values(TRIGGERS).sort());
});

it("the functions' variables are described, every one that they can be told", () => {
  const common = {
    logLevel: "INFO",
    unconfirmedHoldHours: 24,
    reservationsTable: "table",
    identifiers: { email: "required" },
  } as const;
  const { identifiers, reservationsTable, ...settings } = common;
  const preSignUp = { ...settings, uniqueness: "reserved", federated: "link", messages: { emailTaken: "x" } } as const;
  const names = [
    ...Object.keys(
      preSignUpVariables({ ...preSignUp, identityProviders: ["Google"] }, reservationsTable, identifiers, "arn"),
    ),
    ...Object.keys(migrationVariables({ ...common, migrateFrom: { userPoolId: "x", clientId: "x" } })),
  ];
  expect(Object.keys(VARIABLES).sort()).toEqual([...new Set(names)].sort());
});

it("every rule and every sentence says something", () => {
  for (const { type, attributes, forgotten } of RESOURCE_TYPES) {
    for (const [path, { kind, rule }] of Object.entries(attributes)) {
      expect([type, path, kind === "free" || /^[a-z-]+$/.test(rule ?? "")]).toEqual([type, path, true]);
    }
    if (forgotten) expect(forgotten.why).toMatch(/\.$/);
  }
});
