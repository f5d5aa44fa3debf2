import type { Plan, ResourceChange } from "../plan";
import { currentOf, quoted } from "../value";
import type { Located } from "./rule";

/** What a stack has one of, and what a second one would mean. */
const ONE_ONLY: Readonly<Record<string, readonly [rule: string, why: string]>> = {
  aws_cognito_user_pool: [
    "second-pool",
    "from then on the stack would change and delete another pool as well, and its functions serve it.",
  ],
  aws_dynamodb_table: [
    "second-table",
    "from then on the stack would change and delete another table as well, and its functions could be pointed at it.",
  ],
  aws_s3_bucket: ["second-bucket", "from then on the stack would change and delete another bucket as well."],
};

/** What is imported has to be what the state has lost. */
export function takenOver(plan: Plan): Located[] {
  return plan.resources.flatMap((change) => {
    const [rule, why] = Object.hasOwn(ONE_ONLY, change.type) ? (ONE_ONLY[change.type] ?? []) : [];
    if (change.importing === undefined || rule === undefined) return [];
    const [other] = others(plan, change);
    if (other === undefined) return [];
    return [
      {
        address: change.address,
        rule,
        why: `${quoted(change.importing)} would be taken over beside ${other}: ${why}`,
      },
    ];
  });
}

function others(plan: Plan, { type, address }: ResourceChange): string[] {
  return currentOf(plan, type)
    .map((one) => one.address)
    .filter((one) => one !== address);
}
