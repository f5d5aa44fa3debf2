import type { Approvals } from "../options";

/** What is deployed, and what has been agreed to in advance. */
export interface Deployment extends Approvals {
  /** How the command is called, for messages that say to call it again: `npm run deploy -- dev`. */
  readonly command: string;
  /** Options of `terraform plan`. */
  readonly plan?: readonly string[];
  /** Options of `terraform apply`. */
  readonly apply?: readonly string[];
  /** A plan that was saved before, to be applied instead of a new one. */
  readonly savedPlan?: string | undefined;
  /** Lets everything through that can be allowed. For plans that destroy everything only. */
  readonly allowAll?: boolean;
}
