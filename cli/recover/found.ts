import { note } from "../print";
import type { Context } from "./context";
import { BY_HAND, FINDERS, MADE_AGAIN } from "./finders";
import type { Planned, Work } from "./planned";

/** Something that is there, by its address and by what `terraform import` calls it. */
export interface There {
  readonly address: string;
  readonly id: string;
}

/** What is there already of what a deployment would make. */
export interface Found {
  /** In no state: to be imported. */
  readonly imports: readonly There[];
  /** In the state as half made: to be kept, and completed. */
  readonly untaint: readonly There[];
}

const POOL = "aws_cognito_user_pool";

/** Asks AWS about everything that is planned to be made. The pool comes first: client and domain are looked for in it. */
export async function takenBack(work: Work, context: Omit<Context, "poolId">): Promise<Found> {
  const of = async (planned: readonly Planned[], poolId: string | undefined): Promise<There[]> => {
    const found = await Promise.all(
      planned.map(async (each) => ({ address: each.address, id: await find(each, { ...context, poolId }) })),
    );
    return found.flatMap(({ address, id }) => (id === undefined ? [] : [{ address, id }]));
  };
  const isPool = ({ type }: Planned) => type === POOL;
  const pools = await of(work.creations.filter(isPool), undefined);
  // One that is in the state, half made, is the one.
  const poolId = work.poolId ?? pools[0]?.id;
  const [others, pool, tainted] = [
    work.creations.filter((each) => !isPool(each)),
    work.tainted.filter(isPool),
    work.tainted.filter((each) => !isPool(each)),
  ];
  return {
    imports: [...pools, ...(await of(others, poolId))],
    untaint: [
      ...pool.flatMap(({ address }) => (poolId === undefined ? [] : [{ address, id: poolId }])),
      ...(await of(tainted, poolId)),
    ],
  };
}

async function find(planned: Planned, context: Context): Promise<string | undefined> {
  const finder = FINDERS[planned.type];
  if (finder) return finder(planned.values, context);
  // Terraform's own (terraform_data) are nowhere but in the state. Others are what adopters add.
  if (!planned.type.startsWith("terraform_") && !MADE_AGAIN.has(planned.type)) {
    const how = BY_HAND[planned.type];
    note(
      `Not looked for: ${planned.address}. If it is there already, import it before you answer yes${how ? `: ${how}` : ""}.`,
    );
  }
  return undefined;
}
