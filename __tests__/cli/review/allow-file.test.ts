import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { allowedLines, typesIn } from "../../../cli/review/allow-file";

const folder = mkdtempSync(path.join(tmpdir(), "allow-"));
const file = path.join(folder, "review-allow.txt");
afterAll(() => rmSync(folder, { recursive: true }));

const allowed = (text: string) => {
  writeFileSync(file, text);
  return allowedLines(file);
};

it("a line names an environment and an address, which may hold spaces", () => {
  expect(
    allowed('dev aws_dynamodb_table.reservations\nprod  aws_cognito_user_pool.user_pool\ndev aws_a.b["c d"]\r\n'),
  ).toEqual([
    { environment: "dev", address: "aws_dynamodb_table.reservations", number: 1 },
    { environment: "prod", address: "aws_cognito_user_pool.user_pool", number: 2 },
    { environment: "dev", address: 'aws_a.b["c d"]', number: 3 },
  ]);
});

it("comments and empty lines say nothing", () => {
  expect(allowed("# dev aws_a.b\n\n  \ndev aws_a.c # because\n")).toEqual([
    { environment: "dev", address: "aws_a.c", number: 4 },
  ]);
});

it("a line that is something else is refused, with its number", () => {
  expect(() => allowed("# why\naws_a.b\n")).toThrow("line 2: not <environment> <address>");
});

it("a file that is not there is refused", () => {
  expect(() => allowedLines(path.join(folder, "none.txt"))).toThrow("none.txt cannot be read (ENOENT)");
});

it("a file of types has one on each line", () => {
  writeFileSync(file, "# ours\naws_route53_record  # the address of the application\n\nrandom_password\n");
  expect(typesIn(file)).toEqual(["aws_route53_record", "random_password"]);
  writeFileSync(file, "aws_route53_record.www\n");
  expect(() => typesIn(file)).toThrow("line 1: aws_route53_record.www is no resource type");
});

it("the file of types that is part of the project can be read, and lets nothing through", () => {
  expect(typesIn("review-types.txt")).toEqual([]);
});
