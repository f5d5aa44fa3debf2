import type { Tally } from "./tally";

/** A table is read three times in a round: counted, rewritten, counted again. */
export const STAGES = ["before", "rewrite", "after"] as const;
export type Stage = (typeof STAGES)[number];

/** A part of a table that is read from its beginning to its end. */
export interface Part {
  readonly stage: Stage;
  readonly table: string;
  readonly segment: number;
}

/** Why an item was left as it is, old ids and all. */
export type Reason =
  /** Another item has the key that it would get, or another item would get the same one. */
  | "collision"
  /** Two keys of a map in it, or two attributes, would become one. */
  | "clash"
  /** It has more attributes than DynamoDB can compare in one condition. */
  | "too many attributes"
  /** It changed every time that it was about to be rewritten. */
  | "contended"
  /** DynamoDB does not take the rewritten item. */
  | "refused"
  /** Back-out only: it was changed since it was rewritten. */
  | "changed since"
  /** Back-out only: it was deleted since it was rewritten. */
  | "deleted since";

/** An item that was left alone. Keys are DynamoDB's JSON. */
export interface Left {
  readonly table: string;
  readonly key: string;
  readonly reason: Reason;
  /** The other item's key, the map's path, or what DynamoDB said. */
  readonly detail: string;
}

/** What is about to be done to an item: its parts are DynamoDB's JSON (see Change). */
export interface Intent {
  readonly type: "intent";
  /** Counts up through the whole journal. */
  readonly n: number;
  readonly table: string;
  readonly segment: number;
  /** Whether the item gets another key. */
  readonly kind: "move" | "update";
  readonly kept: string;
  readonly from: string;
  readonly to: string;
}

/** A page was read, and all that there was to do about it is done. */
export interface PageDone extends Part {
  readonly type: "page";
  /** Where the part's reading goes on; null after the last page. */
  readonly next: string | null;
  readonly tally: Tally;
  /** Names of attributes that were not seen before. */
  readonly names?: readonly string[];
  /** Which of the part's intents were written. All others since its last page were not. */
  readonly written?: readonly number[];
  readonly left?: readonly Left[];
}

/** What is in the journal of a rewriting. */
export type Entry =
  /** A new reading of everything begins, in so many parts a table. */
  | { readonly type: "round"; readonly segments: number }
  | PageDone
  | Intent
  /** An earlier run was stopped: of these intents it is now known whether they had been written. */
  | { readonly type: "settled"; readonly table: string; readonly segment: number; readonly written: readonly number[] }
  /** From here on, what was rewritten may have been restored. */
  | { readonly type: "back-out" };
