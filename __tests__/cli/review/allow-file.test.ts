import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { allowedIn, typesIn } from "../../../cli/review/allow-file";

const folder = mkdtempSync(path.join(tmpdir(), "allow-"));
const file = path.join(folder, "review-allow.txt");
afterAll(() => rmSync(folder, { recursive: true }));

const allowed = (text: string, environment = "dev") => {
  writeFileSync(file, text);
  return allowedIn(file, environment);
};

it("a line lets an address through in its own environment only", async () => {
  const text = 'dev aws_dynamodb_table.reservations\nprod  aws_cognito_user_pool.user_pool\ndev aws_a.b["c d"]\r\n';
  expect(await allowed(text)).toEqual(["aws_dynamodb_table.reservations", 'aws_a.b["c d"]']);
  expect(await allowed(text, "prod")).toEqual(["aws_cognito_user_pool.user_pool"]);
  expect(await allowed(text, "de")).toEqual([]);
});

it("comments and empty lines say nothing", async () => {
  expect(await allowed("# dev aws_a.b\n\n  \ndev aws_a.c # because\n")).toEqual(["aws_a.c"]);
});

it("a line that is something else is refused, with its number", async () => {
  await expect(allowed("# why\naws_a.b\n")).rejects.toThrow("line 2: not <environment> <address>");
});

it("a file that is not there is refused", async () => {
  await expect(allowedIn(path.join(folder, "none.txt"), "dev")).rejects.toThrow("none.txt cannot be read (ENOENT)");
});

it("a file of types has one on each line", async () => {
  writeFileSync(file, "# ours\naws_route53_record  # the address of the application\n\nrandom_password\n");
  expect(await typesIn(file)).toEqual(["aws_route53_record", "random_password"]);
  writeFileSync(file, "aws_route53_record.www\n");
  await expect(typesIn(file)).rejects.toThrow("line 1: aws_route53_record.www is no resource type");
});

it("the file of types that is part of the project can be read, and lets nothing through", async () => {
  expect(await typesIn("review-types.txt")).toEqual([]);
});
