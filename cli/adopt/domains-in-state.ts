import type { Existing } from "./existing";

const DOMAIN = "aws_cognito_user_pool_domain";

/**
 * The domains that a state says of a pool and has no resource of. A pool has one prefix domain at most: this project's is that one, taken
 * over by its name. A custom domain stays outside: nothing says its certificate.
 *
 * @param pool the pool's values
 * @param others what the state has of the pool
 */
export function domainsWithoutResource(
  { domain, custom_domain: custom }: Readonly<Record<string, unknown>>,
  others: readonly Existing[],
): { readonly prefix: readonly Existing[]; readonly outside: readonly string[] } {
  const known = others.filter(({ type }) => type === DOMAIN).map(({ values }) => values.domain);
  const isMissing = (name: unknown): name is string => typeof name === "string" && name !== "" && !known.includes(name);
  return {
    prefix: isMissing(domain) && domain !== custom ? [{ type: DOMAIN, id: domain, values: { domain } }] : [],
    outside: isMissing(custom) ? [`${DOMAIN} (${custom}): not in this state`] : [],
  };
}
