/** Local name → source of each provider whose code may run. */
export const PROVIDERS: ReadonlyMap<string, string> = new Map([
  ["aws", "hashicorp/aws"],
  ["archive", "hashicorp/archive"],
]);

/** The same, for a sentence. */
export const KNOWN_PROVIDERS = [...PROVIDERS.values()].join(" and ");
