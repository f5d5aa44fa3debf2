import type { EnvironmentSettings } from "../../../settings/schema";
import type { Block } from "../stack";

/** An example of another module's documentation, written as settings. */
export interface PeerExample {
  readonly title: string;
  /** Where it was read: repository, commit, file. */
  readonly source: string;
  readonly settings: EnvironmentSettings;
  /** What the peer makes of it: by the addresses that the settings' resources have, in the provider's words. */
  readonly resources: Readonly<Record<string, Block>>;
  /** Why an argument differs, by `<address> <argument>`; an argument stands for all below it. */
  readonly differences?: Readonly<Record<string, string>>;
}
