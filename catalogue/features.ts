/** docs/features.yaml: what this module set and its peers offer. */
export interface Features {
  readonly peers: ReadonlyArray<{ readonly name: string; readonly of: string; readonly version: string }>;
  readonly features: readonly Feature[];
  readonly triggers: readonly Feature[];
}

export interface Feature {
  readonly feature: string;
  /** The settings that it is reached by, and its default or what there is to say. */
  readonly here: { readonly settings: readonly string[]; readonly text: string };
  /** In the order of `peers`: `yes`, `no`, `hatch` or what there is to say. */
  readonly peers: readonly string[];
}
