import type { EnvironmentSettings, ProjectSettings } from "../../settings/schema";

/*
 * A rule that AWS or Terraform's provider enforces when a plan is applied, and how it is kept before: what the pages of the catalogue show,
 * and what its tests prove. Nothing that runs depends on it.
 */
export interface Rule {
  /** A stable name. */
  readonly id: string;
  readonly rule: string;
  /** Where it is written, or which error it is known from. */
  readonly source: string;
  readonly kept: Kept;
}

export type Kept = Refused | Warned | Written | Reviewed | Absent;

/** The settings are refused: `wrong` at this field, `right` not at all. */
export interface Refused {
  readonly kind: "refused";
  /** What the message begins with. */
  readonly where: string;
  readonly wrong: unknown;
  readonly right: ProjectSettings;
  /** `wrong`, as the page shows it: without what every project has. */
  readonly shown: object;
}

/** Allowed, but unlikely to be meant: `wrong` is warned of, `right` not. */
export interface Warned {
  readonly kind: "warned";
  readonly wrong: ProjectSettings;
  readonly right: ProjectSettings;
  readonly shown: object;
}

// biome-ignore lint/suspicious/noExplicitAny: checks look into resources of many types
export type Block = Record<string, any>;
/** Resources of a stack by type and name, as Terraform reads them. */
export type Resources = Readonly<Record<string, Readonly<Record<string, Block>>>>;

/** What is written keeps the rule, whatever the settings are. */
export interface Written {
  readonly kind: "written";
  readonly why: string;
  /** The type of resource that the rule is about. */
  readonly type: string;
  readonly holds: (block: Block, all: Resources) => boolean;
  /** A resource that breaks the rule, and what is in the same stack. */
  readonly breach: Block;
  readonly beside: Resources;
}

/** A change that breaks the rule is found by the review of the plan: `npm run review`. */
export interface Reviewed {
  readonly kind: "reviewed";
  readonly finding: string;
}

/** What the rule is about is never made: no resource of this type, or no argument of this name. */
export interface Absent {
  readonly kind: "absent";
  readonly why: string;
  readonly type: string;
  readonly argument?: string;
}

const PROJECT = { project: "acme", region: "eu-west-1" } as const;
const inDev = (settings: object) => ({ ...PROJECT, environments: { dev: settings } });

export const rule = (id: string, text: string, source: string, kept: Kept): Rule => ({ id, rule: text, source, kept });

export const refused = (field: string, wrong: object, right: EnvironmentSettings = {}): Refused => ({
  kind: "refused",
  where: `environment "dev", field "${field}": `,
  wrong: inDev(wrong),
  right: inDev(right),
  shown: wrong,
});

/** Of settings that are not one environment's; `where` is what the message begins with. */
export const refusedInProject = (where: string, wrong: object, right: Partial<ProjectSettings>): Refused => ({
  kind: "refused",
  where: `${where}: `,
  wrong: { ...inDev({}), ...wrong },
  right: { ...inDev({}), ...right },
  shown: wrong,
});

export const warned = (wrong: EnvironmentSettings, right: EnvironmentSettings): Warned => ({
  kind: "warned",
  wrong: inDev(wrong),
  right: inDev(right),
  shown: wrong,
});

export const written = (
  why: string,
  type: string,
  holds: Written["holds"],
  breach: Block,
  beside: Resources = {},
): Written => ({
  kind: "written",
  why,
  type: `aws_${type}`,
  holds,
  breach,
  beside,
});

export const reviewed = (finding: string): Reviewed => ({ kind: "reviewed", finding });

export const absent = (why: string, type: string, argument?: string): Absent => ({
  kind: "absent",
  why,
  type: `aws_${type}`,
  ...(argument && { argument }),
});

/** Sources that many rules have. */
export const API = (name: string, of?: string) => `"${name}"${of ? ` of ${of}` : ""}, Cognito API reference`;
export const GUIDE = (name: string) => `"${name}", Cognito developer guide`;
export const PROVIDER = (name: string) => `hashicorp/aws, \`${name}\``;
export const CDK = (name: string) => `aws-cdk-lib 2.276.0, \`${name}\``;

/** A text of so many characters. */
export const long = (length: number, begin = "") => begin.padEnd(length, "a");
/** So many names, each with this value. */
export const many = <T>(count: number, value: T, name = "n") =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`${name}${index}`, value]));
