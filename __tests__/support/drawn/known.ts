import { EXAMPLES } from "../examples";

const values = new Map<string, unknown[]>();
const add = (name: string, value: unknown) => values.set(name, [...(values.get(name) ?? []), value]);

function collect(name: string, value: unknown): void {
  if (typeof value !== "object" || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    if (!Array.isArray(value)) {
      add(key, inner);
      add(`${name}{}`, key);
    }
    collect(Array.isArray(value) ? name : key, inner);
  }
}
for (const { environments } of Object.values(EXAMPLES)) collect("environments", environments);

/** What the examples write as the field of this name; as keys of the record `<field>{}`. */
export function known(name: string): readonly unknown[] {
  return values.get(name) ?? [];
}
