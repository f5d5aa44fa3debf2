import { isUrl } from "../../../modules/setting/kinds";
import { isUrl as isUrlOfAPlan } from "../../../review/value";

it.each([isUrl, isUrlOfAPlan])("a URL is one however often it was asked", (is) => {
  const answers = Array.from({ length: 20_000 }, () => is("https://ä.example/ü"));
  expect(new Set(answers)).toEqual(new Set([true]));
  expect(is("ä")).toBe(false);
});
