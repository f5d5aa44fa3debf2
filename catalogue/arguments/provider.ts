import { readFileSync } from "node:fs";

/** What Terraform or a provider block sets: no argument of a configuration. */
const PLUMBING = /^(?:id|tags_all|timeouts)(?:\.|$)/;

/**
 * The arguments of a resource type, `<block>.<argument>` for those of its blocks, as the bindings of the provider write them. They are read from the
 * bindings' own source: nothing else in an installation says what a resource type takes.
 */
export function argumentsOf(type: string): string[] {
  const folder = type.replace(/^aws_/, "").replaceAll("_", "-");
  const source = readFileSync(`node_modules/@cdktf/provider-aws/lib/${folder}/index.js`, "utf8");
  const blocks = new Map(
    [...source.matchAll(/^function (\w+)ToTerraform\(struct\) \{[\s\S]*?return \{\n([\s\S]*?)\n {4}\};\n\}/gm)].map(
      ([, name = "", fields = ""]) => [name, fields],
    ),
  );
  const [, own = ""] = /synthesizeAttributes\(\) \{\n {8}return \{\n([\s\S]*?)\n {8}\};/.exec(source) ?? [];
  const named = (fields: string): string[] =>
    fields.split("\n").flatMap((line) => {
      const [, name = "", value = ""] = /^\s*(\w+): (.*)$/.exec(line) ?? [];
      const block = [...value.matchAll(/(\w+)ToTerraform\b/g)].map(([, inner = ""]) => blocks.get(inner)).find(Boolean);
      return block === undefined ? [name] : [name, ...named(block).map((inner) => `${name}.${inner}`)];
    });
  return named(own).filter((name) => !PLUMBING.test(name));
}
