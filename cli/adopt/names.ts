import type { Existing } from "./existing";

/** Address in the stack, and what `terraform import` calls the resource: `adopted.imports` of settings. */
export type Imports = Readonly<Record<string, string>>;

export const OWN_CLIENT = "aws_cognito_user_pool_client.user_pool_client";

type Named = ReadonlyArray<readonly [string, Existing]>;

/** App clients, each with a name that settings can have: outputs are named after it, so that hyphens tell no two apart. */
export function clientsNamed(clients: readonly Existing[], imports: Imports): Named {
  return named(clients, {
    wanted: ({ values }) => slug(String(values.name)) || "client",
    longest: 32,
    // The environment's own.
    taken: ["user-pool"],
    before: namesBefore(imports, "aws_cognito_user_pool_client.client_"),
    comparable: (name) => name.replaceAll("-", ""),
  });
}

/** Resource servers, each with a name that settings can have: its own, where that is such a name. */
export function serversNamed(servers: readonly Existing[], imports: Imports): Named {
  // AWS and states list them in no order; those that settings can call by their names come first.
  const rank = (each: Existing) => `${isName(each) ? 0 : 1} ${each.values.identifier}`;
  return named(
    [...servers].sort((one, other) => (rank(one) < rank(other) ? -1 : 1)),
    {
      wanted: ({ values }) => (isName({ values }) ? String(values.name) : slug(String(values.name)) || "server"),
      longest: 63,
      taken: [],
      before: namesBefore(imports, "aws_cognito_resource_server.resource_server_"),
      comparable: (name) => name,
    },
  );
}

const isName = ({ values }: Pick<Existing, "values">) => /^[a-z][a-z0-9-]{0,62}$/.test(String(values.name));

/** Lower-case letters, digits and hyphens of a name, from its first letter on; empty where it has none. */
function slug(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^[^a-z]+|-+$/g, "");
}

/** What `terraform import` calls a resource, and the name that its address ends with. */
function namesBefore(imports: Imports, address: string): ReadonlyMap<string, string> {
  const known = Object.entries(imports).filter(([each]) => each.startsWith(address));
  return new Map(known.map(([each, id]) => [id, each.slice(address.length)]));
}

interface Naming {
  readonly wanted: (each: Existing) => string;
  readonly longest: number;
  readonly taken: readonly string[];
  /** Names that are kept, by import ids. */
  readonly before: ReadonlyMap<string, string>;
  /** Two names are one where this is the same. */
  readonly comparable: (name: string) => string;
}

function named(all: readonly Existing[], { wanted, longest, taken, before, comparable }: Naming): Named {
  const kept = all.flatMap(({ id }) => before.get(id) ?? []);
  const used = new Set([...taken, ...kept].map(comparable));
  return all.map((each) => {
    const name = before.get(each.id) ?? free(wanted(each), longest, (one) => !used.has(comparable(one)));
    used.add(comparable(name));
    return [name, each] as const;
  });
}

/** The name itself, or with the first number that makes it free. */
function free(wanted: string, longest: number, isFree: (name: string) => boolean): string {
  for (let number = 1; ; number++) {
    const suffix = number === 1 ? "" : `-${number}`;
    const room = longest - suffix.length;
    const name = (wanted.length > room ? wanted.slice(0, room).replace(/-+$/, "") : wanted) + suffix;
    if (isFree(name)) return name;
  }
}
