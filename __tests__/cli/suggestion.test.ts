import { suggestion } from "../../cli/suggestion";

it("a word that is nearly a known one gets a suggestion", () => {
  expect(suggestion("prodd", ["dev", "staging", "prod"])).toBe(" Did you mean prod?");
  expect(suggestion("--auto-aprove", ["--allow", "--auto-approve"])).toBe(" Did you mean --auto-approve?");
});

it("a word that is like none gets no suggestion", () => {
  expect(suggestion("production", ["dev", "staging", "prod"])).toBe("");
  expect(suggestion("x", ["dev"])).toBe("");
  expect(suggestion("x", [])).toBe("");
});
