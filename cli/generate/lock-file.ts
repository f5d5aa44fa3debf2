import { withoutRegistry } from "../../review/config/providers";
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

/**
 * A lock file's text with the providers that are to keep their version. Not those whose version no longer meets what is asked
 * for: Terraform chooses another one. Of those that another registry was asked for, only the version is kept: their packages,
 * and so their hashes, are others there.
 */
export function keptEntries(text: string, required: Required, registry: string): string {
  return text.replaceAll(ENTRY, (entry, address: string) => {
    const version = versionOf(entry);
    const source = withoutRegistry(address);
    const constraints = required.get(source);
    if (version === undefined || constraints === undefined) return "";
    if (!constraints.every((constraint) => satisfies(version, constraint))) return "";
    return address === `${registry}/${source}`
      ? entry
      : `provider "${registry}/${source}" {\n  version = "${version}"\n}\n\n`;
  });
}

/** The same with the providers of one registry only. */
export function entriesOfRegistry(text: string, registry: string): string {
  return text.replaceAll(ENTRY, (entry, address: string) => (address.startsWith(`${registry}/`) ? entry : ""));
}

/** Provider → version in a lock file. */
export function lockedVersions(text: string): Map<string, string> {
  return new Map(
    [...text.matchAll(ENTRY)].map(([entry, address = ""]) => [withoutRegistry(address), versionOf(entry) ?? ""]),
  );
}

function versionOf(entry: string): string | undefined {
  return /^\s*version\s*=\s*"([^"]+)"/m.exec(entry)?.[1];
}
