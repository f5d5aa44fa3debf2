import { satisfies } from "./version-constraint";

/** The providers that stacks ask for: source address → every constraint on its version. */
export type Required = ReadonlyMap<string, readonly string[]>;

interface RequiredProviders {
  readonly terraform?: {
    readonly required_providers?: Readonly<Record<string, { readonly source: string; readonly version?: string }>>;
  };
}

/** What the synthesized JSON of stacks asks for, all of them together. */
export function requiredProviders(stacks: readonly unknown[]): Required {
  const all = new Map<string, string[]>();
  for (const { terraform } of stacks as readonly RequiredProviders[]) {
    for (const { source, version } of Object.values(terraform?.required_providers ?? {})) {
      const constraints = all.get(source) ?? [];
      if (version !== undefined && !constraints.includes(version)) constraints.push(version);
      all.set(source, constraints);
    }
  }
  return all;
}

const ENTRY = /^provider "([^"]+)" \{\n[\s\S]*?^\}\n*/gm;

/** A lock file's text without the providers whose version no longer meets what is asked for: Terraform chooses another one. */
export function withoutOutdated(text: string, required: Required): string {
  return text.replaceAll(ENTRY, (entry, address: string) => {
    const version = /^\s*version\s*=\s*"([^"]+)"/m.exec(entry)?.[1];
    const constraints = required.get(shortAddress(address));
    if (version === undefined || constraints === undefined) return "";
    return constraints.every((constraint) => satisfies(version, constraint)) ? entry : "";
  });
}

/** Provider → version in a lock file. */
export function lockedVersions(text: string): Map<string, string> {
  return new Map(
    [...text.matchAll(ENTRY)].map(([entry, address = ""]) => [
      shortAddress(address),
      /^\s*version\s*=\s*"([^"]+)"/m.exec(entry)?.[1] ?? "",
    ]),
  );
}

/** An address as configurations write it, without the public registry. */
function shortAddress(address: string): string {
  return address.replace(/^registry\.terraform\.io\//, "");
}
