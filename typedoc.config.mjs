// `npm run api`: the API reference of what the package exports ("exports" in package.json), from the comments of the constructs.
import { existsSync, readdirSync } from "node:fs";

// Parts of others, which an app does not use by themselves.
const INTERNAL = ["own-triggers", "setting"];
const constructs = readdirSync("modules")
  .filter((name) => !INTERNAL.includes(name))
  .map((name) => `modules/${name}/${name}.ts`);
const terraform = readdirSync("modules/terraform")
  .filter((name) => name !== "settings.ts")
  .map((name) => `modules/terraform/${name}`);

/** @type {Partial<import("typedoc").TypeDocOptions>} */
export default {
  name: "one-person-one-account",
  readme: "docs/package.md",
  out: "api",
  tsconfig: "cli/package/tsconfig.json",
  entryPoints: [...constructs.filter((file) => existsSync(file)), ...terraform, "lambda/bundle.ts"],
  // cdktf's own members would be most of every page.
  externalPattern: ["**/node_modules/**"],
  excludeExternals: true,
  excludePrivate: true,
  disableSources: true,
  hideGenerator: true,
  // What types that are exported are put together from. docs/settings.md says what they may be.
  intentionallyNotExported: [
    ...["identityPool", "logDelivery", "riskConfiguration", "uiCustomization", "userGroup", "WebAclSettings", "Json"],
    ...["OfName", "Enterprise", "IdentifierName", "SenderOptions", "OptionsOf", "TRIGGERS", "DeployedFunction"],
  ],
  validation: { notExported: true, invalidLink: true, rewrittenLink: true },
  treatWarningsAsErrors: true,
};
