import type { Exception, Exceptions } from "./exceptions";
import type { Finding } from "./findings";

/** A stack whose plan was looked at, or could have been. */
export interface Stack {
  readonly name: string;
  /** `state` for a bucket of Terraform state. */
  readonly kind: "production" | "non-production" | "state";
  readonly scanned: boolean;
}

export interface Verdict {
  readonly passed: number;
  readonly excepted: ReadonlyArray<Finding & { readonly exception: Exception }>;
  readonly failed: readonly Finding[];
  /** What is wrong with the exceptions, a line each. */
  readonly problems: readonly string[];
}

/**
 * Holds findings against exceptions. An exception that nothing needs is a problem, because it would hide what comes later,
 * but where a setting decides whether it is needed.
 */
export function judge(findings: readonly Finding[], file: Exceptions, stacks: readonly Stack[]): Verdict {
  const { exceptions } = file;
  const failing = findings.filter(({ passed }) => !passed);
  const exceptionFor = (finding: Finding) => exceptions.find((exception) => covers(exception, finding, stacks));
  const excepted = failing.flatMap((finding) => {
    const exception = exceptionFor(finding);
    return exception ? [{ ...finding, exception }] : [];
  });
  return {
    passed: findings.length - failing.length,
    excepted,
    failed: failing.filter((finding) => !exceptionFor(finding)),
    problems: [
      ...file.problems,
      ...exceptions.flatMap((exception, index) => {
        const problem =
          unknownStacks(exception, stacks) ??
          sameAs(exceptions.slice(0, index), exception, stacks) ??
          unused(exception, findings, stacks);
        return problem === undefined
          ? []
          : [`line ${exception.line}: ${exception.check} on ${exception.resource} ${problem}`];
      }),
    ],
  };
}

function covers(exception: Exception, { check, resource, stack }: Finding, stacks: readonly Stack[]): boolean {
  return exception.check === check && isMeant(exception, resource) && applies(exception, stacks).includes(stack);
}

/** Whether an exception is for the resource of an address. */
function isMeant(exception: Pick<Exception, "resource">, address: string): boolean {
  const parts = exception.resource.split("*").map((part) => part.replaceAll(/[.[\]()\\^$+?{}|]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`).test(address);
}

/** The stacks that an exception is for. */
function applies({ environments }: Exception, stacks: readonly Stack[]): readonly string[] {
  if (environments === undefined) return stacks.map(({ name }) => name);
  if (environments !== "non-production") return environments;
  return stacks.filter(({ kind }) => kind === environments).map(({ name }) => name);
}

function unknownStacks({ environments }: Exception, stacks: readonly Stack[]): string | undefined {
  if (!Array.isArray(environments)) return undefined;
  const unknown = environments.filter((name) => !stacks.some((stack) => stack.name === name));
  return unknown.length > 0 ? `names an environment that there is not: ${unknown.join(", ")}` : undefined;
}

function sameAs(others: readonly Exception[], exception: Exception, stacks: readonly Stack[]): string | undefined {
  const mine = applies(exception, stacks);
  const other = others.find(
    ({ check, resource, ...rest }) =>
      check === exception.check &&
      resource === exception.resource &&
      applies({ check, resource, ...rest }, stacks).some((name) => mine.includes(name)),
  );
  return other && `is excepted already on line ${other.line}`;
}

function unused(exception: Exception, findings: readonly Finding[], stacks: readonly Stack[]): string | undefined {
  if (exception.settings !== undefined) return undefined;
  const isScanned = (name: string) => stacks.some((stack) => stack.name === name && stack.scanned);
  const needs = (name: string) =>
    findings.some((finding) => !finding.passed && finding.stack === name && covers(exception, finding, stacks));
  const where = applies(exception, stacks);

  if (Array.isArray(exception.environments)) {
    const without = where.filter((name) => isScanned(name) && !needs(name));
    return without.length > 0 ? `is not needed in ${without.join(", ")}: ${advice(exception, findings)}` : undefined;
  }
  // Whether it is needed is known only after every place has been looked at.
  if (where.length === 0 || !where.every(isScanned) || where.some(needs)) return undefined;
  return `is needed nowhere: ${advice(exception, findings)}`;
}

function advice({ check, resource }: Exception, findings: readonly Finding[]): string {
  const ran = findings.filter((finding) => finding.check === check);
  if (ran.length === 0) return "there is no such check, or nothing that it looks at";
  if (!ran.some((finding) => isMeant({ resource }, finding.resource)))
    return "the check looks at no resource of this address";
  return "the check passes, so delete the exception";
}
