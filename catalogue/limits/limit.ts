import type { ProjectSettings } from "../../settings/schema";

/** What AWS's API model says of a value. */
export interface Constraints {
  readonly type: string;
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: string;
  readonly enum?: readonly string[];
  /** Of a list: its items. Of a map: its keys and values. */
  readonly of?: Constraints;
  readonly keys?: Constraints;
}

/** A setting whose values end up in AWS's API. */
export interface Limit {
  /** The member of the API: `<structure>.<member>`. */
  readonly api: string;
  readonly setting: string;
  /** An environment's settings with this value; everything else in them is right. */
  readonly settings: (value: never) => object;
  /** What the API takes and the setting does not, with the reason. */
  readonly narrower?: Narrower | undefined;
  /** A text of so many characters that the setting takes. @default letters */
  readonly text?: (length: number) => string;
  /** A text with this character, which the setting takes if it takes the character. @default at the end of `text` */
  readonly at?: (character: string) => string;
}

export interface Narrower {
  readonly least?: number;
  readonly most?: number;
  /** Values of an enumeration. */
  readonly values?: readonly string[];
  /** Characters of a text. */
  readonly characters?: RegExp;
  readonly why: string;
}

/** A project with one environment. */
export const projectWith = (settings: object) =>
  ({ project: "acme", region: "eu-west-1", environments: { dev: settings } }) as ProjectSettings;

/** A pattern of the API model, which is one of Java's and describes the whole text. */
export function regExpOf(pattern: string): RegExp {
  const dotAll = pattern.startsWith("(?s)");
  const body = pattern.replace("(?s)", "").replaceAll("\\s", " \\t\\n\\v\\f\\r");
  return new RegExp(`^(?:${body})$`, dotAll ? "su" : "u");
}
