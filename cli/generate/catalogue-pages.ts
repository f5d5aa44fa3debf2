import { readFile } from "node:fs/promises";
import { parse } from "yaml";
import { ARGUMENTS, NOT_MADE, type Reach, reachOf } from "../../catalogue/arguments/all";
import { argumentsOf } from "../../catalogue/arguments/provider";
import type { Feature, Features } from "../../catalogue/features";
import { LIMITS } from "../../catalogue/limits/all";
import api from "../../catalogue/limits/api.json";
import type { Constraints, Limit } from "../../catalogue/limits/limit";
import { RULES } from "../../catalogue/rules/all";
import type { Kept, Rule } from "../../catalogue/rules/rule";
import { SettingsError } from "../../settings/problems";
import { loadProject } from "../../settings/project";
import { warnings } from "../../settings/warnings";
import type { Files } from "./files";
import { page, table } from "./page";

/** The pages that show the catalogue. */
export async function cataloguePages(): Promise<Files> {
  const pages = await Promise.all([
    page("docs/rules.md", "rules: made by `npm run generate` from catalogue/rules", rulesPage()),
    page("docs/limits.md", "limits: made by `npm run generate` from catalogue/limits", limitsPage()),
    page("docs/arguments.md", "arguments: made by `npm run generate` from catalogue/arguments", argumentsPage()),
    page("docs/features.md", "features: made by `npm run generate` from docs/features.yaml", await featuresPage()),
  ]);
  return new Map(pages.flat());
}

function rulesPage(): string {
  return RULES.map(
    ([chapter, rules]) => `## ${chapter}\n\n${table(["id", "rule", "source", "how it is kept"], rules.map(row))}`,
  ).join("\n\n");
}

function row({ id, rule, source, kept }: Rule): string[] {
  return [`\`${id}\``, rule, source, how(kept)];
}

function how(kept: Kept): string {
  switch (kept.kind) {
    case "refused":
      return `${code(written(kept.shown))}<br>${code(messageOf(kept.wrong).replace(/^environment "dev", /, ""))}`;
    case "warned":
      return `${code(written(kept.shown))}<br>warns: ${loadProject(kept.wrong).environments.flatMap(warnings).join(" ")}`;
    case "written":
      return `by what is written: ${kept.why}`;
    case "reviewed":
      return `the review of a plan: [${kept.finding}](review.md)`;
    case "absent":
      return `not made: ${kept.why}`;
  }
}

function limitsPage(): string {
  const rows = LIMITS.map((limit) => [`\`${limit.setting}\``, `\`${limit.api}\``, limitOf(limit), ownLimit(limit)]);
  return `The model is that of botocore ${api.botocore}.\n\n${table(["setting", "member of the API", "the API takes", "narrower here"], rows)}`;
}

const model: Readonly<Record<string, Constraints>> = api.limits;

function limitOf({ api }: Limit): string {
  const [, ref = "", part] = /^([\w.]+)(\[\]|\{key\}|\{value\})?$/.exec(api) ?? [];
  const whole = model[ref];
  const { type, min, max, pattern, enum: values } = (part === "{key}" ? whole?.keys : part ? whole?.of : whole) ?? {};
  if (values) return values.map((value) => `\`${value}\``).join(", ");
  const unit = type === "list" ? " values" : type === "string" ? " characters" : "";
  const amount = max === undefined ? `${min ?? 0} or more` : `${min ?? 0} to ${max}`;
  return `${amount}${unit}${pattern ? `<br>${code(pattern)}` : ""}`;
}

function ownLimit({ narrower }: Limit): string {
  if (narrower === undefined) return "";
  const { least, most, values, characters, why } = narrower;
  const own = [
    least !== undefined && `at least ${least}`,
    most !== undefined && `at most ${most}`,
    values && `not ${values.map((value) => `\`${value}\``).join(", ")}`,
    characters && `without ${code(characters.source)}`,
  ];
  return `${own.filter(Boolean).join("; ")}: ${why}`;
}

function argumentsPage(): string {
  const types = Object.keys(ARGUMENTS);
  const reaches = types.flatMap((type) => argumentsOf(type).map((argument) => reachOf(type, argument)?.[1].kind));
  const count = (...kinds: ReadonlyArray<Reach["kind"]>) =>
    reaches.filter((kind) => kinds.some((one) => one === kind)).length;
  const summary = `Of ${reaches.length} arguments ${count("set")} are set by a setting, ${count("fixed", "left")} are fixed for a reason, and ${count("unreachable")} cannot be reached.`;
  const chapters = types.map((type) => {
    const rows = argumentsOf(type).map((argument) => [`\`${argument}\``, reached(reachOf(type, argument)?.[1])]);
    return `## \`${type}\`\n\n${table(["argument", "how"], rows)}`;
  });
  const others = table(
    ["resource", "why it is not made"],
    Object.entries(NOT_MADE).map(([type, why]) => [`\`${type}\``, why]),
  );
  return [summary, ...chapters, `## Resources that are not made\n\n${others}`].join("\n\n");
}

function reached(reach: Reach | undefined): string {
  switch (reach?.kind) {
    case "set":
      return `\`${reach.by}\``;
    case "fixed":
      return `fixed: ${reach.why}`;
    case "left":
      return `left out: ${reach.why}`;
    default:
      return `not reachable: ${reach?.why}`;
  }
}

async function featuresPage(): Promise<string> {
  const text = await readFile("docs/features.yaml", "utf8").catch(() => "");
  if (text === "") return "";
  const { peers, features, triggers } = parse(text) as Features;
  const versions = peers.map(({ name, of, version }) => `- **${name}**: ${of}, ${version}`).join("\n");
  const head = ["feature", "here", ...peers.map(({ name }) => name)];
  const row = ({ feature, here, peers }: Feature) => {
    const by = here.settings.map((name) => `\`${name}\``).join(", ");
    return [feature, [by, here.text].filter(Boolean).join(": "), ...peers];
  };
  return `${versions}\n\n${table(head, features.map(row))}\n\n## Triggers\n\n${table(head, triggers.map(row))}`;
}

/** What refuses these settings. */
function messageOf(settings: unknown): string {
  try {
    loadProject(settings);
  } catch (error) {
    if (error instanceof SettingsError) return error.problems.join("; ");
    throw error;
  }
  throw new Error(`nothing refuses ${JSON.stringify(settings)}`);
}

/** A value as it is written in TypeScript; what is long is cut. */
function written(value: unknown, isOutermost = true): string {
  if (Array.isArray(value)) return cut(`[${value.map((item) => written(item, false)).join(", ")}]`);
  if (typeof value !== "object" || value === null) return cut(JSON.stringify(value) ?? String(value));
  const fields = Object.entries(value).map(([name, inner]) => {
    const key = /^[A-Za-z_]\w*$/.test(name) ? name : JSON.stringify(cut(name));
    return `${key}: ${written(inner, false)}`;
  });
  return isOutermost ? fields.join(", ") : cut(`{ ${fields.join(", ")} }`);
}

function cut(text: string): string {
  return text.length > 90 ? `${text.slice(0, 60)}…${text.slice(-10)}` : text;
}

/** A code span, whatever the text holds: "Code spans", CommonMark. */
function code(text: string): string {
  return text.includes("`") ? `\`\` ${text} \`\`` : `\`${text}\``;
}
