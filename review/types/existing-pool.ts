import type { Json } from "../json";
import type { Plan } from "../plan";
import { at, currentOf } from "../value";

/**
 * What AWS says of the pool that a stack protects without making it: the answer of its data source. Nothing where the stack makes a pool, or reads
 * several: then a function that another pool may call would be one too many.
 */
export function existingPool(plan: Plan): Json | undefined {
  if (currentOf(plan, "aws_cognito_user_pool").length > 0) return undefined;
  const [pool, ...others] = plan.state.filter(({ type, mode }) => type === "aws_cognito_user_pool" && mode === "data");
  return others.length === 0 ? pool?.values : undefined;
}

/** Its ARN. */
export function existingPoolArns(plan: Plan): string[] {
  const arn = at(existingPool(plan), "arn");
  return typeof arn === "string" ? [arn] : [];
}

/** The function that the stack's only pool calls before a sign-up today, whether the stack manages it, imports it or only protects it. */
export function existingPreSignUp(plan: Plan): Json | undefined {
  const managed = currentOf(plan, "aws_cognito_user_pool");
  const pool = managed.length === 1 ? managed[0]?.before : existingPool(plan);
  return at(pool, "lambda_config", 0, "pre_sign_up");
}
