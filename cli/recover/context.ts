import type { Aws } from "./aws";

/** A resource's attributes in a plan, as far as they are known. */
export type Values = Readonly<Record<string, unknown>>;

/** What else is known when something is looked for. */
export interface Context {
  readonly aws: Aws;
  /** Id of the environment's user pool, where there is one already. */
  readonly poolId: string | undefined;
  /** Ids that were named on the command line. */
  readonly asked: { readonly pool: string | undefined; readonly client: string | undefined };
}
