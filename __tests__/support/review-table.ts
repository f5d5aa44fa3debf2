import { RESOURCE_TYPES } from "../../review/types/all";
import { type Attribute, COMPUTED, FREE } from "../../review/types/type";

/** What every type has, which the page says once. */
const EVERYWHERE = ["id", "tags", "tags_all", "timeouts", "region"];

/** The table of docs/review.md: what may change, by type. Everything else is guarded. */
export function typeTable(): string {
  const rows = RESOURCE_TYPES.map(({ type, attributes }) => {
    const named = (is: (attribute: Attribute) => boolean) => {
      const paths = Object.entries(attributes).filter(
        ([path, attribute]) => is(attribute) && !EVERYWHERE.includes(path),
      );
      return paths.map(([path]) => `\`${path}\``).join(", ") || "nothing";
    };
    const free = named((attribute) => attribute === FREE && attribute !== COMPUTED);
    return `| \`${type}\` | ${free} | ${named(({ kind }) => kind === "safer")} |`;
  });
  return ["| type | free | safer only |", "| --- | --- | --- |", ...rows].join("\n");
}
