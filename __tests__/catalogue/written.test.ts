import { ARGUMENTS, reachOf } from "../../catalogue/arguments/all";
import { argumentsOf } from "../../catalogue/arguments/provider";
import type { Absent, Resources, Written } from "../../catalogue/rules/rule";
import { exampleStacks } from "./examples";
import { kept } from "./kept";

let stacks: readonly Resources[];
beforeAll(() => {
  stacks = exampleStacks();
});

describe("what is written, with any settings that are allowed", () => {
  const all = (type: string) =>
    stacks.flatMap((resources) => Object.values(resources[type] ?? {}).map((block) => ({ block, resources })));

  it.each(kept<Written>("written"))("$id: it keeps the rule", ({ kept: { type, holds } }) => {
    const resources = all(type);
    expect(resources.length).toBeGreaterThan(0);
    expect(resources.filter(({ block, resources }) => !holds(block, resources))).toEqual([]);
  });

  it.each(kept<Written>("written"))(
    "$id: a resource that breaks it is noticed",
    ({ kept: { type, holds, breach, beside } }) => {
      expect(holds(breach, { [type]: { one: breach, other: breach }, ...beside })).toBe(false);
    },
  );

  it.each(kept<Absent>("absent"))("$id: what it is about is not made", ({ kept: { type, argument } }) => {
    const found = all(type).filter(({ block }) => argument === undefined || block[argument] !== undefined);
    expect(found).toEqual([]);
    // A type that is made, for an argument that is not.
    if (argument !== undefined) expect(all(type).length).toBeGreaterThan(0);
  });
});

describe("what is written by the defaults, with everything on, and by the examples of the rules", () => {
  let written: ReadonlySet<string>;
  beforeAll(() => {
    written = new Set(
      stacks.flatMap((resources) =>
        Object.entries(resources).flatMap(([type, blocks]) =>
          Object.values(blocks).flatMap((block) => paths(type, block)),
        ),
      ),
    );
  });

  it.each(Object.keys(ARGUMENTS))("%s: what can be set or is fixed, and nothing else", (type) => {
    const expected = argumentsOf(type).filter((argument) =>
      ["set", "fixed"].includes(reachOf(type, argument)?.[1].kind ?? ""),
    );
    expect(argumentsOf(type).filter((argument) => written.has(`${type}.${argument}`))).toEqual(expected);
  });
});

/** `<type>.<argument>` of everything that is written in a block. */
function paths(prefix: string, block: object): string[] {
  return Object.entries(block).flatMap(([name, value]) => {
    const path = `${prefix}.${name}`;
    const inner = [value].flat().filter((item) => typeof item === "object" && item !== null);
    return [path, ...inner.flatMap((item) => paths(path, item))];
  });
}
