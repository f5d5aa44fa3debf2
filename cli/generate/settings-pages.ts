import { alarmsSettings } from "../../modules/alarms/settings";
import { bundledFunctionSettings } from "../../modules/bundled-function/settings";
import { customerKeySettings } from "../../modules/customer-key/settings";
import { dashboardSettings } from "../../modules/dashboard/settings";
import { identityProvidersSettings } from "../../modules/identity-provider/settings";
import { preSignUpSettings } from "../../modules/pre-sign-up/settings";
import type { LeftOut, Setting, Settings } from "../../modules/setting/setting";
import { providersSettings, remoteStateSettings } from "../../modules/terraform/settings";
import { hostedPagesSettings } from "../../modules/unique-user-pool/hosted-pages";
import { userMigrationSettings } from "../../modules/user-migration/settings";
import { userPoolSettings } from "../../modules/user-pool/settings";
import { userPoolClientSettings } from "../../modules/user-pool-client/settings";
import { environmentSettings, projectSettings } from "../../settings/schema";
import type { Files } from "./files";
import { allowedOf, nestedFields } from "./nested-fields";
import { page, table } from "./page";

const MARK = "settings: made by `npm run generate` from modules/*/settings.ts and settings/schema.ts";

/** The pages with tables of settings. */
export async function settingsPages(): Promise<Files> {
  const pages = await Promise.all([page("README.md", MARK, overview()), page("docs/settings.md", MARK, reference())]);
  return new Map(pages.flat());
}

/** README's table: an environment's settings. */
function overview(): string {
  return table(
    ["field", "what it is", "default"],
    Object.entries(environmentSettings).map(([name, { doc, leftOut }]) => [`\`${name}\``, doc, defaultOf(leftOut)]),
  );
}

const GROUPS: ReadonlyArray<readonly [title: string, settings: Settings]> = [
  ["User pool", userPoolSettings],
  ["Identity providers", identityProvidersSettings],
  ["App client", userPoolClientSettings],
  ["Uniqueness", preSignUpSettings],
  ["Hosted domain", hostedPagesSettings],
  ["Accounts of another pool", userMigrationSettings],
  ["Functions", bundledFunctionSettings],
  ["Encryption", customerKeySettings],
  ["Monitoring", { ...alarmsSettings, ...dashboardSettings }],
  ["Providers", providersSettings],
];

/** docs/settings.md: everything that can be written, with what is allowed and where AWS says so. */
function reference(): string {
  const seen = new Set(GROUPS.flatMap(([, settings]) => Object.keys(settings)));
  const rest = Object.entries(environmentSettings).filter(([name]) => !seen.has(name));
  const groups: typeof GROUPS = [
    ["The project", projectSettings],
    ["The environment", Object.fromEntries(rest)],
    ...GROUPS,
    ["`state`, of the project or of an environment", remoteStateSettings],
  ];
  const described = new Set<Setting>();
  return groups
    .map(([title, settings]) => {
      const own = Object.entries(settings).filter(([, setting]) => !described.has(setting));
      for (const [, setting] of own) described.add(setting);
      const inner = own.filter(([name]) => name !== "clients" && name !== "environments" && name !== "state");
      const nested = inner.flatMap(([name, { schema }]) => nestedFields(name, schema));
      return [
        `## ${title}`,
        table(["field", "what it is", "allowed", "default", "source"], own.map(row)),
        ...(nested.length > 0 ? [table(["field within", "allowed", "left out"], nested)] : []),
      ].join("\n\n");
    })
    .join("\n\n")
    .replaceAll("](docs/", "](")
    .replaceAll("](#", "](../README.md#");
}

function row([name, { doc, schema, leftOut, source = "" }]: [string, Setting]): string[] {
  return [`\`${name}\``, doc, allowedOf(schema), defaultOf(leftOut), source];
}

export function defaultOf(leftOut: LeftOut): string {
  switch (leftOut.kind) {
    case "required":
      return "must be given";
    case "nothing":
      return leftOut.means;
    case "derived":
      return leftOut.from;
    case "value": {
      const { value, outsideProduction = value } = leftOut;
      return outsideProduction === value
        ? code(value)
        : `${code(value)} in production, else ${code(outsideProduction)}`;
    }
  }
}

function code(value: unknown): string {
  return `\`${typeof value === "string" ? value : JSON.stringify(value)}\``;
}
