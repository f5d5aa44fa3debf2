import type { Environment } from "./project";

/** What is allowed, but hardly meant, of one environment. */
export function warnings({ name, production, callbackUrls }: Environment): string[] {
  const local = callbackUrls.filter((url) => new URL(url).hostname === "localhost");
  return production && local.length > 0
    ? [
        `environment "${name}" sends people who sign in to ${local.join(", ")}: set applicationUrls to where the application runs.`,
      ]
    : [];
}
