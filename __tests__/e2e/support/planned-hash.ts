import type { Block } from "../../support/stack";

/** The hash of a function's zip in a plan, as base64 of SHA-256. Throws an Error where the plan has no such function. */
export function plannedHash(plan: Block, functionName: string): string {
  const { resources } = plan.planned_values.root_module as { resources: Block[] };
  const found = resources.find(
    ({ type, values }) => type === "aws_lambda_function" && values.function_name === functionName,
  );
  const hash: unknown = found?.values.source_code_hash;
  if (typeof hash !== "string" || !/^[A-Za-z0-9+/]{43}=$/.test(hash)) throw new Error(`no hash of ${functionName}`);
  return hash;
}
