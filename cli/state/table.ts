import Table from "cli-table3";
import { legacyKey } from "./keys";
import type { History, StateVersion } from "./versions";

/** The versions of a state as people read them. */
export function versionsTable(name: string, { bucket, versions, current }: History): string {
  if (versions.length === 0) return `The bucket ${bucket} has no version of a state of ${name}.`;
  const table = new Table({
    head: ["", "Written", "Lineage", "Serial", "Resources", "Version"],
    colAligns: ["left", "left", "left", "right", "right", "left"],
    style: { head: [], border: [] },
  });
  for (const { key, modified, lineage, serial, resources, versionId } of versions) {
    const moved = key === legacyKey(name) ? "before the move" : "";
    const mark = versionId === current?.versionId ? "current" : moved;
    table.push([mark, modified.toISOString(), lineage, serial, resources, versionId]);
  }
  const lost = current === undefined ? "\nThere is no current one: it was deleted or emptied." : "";
  return `${table.toString()}${lost}`;
}

export function describeVersion({ lineage, serial, resources, modified, versionId }: StateVersion): string {
  return `lineage ${lineage}, serial ${serial}, ${resources} resources, of ${modified.toISOString()} (version ${versionId})`;
}
