import { z } from "zod";
import { oneOf, text, trueOrFalse, wholeNumber } from "../setting/kinds";
import type { Problem } from "../setting/problems";
import { optional, setting } from "../setting/setting";

/**
 * Node.js runtimes that Lambda supports, each with the first version of hashicorp/aws that accepts it (its own validation; 6.19.0:
 * hashicorp/terraform-provider-aws#44986).
 */
export const RUNTIMES = { "nodejs22.x": "5.100.0", "nodejs24.x": "6.19.0" } as const;
type Runtime = keyof typeof RUNTIMES;

/** "FunctionName" of CreateFunction, Lambda API reference, and "RoleName" of CreateRole, IAM API reference: characters. */
export const FUNCTION_NAME_LONGEST = 64;

/** "Lambda quotas", developer guide: all environment variables of a function, in bytes. */
const ENVIRONMENT_VARIABLES_LONGEST = 4096;

/** "PutRetentionPolicy", CloudWatch Logs API reference. */
const LOG_RETENTION_DAYS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
] as const;

export const bundledFunctionSettings = {
  logRetentionDays: setting(
    z.literal(LOG_RETENTION_DAYS, { error: `days that CloudWatch Logs offers: ${LOG_RETENTION_DAYS.join(", ")}` }),
    {
      doc: "days that CloudWatch keeps the logs of functions, and those of `logDelivery`",
      default: 365,
      outsideProduction: 1,
      source: '"PutRetentionPolicy", CloudWatch Logs API reference',
    },
  ),
  runtime: setting(oneOf(Object.keys(RUNTIMES) as [Runtime, ...Runtime[]]), {
    doc: "Lambda runtime; `nodejs24.x` needs hashicorp/aws 6.19 or newer",
    default: "nodejs22.x",
    source: '"Lambda runtimes", Lambda developer guide',
  }),
  memorySize: setting(wholeNumber(128, 10_240, "MB"), {
    doc: "memory of a function in MB; its share of a processor grows with it",
    default: 512,
    source: '"Configure Lambda function memory", Lambda developer guide',
  }),
  architecture: setting(oneOf(["arm64", "x86_64"]), {
    doc: "instruction set of the functions",
    default: "arm64",
    source: '"Lambda instruction set architecture", Lambda developer guide',
  }),
  reservedConcurrency: optional(wholeNumber(1, 10_000, "runs"), {
    doc: "runs of a function at once, taken from what the account has",
    none: "as many as the account has left",
  }),
  tracing: setting(trueOrFalse, { doc: "trace the functions with X-Ray", default: true }),
};

/** "Timeout" of CreateFunction, Lambda API reference. */
export const timeout = wholeNumber(1, 900, "seconds");

export const functionName = text(
  new RegExp(`^[A-Za-z0-9_-]{1,${FUNCTION_NAME_LONGEST}}$`),
  `a function name of 1 to ${FUNCTION_NAME_LONGEST} letters, digits, hyphens and underscores`,
);

/** `setting` is the longest among the settings that become environment variables: it has to become shorter. */
export function variablesProblems(
  variables: Readonly<Record<string, string>>,
  setting: { readonly path: readonly string[]; readonly value: unknown },
): Problem[] {
  const excess = bytesOf(variables) - ENVIRONMENT_VARIABLES_LONGEST;
  if (excess <= 0) return [];
  const allowed = `${excess} bytes less, because all environment variables of a function have ${ENVIRONMENT_VARIABLES_LONGEST} bytes together`;
  return [{ ...setting, allowed }];
}

/** Bytes, as Lambda counts environment variables. */
export function bytesOf(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value));
}
