import { z } from "zod";
import { nestedFields } from "../../../cli/generate/nested-fields";
import { environmentSettings } from "../../../settings/schema";

const size = z.int({ error: "a whole number" });

it("a field within a value has what is allowed, and what holds where it is left out", () => {
  const schema = z.strictObject({ width: size, height: size.optional().meta({ leftOut: "10" }) });
  expect(nestedFields("box", schema)).toEqual([
    ["`box.width`", "a whole number", "must be given"],
    ["`box.height`", "a whole number", "10"],
  ]);
});

it("fields of lists, of records and of alternatives are shown once", () => {
  const one = z.strictObject({ type: z.literal("one"), size });
  const other = z.strictObject({ type: z.literal("other"), size });
  const fields = [
    ["`boxes.<name>[].type`", '"one" or "other"', "must be given"],
    ["`boxes.<name>[].size`", "a whole number", "must be given"],
  ];
  const boxes = z.record(z.string(), z.array(z.discriminatedUnion("type", [one, other])));
  expect(nestedFields("boxes", boxes.optional())).toEqual(fields);
});

it("objects that are alike are one line", () => {
  const box = z.strictObject({ size });
  expect(nestedFields("boxes", z.strictObject({ a: box, b: box, c: box }))).toEqual([
    ["`boxes.<name>.size`", "a whole number", "must be given"],
  ]);
});

it("every field of every setting says what is allowed", () => {
  const silent = Object.entries(environmentSettings)
    .flatMap(([name, { schema }]) => nestedFields(name, schema))
    .filter(([, allowed]) => allowed === "" || allowed.includes("Invalid"));
  expect(silent).toEqual([]);
});
