// Which folder may import from which. Arrows point one way: cli → stacks → settings → modules' settings; stacks → modules → lambda's options.
const only = (name, comment, from, to) => ({ name, comment, severity: "error", from, to });

/** @type {import("dependency-cruiser").IConfiguration} */
module.exports = {
  forbidden: [
    only("no-circles", "Two files that need each other are one file, or three.", {}, { circular: true }),
    only(
      "settings-are-data",
      "The settings of environments.ts are put together from the modules' settings, and are read without loading cdktf.",
      { path: "^settings/" },
      {
        path: "^(?!settings/|lambda/functions\\.ts$|modules/([a-z-]+)/(?!\\1\\.ts$|props\\.ts$)[a-z-]+\\.ts$|modules/setting/(?!props\\.ts$)|node_modules/zod/)",
        dependencyTypesNot: ["type-only"],
      },
    ),
    only(
      "catalogue-is-proof",
      "The catalogue describes the settings: pages and tests are made of it, nothing that runs.",
      { path: "^(?!catalogue/|cli/generate/|cli/limits|__tests__/)" },
      { path: "^catalogue/" },
    ),
    only(
      "catalogue-knows-settings",
      "The catalogue is data about settings.",
      { path: "^catalogue/" },
      { path: "^(?!catalogue/|settings/|modules/setting/)", dependencyTypesNot: ["core"] },
    ),
    only(
      "modules-are-constructs",
      "A module knows its settings, cdktf, the providers, and what a function of lambda/ is told and counts: not the project's settings, stacks or commands.",
      { path: "^modules/" },
      {
        path: "^(?!modules/|lambda/functions\\.ts$|lambda/[a-z-]+/(?:messages|metrics|options)\\.ts$|node_modules/(?:cdktf|constructs|@cdktf|zod|fastest-levenshtein)/)",
        dependencyTypesNot: ["core"],
      },
    ),
    only(
      "module-settings-are-data",
      "A module's settings are read without loading cdktf.",
      { path: "^modules/([a-z-]+)/(?!\\1\\.ts$|props\\.ts$)[a-z-]+\\.ts$", pathNot: "^modules/terraform/(?!settings)" },
      { path: "^node_modules/(?:cdktf|constructs|@cdktf)/", dependencyTypesNot: ["type-only"] },
    ),
    only(
      "module-settings-know-no-construct",
      "A module's settings may be put together from other modules' settings, not from constructs.",
      { path: "^modules/([a-z-]+)/(?!\\1\\.ts$|props\\.ts$)[a-z-]+\\.ts$", pathNot: "^modules/terraform/(?!settings)" },
      {
        path: "^modules/(?:([a-z-]+)/(?:\\1|props)\\.ts$|terraform/(?!settings))",
        pathNot: "^modules/setting/setting\\.ts$",
      },
    ),
    only(
      "stacks-put-modules-together",
      "A stack knows modules, settings and the list of functions.",
      { path: "^stacks/" },
      { path: "^(?:cli|lambda(?!/functions\\.ts$)|main\\.ts|environments\\.ts)" },
    ),
    only(
      "lambda-knows-nothing-of-cdktf",
      "What runs in AWS imports nothing but the signer and Node.js itself: every kilobyte is paid for at a cold start.",
      { path: "^lambda/", pathNot: "^lambda/bundle\\.ts$" },
      { path: "^(?!lambda/|node_modules/@smithy/signature-v4/)", dependencyTypesNot: ["core", "type-only"] },
    ),
    only(
      "a-function-knows-no-other",
      "What two functions share is in lambda/trigger or lambda/uniqueness.",
      { path: "^lambda/(?!aws/|identity/|trigger/|uniqueness/)([a-z-]+)/" },
      { path: "^lambda/(?!aws/|identity/|trigger/|uniqueness/)[a-z-]+/", pathNot: "^lambda/$1/" },
    ),
    only(
      "lambda-layers",
      "aws and identity know nothing else of lambda; trigger knows both; uniqueness knows all three, and no function.",
      { path: "^lambda/(?:aws|identity|trigger|uniqueness)/" },
      { path: "^lambda/(?!aws/|identity/|trigger/|uniqueness/)" },
    ),
    only(
      "lambda-trigger-below-uniqueness",
      "What every trigger has in common does not depend on how identifiers are kept unique.",
      { path: "^lambda/(?:aws|trigger)/" },
      { path: "^lambda/uniqueness/" },
    ),
    only(
      "lambda-aws-stands-alone",
      "How AWS is called does not depend on what it is called for.",
      { path: "^lambda/aws/" },
      { path: "^lambda/(?!aws/)" },
    ),
    only(
      "identity-is-pure",
      "What two spellings have in common does not depend on where it is asked.",
      { path: "^lambda/identity/" },
      { path: "^(?!lambda/identity/)", dependencyTypesNot: ["core"] },
    ),
    only(
      "migration-knows-nothing-of-cdktf",
      "What an operator runs works on any pool, also without the rest of this project.",
      { path: "^migration/" },
      {
        path: "^(?!migration/|lambda/identity/|node_modules/)|^node_modules/(?:cdktf|constructs|@cdktf)/",
        dependencyTypesNot: ["core"],
      },
    ),
    only(
      "atlantis-is-pure",
      "Environments in, configuration out: who writes it is in cli.",
      { path: "^atlantis/" },
      { path: "^(?!atlantis/|settings/|node_modules/yaml/)" },
    ),
    only(
      "policy-is-pure",
      "Findings in, verdict out: who plans and scans is in cli.",
      { path: "^policy/" },
      { path: "^(?!policy/|node_modules/(?:yaml|zod)/)" },
    ),
    only(
      "review-is-pure",
      "A plan's JSON goes in, a judgement comes out: where the plan is from, and who reads it, is not its business.",
      { path: "^review/" },
      { path: "^(?!review/)", dependencyTypesNot: ["core"] },
    ),
    only(
      "no-barrels",
      "The providers' index files take seconds to load: import lib/<resource>.",
      {},
      { path: "^node_modules/@cdktf/provider-[a-z]+/lib/index\\." },
    ),
    only(
      "benchmarks-only-look",
      "Nothing that ships or deploys needs a benchmark.",
      { pathNot: "^(?:bench|__tests__)/" },
      { path: "^bench/" },
    ),
    only(
      "the-browser-has-no-node",
      "What runs in the browser imports nothing of the rest but types of what the server says.",
      { path: "^cli/page/browser/" },
      { path: "^(?!cli/page/browser/|cli/page/api\\.ts$)" },
    ),
    only(
      "only-types-of-the-server",
      "The browser's bundle stays small: the rules that it shows are applied by the server.",
      { path: "^cli/page/browser/" },
      { path: "^cli/page/api\\.ts$", dependencyTypesNot: ["type-only"] },
    ),
    only(
      "the-server-serves-the-browser",
      "The page's server gives the browser's code to the browser, and runs none of it.",
      { path: "^(?!cli/page/browser/|__tests__/)" },
      { path: "^cli/page/browser/" },
    ),
    only(
      "the-package-has-no-page",
      "The page is for this repository: the package's commands do without it.",
      { path: "^cli/package/" },
      { path: "^cli/page/", reachable: true },
    ),
    only("tests-stay-out", "Nothing that ships needs a test.", { pathNot: "^__tests__/" }, { path: "^__tests__/" }),
    only("everything-is-there", "An import that leads nowhere.", {}, { couldNotResolve: true }),
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^(?:\\.build|cdktf\\.out)/" },
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "require", "node", "default"] },
  },
};
