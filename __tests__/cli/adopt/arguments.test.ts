import { argumentsOf } from "../../../catalogue/arguments/provider";
import { ARGUMENTS, type ExistingType, isField } from "../../../cli/adopt/arguments";

/** Said by this project, or by none: what the resource is of, and what Cognito never answers. */
const NOT_READ = ["user_pool_id", "client_id", "resource_arn", "generate_secret", "image_file", "region"];

it.each(Object.keys(ARGUMENTS))("%s: every argument of the provider is read, and nothing else", (type) => {
  const all = argumentsOf(type).filter((argument) => !argument.includes(".") && !NOT_READ.includes(argument));
  expect(Object.keys(ARGUMENTS[type as ExistingType]).sort()).toEqual(all.sort());
});

it.each(Object.keys(ARGUMENTS))("%s: every field of a block of the provider's is read", (type) => {
  const fields = argumentsOf(type).flatMap((argument) => argument.split(".").slice(1));
  expect(fields.filter((field) => !isField(field))).toEqual([]);
});

it("a field that a configuration cannot say is not read", () => {
  expect(isField("unused_account_validity_days")).toBe(false);
});
