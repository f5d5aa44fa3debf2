import type { Block, Document } from "../stack";
import type { PeerExample } from "./example";

/** An argument that the peer sets to something else than the settings do. */
export interface Difference {
  /** `<address> <argument>` */
  readonly place: string;
  readonly theirs: unknown;
  readonly ours: unknown;
}

export function differences({ resources }: PeerExample, document: Document): Difference[] {
  return Object.entries(resources).flatMap(([address, theirs]) => {
    const [type = "", name = ""] = address.split(".");
    const ours = document.resource[type]?.[name];
    if (!ours) return [{ place: address, theirs, ours: undefined }];
    const flat = leaves(ours);
    return [...leaves(theirs)]
      .filter(([path, value]) => JSON.stringify(flat.get(path)) !== JSON.stringify(value))
      .map(([path, value]) => ({ place: `${address} ${path}`, theirs: value, ours: flat.get(path) }));
  });
}

/** Values by path. Lists of values are sets to Terraform; lists of blocks are told apart by their name, or hold a single one. */
function leaves(value: unknown, path = ""): Map<string, unknown> {
  if (typeof value !== "object" || value === null) return new Map([[path, value]]);
  const below = (key: string) => (path === "" ? key : `${path}.${key}`);
  if (!Array.isArray(value)) {
    return new Map(Object.entries(value).flatMap(([key, inner]) => [...leaves(inner, below(key))]));
  }
  if (value.some((one) => typeof one === "object")) {
    return new Map(
      (value as Block[]).flatMap((one) => {
        const name = one.name ?? one.scope_name;
        return [...leaves(one, name === undefined ? path : below(`[${name}]`))];
      }),
    );
  }
  return new Map([[path, [...value].sort()]]);
}
