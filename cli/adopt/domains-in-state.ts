import type { Existing } from "./existing";
import type { PoolInState } from "./read-state";

const DOMAIN = "aws_cognito_user_pool_domain";

/**
 * The same pool with the domains that the state says of it and has no resource of. A pool has one prefix domain at most: this project's
 * is that one, taken over by its name. A custom domain stays outside: nothing says its certificate.
 *
 * @param text what `terraform show -json` prints; {@link poolInState} has checked it
 */
export function withDomains(existing: PoolInState, text: string): PoolInState {
  const shown = JSON.parse(text.replace(/^\uFEFF/, "")) as ShownState;
  const root = (shown.values ?? shown.prior_state?.values)?.root_module ?? {};
  const { domain, custom_domain: custom } = poolIn(root, existing.poolId) ?? {};
  const known = existing.others.filter(({ type }) => type === DOMAIN).map(({ values }) => values.domain);
  const isMissing = (name: unknown): name is string => typeof name === "string" && name !== "" && !known.includes(name);
  const prefix: Existing[] =
    isMissing(domain) && domain !== custom ? [{ type: DOMAIN, id: domain, values: { domain } }] : [];
  return {
    ...existing,
    others: [...existing.others, ...prefix],
    outside: [...existing.outside, ...(isMissing(custom) ? [`${DOMAIN} (${custom}): not in this state`] : [])],
  };
}

interface StateModule {
  readonly resources?: ReadonlyArray<{ readonly type: string; readonly values: Readonly<Record<string, unknown>> }>;
  readonly child_modules?: readonly StateModule[];
}

interface ShownState {
  readonly values?: { readonly root_module?: StateModule };
  readonly prior_state?: ShownState;
}

/** The attributes of a pool, whichever module has it. */
function poolIn(
  { resources = [], child_modules = [] }: StateModule,
  id: string,
): Readonly<Record<string, unknown>> | undefined {
  const found = resources.find(({ type, values }) => type === "aws_cognito_user_pool" && values.id === id);
  return found?.values ?? child_modules.map((each) => poolIn(each, id)).find((values) => values !== undefined);
}
