// `npm run api`: the API reference of what the package exports ("exports" in package.json), from the comments of the constructs.
import { existsSync, readdirSync } from "node:fs";
import { build } from "esbuild";
import { Comment, Converter, ReflectionKind } from "typedoc";

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
  plugin: [describeSettings],
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

/** Gives props that are made of settings the settings' text and default: TypeScript keeps no comment of theirs. */
async function describeSettings({ converter }) {
  const outfile = ".build/settings.cjs";
  const contents = `export { environmentSettings } from "./settings/schema";
    export { defaultOf } from "./cli/generate/settings-pages";`;
  await build({
    stdin: { contents, resolveDir: ".", sourcefile: "entry.ts", loader: "ts" },
    ...{ outfile, bundle: true, packages: "external", platform: "node", format: "cjs", logLevel: "silent" },
  });
  const { environmentSettings, defaultOf } = await import(`./${outfile}`);

  converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }) => {
    for (const property of project.getReflectionsByKind(ReflectionKind.Property)) {
      const setting = environmentSettings[property.name];
      if (setting === undefined || property.comment || !/Props$/.test(property.parent?.name ?? "")) continue;
      const { doc, leftOut } = setting;
      // What a construct takes where an app says nothing is what an environment for production has.
      const otherwise =
        leftOut.kind === "derived" ? "must be given" : defaultOf({ ...leftOut, outsideProduction: undefined });
      // Links of settings begin in the project's folder, and a page has no such place.
      const text = `${doc}\n\nDefault: ${otherwise}.`
        .replace(/ ?\(\[[^\]]+\]\([^)]+\)\)/g, "")
        .replace(/\[([^\]]+)\]\([^)]+\)/g, "$1");
      property.comment = new Comment([{ kind: "text", text }]);
    }
  });
}
