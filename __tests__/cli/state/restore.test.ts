import { lastLost } from "../../../cli/state/restore";
import { versionsTable } from "../../../cli/state/table";
import type { StateVersion } from "../../../cli/state/versions";

let age = 0;
beforeEach(() => {
  age = 0;
});

/** Versions are written newest first. */
function version(lineage: string, serial: number, resources: number): StateVersion {
  age += 1;
  return {
    key: "env:/dev/acme/terraform.tfstate",
    versionId: `${lineage}-${serial}`,
    modified: new Date(Date.UTC(2026, 0, 31) - age * 60_000),
    isLatest: age === 1,
    lineage,
    serial,
    resources,
  };
}

describe("the version to go back to", () => {
  it("is the highest serial of what was lost, not the newest object", () => {
    const versions = [version("new", 1, 0), version("old", 7, 12), version("old", 8, 12), version("old", 6, 11)];
    expect(lastLost({ versions, current: versions[0] })?.versionId).toBe("old-8");
  });

  it("is of the lineage that was used last", () => {
    const versions = [version("second", 3, 12), version("first", 90, 12)];
    expect(lastLost({ versions, current: undefined })?.versionId).toBe("second-3");
  });

  it("has resources in it: an emptied state of the same lineage counts on", () => {
    const versions = [version("old", 9, 0), version("old", 8, 12)];
    expect(lastLost({ versions, current: versions[0] })?.versionId).toBe("old-8");
  });

  it("is not guessed while the current one has resources", () => {
    const versions = [version("new", 2, 1), version("old", 8, 12)];
    expect(lastLost({ versions, current: versions[0] })).toBeUndefined();
  });

  it("is none where there never was a resource", () => {
    expect(lastLost({ versions: [version("new", 1, 0)], current: undefined })).toBeUndefined();
    expect(lastLost({ versions: [], current: undefined })).toBeUndefined();
  });
});

describe("the table of versions", () => {
  it("names lineage, serial and resources, and marks the current one", () => {
    const versions = [version("new", 1, 0), version("old", 8, 12)];
    const table = versionsTable("dev", { bucket: "states", versions, current: versions[0] });
    expect(table).toMatch(/│ current │ 2026-01-30T23:59:00.000Z │ new +│ +1 │ +0 │ new-1 +│/);
    expect(table).toMatch(/│ +│ 2026-01-30T23:58:00.000Z │ old +│ +8 │ +12 │ old-8 +│/);
  });

  it("says so where the current one is gone, or where there never was one", () => {
    const versions = [version("old", 8, 12)];
    expect(versionsTable("dev", { bucket: "states", versions, current: undefined })).toContain("deleted or emptied");
    expect(versionsTable("dev", { bucket: "states", versions: [], current: undefined })).toBe(
      "The bucket states has no version of a state of dev.",
    );
  });
});
