/** A version's numbers, and whether it is a pre-release. */
interface Version {
  readonly numbers: readonly number[];
  readonly isPrerelease: boolean;
}

/**
 * Whether a version meets a constraint: "Version Constraints", Terraform's documentation. A pre-release is met by its exact
 * version only. Throws an error for what is no constraint.
 */
export function satisfies(version: string, constraint: string): boolean {
  const found = parsed(version);
  return constraint.split(",").every((part) => {
    const [, operator = "=", wanted] = /^\s*(=|!=|>=|<=|>|<|~>)?\s*(\d\S*)\s*$/.exec(part) ?? [];
    if (wanted === undefined) throw new Error(`${JSON.stringify(constraint)} is no version constraint`);
    if (found.isPrerelease) return operator === "=" && version === wanted;
    return meets(found, operator, parsed(wanted));
  });
}

function meets(version: Version, operator: string, wanted: Version): boolean {
  const order = compare(version, wanted);
  switch (operator) {
    case "=":
      return order === 0;
    case "!=":
      return order !== 0;
    case ">":
      return order > 0;
    case ">=":
      return order >= 0;
    case "<":
      return order < 0;
    case "<=":
      return order <= 0;
    default: {
      // ~> lets the last number grow that is written, and nothing before it.
      const fixed = Math.max(1, wanted.numbers.length - 1);
      return order >= 0 && wanted.numbers.slice(0, fixed).every((number, index) => number === version.numbers[index]);
    }
  }
}

function compare(one: Version, other: Version): number {
  for (let index = 0; index < 3; index++) {
    const difference = (one.numbers[index] ?? 0) - (other.numbers[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return Number(other.isPrerelease) - Number(one.isPrerelease);
}

function parsed(text: string): Version {
  const [, numbers = "", prerelease] = /^(\d+(?:\.\d+){0,2})(-[0-9A-Za-z.-]+)?(?:\+\S*)?$/.exec(text) ?? [];
  if (numbers === "") throw new Error(`${JSON.stringify(text)} is no version`);
  return { numbers: numbers.split(".").map(Number), isPrerelease: prerelease !== undefined };
}
