import { readdirSync, readFileSync } from "node:fs";
import ts from "typescript";
import { METRICS as SIGN_UP_METRICS, NAMESPACE as SIGN_UPS } from "../../lambda/pre-sign-up/metrics";
import { fromVariables as preSignUpOptions } from "../../lambda/pre-sign-up/options";
import { MESSAGES, NEUTRAL, NEUTRAL_WITH_PHONE } from "../../lambda/trigger/messages";
import { MESSAGES as DECLINED } from "../../lambda/user-migration/declined";
import { METRICS as MIGRATION_METRICS, NAMESPACE as MIGRATIONS } from "../../lambda/user-migration/metrics";
import { codeIn, tablesOf } from "../support/markdown";
import { WITH_OWN_TRIGGERS } from "../support/own-triggers";
import { environment } from "../support/synth";

const page = readFileSync("docs/operating.md", "utf8");

/** The rows of the table after this text, without its head. */
function rowsAfter(start: string, text = page): string[][] {
  const [, rest] = text.split(`\n${start}\n`);
  const [table] = tablesOf((rest ?? "").replace(/```.*?```/gs, ""));
  if (!table) throw new Error(`there is no table after ${start}`);
  return table.slice(1);
}

const first = (rows: readonly string[][]) => rows.map(([cell = ""]) => cell);
const names = (rows: readonly string[][]) => first(rows).map(codeIn);
const codes = (cell: string) => [...cell.matchAll(/`([^`]+)`/g)].map(([, code = ""]) => code);

/** Every source file of the functions. */
const sources = readdirSync("lambda", { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".ts"))
  .map((name) => ({ name, text: readFileSync(`lambda/${name}`, "utf8") }));
const found = (pattern: RegExp, files = sources) =>
  new Set(files.flatMap(({ text }) => [...text.matchAll(pattern)].map(([, one = ""]) => one)));

describe("alarms", () => {
  const { resource } = environment({
    ...WITH_OWN_TRIGGERS,
    alarmTopicArn: "arn:aws:sns:eu-west-1:111122223333:on-call",
    migrateFrom: { userPoolId: "eu-west-1_Old", clientId: "abc" },
  });
  const own = ["pre-sign-up", "user-migration"];
  const deployed = Object.values(resource.aws_cloudwatch_metric_alarm ?? {}).map(({ alarm_name }) => {
    const [, fn = "", suffix = ""] = /^acme-dev-(.+?)(-failed-closed|-throttles|-errors)$/.exec(alarm_name) ?? [];
    return { suffix, fn: own.includes(fn) ? fn : "your own" };
  });

  it("are all on the page, with the functions that have them, and no other is", () => {
    const documented = rowsAfter("## Alarms").flatMap(([suffix = "", functions = ""]) =>
      [...codes(functions), ...(functions.includes("your own") ? ["your own"] : [])].map(
        (fn) => `${codeIn(suffix)} ${fn}`,
      ),
    );
    expect(documented.sort()).toEqual([...new Set(deployed.map(({ suffix, fn }) => `${suffix} ${fn}`))].sort());
  });
});

it.each([
  [SIGN_UPS, SIGN_UP_METRICS],
  [MIGRATIONS, MIGRATION_METRICS],
] as const)("metrics of the namespace %s are on the page, in their order", (namespace, metrics) => {
  expect(names(rowsAfter(`Namespace \`${namespace}\`:`))).toEqual(metrics);
});

it("messages of the log are on the page, with their levels", () => {
  const handlers = sources.filter(({ name }) => /^(?:pre-sign-up|user-migration)\//.test(name));
  const messages = found(/report\(\s*(?:"[A-Z]+"|level), "([^"]+)"/g, handlers);
  expect(names(rowsAfter("## Log lines")).sort()).toEqual([...messages].sort());
  for (const [message = "", level = ""] of rowsAfter("## Log lines")) {
    const used = found(new RegExp(`report\\(\\s*"([A-Z]+)", "${codeIn(message)}"`, "g"), handlers);
    expect(codes(level)).toEqual(expect.arrayContaining([...used]));
  }
});

it("Cognito's trigger sources are on the page", () => {
  for (const source of found(/"((?:PreSignUp|UserMigration)_\w+)"/g)) expect(page).toContain(`\`${source}\``);
});

it("what a function calls an error is on the page, and no other", () => {
  // `AssumeRole.${code}` is one entry; the check's own errors follow OwnCheck.
  const thrown = found(/(?:new AwsError\(|super\()["`](\w+)/g);
  const documented = names(rowsAfter("## Failed closed").filter(([cell = ""]) => /^`[^`]+`$/.test(cell)));
  const own = ["MalformedEvent", "OwnCheck", "PoolsFunction", "Unknown"];
  expect(documented.map((name) => name.replace(/\.…|: …/, "")).sort()).toEqual(
    [...[...thrown].filter((name) => name !== "BadAnswer"), ...own].sort(),
  );
  expect(page).toContain("(`BadAnswer`)");
  for (const name of own)
    expect(sources.some(({ text }) => text.includes(`"${name}`) || text.includes(`\`${name}`))).toBe(true);
});

it("every refusal is on the page with its text, and no other", () => {
  const rows = rowsAfter("## Refusals").map(([reason = "", text]) => [codeIn(reason), text]);
  expect(Object.fromEntries(rows)).toEqual({
    ...MESSAGES,
    OwnCheck: "the text of your own check",
    PoolsFunction: "the text of the function that the pool called before",
  });
  expect(rows).toHaveLength(Object.keys(MESSAGES).length + 2);
  for (const text of [
    ...Object.values({ ...NEUTRAL, ...NEUTRAL_WITH_PHONE }),
    NEUTRAL.emailTaken,
    ...Object.values(DECLINED),
  ]) {
    expect(page).toContain(text);
  }
});

it("what a function says when it does not start is on the page", () => {
  const [, list = ""] = page.split("## The function does not start");
  const documented = [...list.matchAll(/^- `(.+)`$/gm)].map(([, text]) => text);
  const options = sources.filter(({ name }) => name.endsWith("/options.ts"));
  const federated = (() => {
    try {
      return preSignUpOptions({ FEDERATED: "none of them" });
    } catch (error) {
      return (error as Error).message;
    }
  })();
  const thrown = [...found(/new Error\("([^"]+)"\)/g, options), federated];
  expect([...documented].sort()).toEqual([...thrown].sort());
});

it("docs/migrating-on-sign-in.md has every reason not to move an account, and no other", () => {
  const rows = rowsAfter("## What is migrated", readFileSync("docs/migrating-on-sign-in.md", "utf8"));
  const documented = rows.flatMap(([cell = ""]) => codes(cell));
  const all = valuesOf("lambda/user-migration/declined.ts", "Reason");
  expect(documented.filter((reason) => !all.includes(reason))).toEqual([]);
  expect(all.filter((reason) => !(reason in MESSAGES) && !documented.includes(reason))).toEqual([]);
});

/** The texts of a union type that a file exports. */
function valuesOf(file: string, type: string): string[] {
  const program = ts.createProgram([file], { strict: true, noEmit: true, types: [] });
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(file);
  const alias = source?.statements.find((node) => ts.isTypeAliasDeclaration(node) && node.name.text === type);
  const union = alias && checker.getTypeAtLocation(alias);
  if (!union?.isUnion()) throw new Error(`${file} exports no union ${type}`);
  return union.types.flatMap((one) => (one.isStringLiteral() ? one.value : []));
}
