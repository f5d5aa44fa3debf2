import type { Tally } from "./tally";

/** A round reads a table three times: to count, to rewrite, and to count again. */
export const STAGES = ["before", "rewrite", "after"] as const;
export type Stage = (typeof STAGES)[number];

/** A segment of a table in one stage, read from its beginning to its end. */
export interface Part {
  readonly stage: Stage;
  readonly table: string;
  readonly segment: number;
}

/** Why an item was skipped. It keeps its old ids. */
export type Reason =
  /** Another item has its new key, or would get the same new key. */
  | "collision"
  /** Two keys of one of its maps, or two of its attributes, would get the same name. */
  | "clash"
  /** It has more attributes than one condition of DynamoDB can compare. */
  | "too many attributes"
  /** Every attempt to rewrite it met a concurrent change. */
  | "contended"
  /** DynamoDB rejects the rewritten item. */
  | "refused"
  /** Back-out only: it was changed after the rewrite. */
  | "changed since"
  /** Back-out only: it was deleted after the rewrite. */
  | "deleted since";

/** An item that was skipped. Keys are in DynamoDB's JSON. */
export interface Skipped {
  readonly table: string;
  readonly key: string;
  readonly reason: Reason;
  /** The other item's key, the map's path, or DynamoDB's message. */
  readonly detail: string;
}

/** A change that is about to be made. Its parts are in DynamoDB's JSON (see Change). */
export interface Intent {
  readonly type: "intent";
  /** A number that increases through the whole journal. */
  readonly n: number;
  readonly table: string;
  readonly segment: number;
  /** "move" if the item gets another key. */
  readonly kind: "move" | "update";
  readonly kept: string;
  readonly from: string;
  readonly to: string;
}

/** A page was read and all of its changes are done. */
export interface PageDone extends Part {
  readonly type: "page";
  /** The key after which the part continues; null after the last page. */
  readonly next: string | null;
  readonly tally: Tally;
  /** Names of attributes that were not seen before. */
  readonly names?: readonly string[];
  /** Which of the part's intents were carried out. All others since its last page were not. */
  readonly written?: readonly number[];
  readonly left?: readonly Skipped[];
}

/** An entry in the journal of a rewrite. */
export type Entry =
  /** A new round starts. It reads each table in this number of segments. */
  | { readonly type: "round"; readonly segments: number }
  | PageDone
  | Intent
  /** A later run has checked which intents of a stopped run were carried out. */
  | { readonly type: "settled"; readonly table: string; readonly segment: number; readonly written: readonly number[] }
  /** After this entry, rewritten items may have been restored. */
  | { readonly type: "back-out" };
