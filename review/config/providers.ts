/** Providers whose code may run, by their local names. */
export const PROVIDERS: Readonly<Record<string, string>> = { aws: "hashicorp/aws", archive: "hashicorp/archive" };

/** The same, for a sentence. */
export const KNOWN_PROVIDERS = Object.values(PROVIDERS).join(" and ");
