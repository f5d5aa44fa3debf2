import { differences, type Kept } from "./differences";
import type { Existing, FoundPool } from "./existing";

/** Resources of a synthesized stack, by type and name. */
export type Blocks = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;

/** A resource that exists, and where it is in the stack. */
export interface TakenOver {
  readonly address: string;
  readonly existing: Existing;
  /** Arguments that no setting says. */
  readonly keep: Kept;
}

/** What the stack takes over, and what exists and has no place in it. */
export interface Takeover {
  readonly taken: readonly TakenOver[];
  readonly left: readonly Existing[];
}

/** What is called so in any stack, because there is one of it. */
const ONLY: Readonly<Record<string, string>> = {
  aws_cognito_user_pool: "user_pool",
  aws_cognito_user_pool_ui_customization: "ui_customization",
  aws_cognito_risk_configuration: "risk_configuration",
  aws_wafv2_web_acl_association: "web_acl_association",
};

/** What tells the resources of another type apart. */
const KEYS: Readonly<Record<string, string>> = {
  aws_cognito_user_pool_domain: "domain",
  aws_cognito_identity_provider: "provider_name",
  aws_cognito_user_group: "name",
};

/**
 * @param resources the stack's resources, as synthesized
 * @param constructs what exists by the id of its construct, where that is known: an argument that settings refuse tells nothing apart
 */
export function takeover(
  { pool, clients, others }: FoundPool,
  constructs: ReadonlyMap<string, Existing>,
  resources: Blocks,
): Takeover {
  const blocksOf = ({ type }: Existing) => Object.entries(resources[type] ?? {});
  const constructIds = new Map([...constructs].map(([id, each]) => [each, id]));
  const find = (existing: Existing) => {
    const name = ONLY[existing.type] ?? constructIds.get(existing);
    const key = KEYS[existing.type];
    const isSame = (block: Blocks[string][string]) => key !== undefined && block[key] === existing.values[key];
    return blocksOf(existing).find(([own, block]) => (name === undefined ? isSame(block) : own === name));
  };
  const found = [pool, ...clients, ...others].map((existing) => ({ existing, found: find(existing) }));
  return {
    taken: found.flatMap(({ existing, found }) =>
      found === undefined
        ? []
        : [{ address: `${existing.type}.${found[0]}`, existing, keep: differences(existing, found[1]) }],
    ),
    left: found.flatMap(({ existing, found }) => (found === undefined ? [existing] : [])),
  };
}
