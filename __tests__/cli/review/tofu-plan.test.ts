import { withWhatTofuLeavesOut } from "../../../cli/review/tofu-plan";
import { zip } from "../../support/zip";

/** A field of Protocol Buffers: a number as a varint, a text with its length. */
function field(number: number, value: number | string): Buffer {
  const varint = (rest: number): number[] => (rest < 128 ? [rest] : [(rest % 128) + 128, ...varint(rest >> 7)]);
  return typeof value === "number"
    ? Buffer.from([...varint(number * 8), ...varint(value)])
    : Buffer.concat([Buffer.from([...varint(number * 8 + 2), ...varint(value.length)]), Buffer.from(value)]);
}

/** A plan's version, a resource's change as long as real ones, the version of OpenTofu, and what a test adds. */
const COMMON = [field(1, 3), field(3, "x".repeat(700)), field(14, "1.11.6")];
const saved = (...fields: Buffer[]) => zip({ tfplan: Buffer.concat([...COMMON, ...fields]), tfstate: "{}" });
const [TARGET, EXCLUDED, REFRESH_ONLY] = [field(5, "aws_iam_role.x"), field(6, "aws_iam_role.x"), field(17, 2)];

const DRIFT = { resource_drift: [{ address: "aws_iam_role.x" }] };

it.each<[title: string, plan: object, file: Buffer, said: object]>([
  ["of a whole plan, that it is", {}, saved(), { complete: true, applyable: false }],
  ["of a plan to destroy, too", DRIFT, saved(field(17, 1)), { complete: true, applyable: false }],
  ["of one with -target, that it is not", {}, saved(TARGET), { complete: false }],
  ["of one with -exclude, too", {}, saved(field(4, "x"), EXCLUDED, field(21, "2026")), { complete: false }],
  ["that a plan to refresh the state has something to apply", DRIFT, saved(REFRESH_ONLY), { applyable: true }],
  ["that it has not, where nothing differs", {}, saved(REFRESH_ONLY), { applyable: false }],
])("of OpenTofu's plans it is said %s", (_, plan, file, said) => {
  expect(withWhatTofuLeavesOut({ format_version: "1.2", ...plan }, file)).toMatchObject({
    format_version: "1.2",
    ...plan,
    ...said,
  });
});

it("Terraform's JSON says both by itself", () => {
  const json = { complete: true, applyable: true };
  expect(withWhatTofuLeavesOut(json, Buffer.alloc(0))).toBe(json);
});

it.each([
  ["no zip", Buffer.from("PK")],
  ["no plan in it", zip({ tfstate: "{}" })],
])("a file with %s is an error", (_, file) => {
  expect(() => withWhatTofuLeavesOut({}, file)).toThrow("not in the form that Terraform or OpenTofu writes");
});

it("so is a plan whose fields are of another kind, or end too early", () => {
  expect(() => withWhatTofuLeavesOut({}, zip({ tfplan: Buffer.from([11]) }))).toThrow("unknown type 3");
  expect(() => withWhatTofuLeavesOut({}, zip({ tfplan: Buffer.from([8, 128]) }))).toThrow();
});
