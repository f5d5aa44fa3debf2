import { child, isEmpty, isList, isObject, type Json, type JsonObject } from "./json";
import { fieldsOf, listOf, UnreadablePlan } from "./unreadable";

/*
 * The configuration that a plan was made of, as `terraform show -json` repeats it. An expression holds what it refers to; of
 * configuration in JSON, which is what CDKTF writes, also its text: `"constant_value": "${aws_cognito_user_pool.user_pool.id}"`.
 */

export interface Expression {
  /** A constant, or the text of a template in JSON; nothing for an expression of HCL. */
  readonly value: Json | undefined;
  readonly references: readonly string[];
}

export interface ConfiguredProvider {
  /** `aws`, or `aws.alias`. */
  readonly key: string;
  /** `registry.terraform.io/hashicorp/aws`. */
  readonly source: string | undefined;
  readonly expressions: Json | undefined;
}

export interface Provisioner {
  readonly type: string;
  readonly expressions: Json | undefined;
}

export interface ConfiguredResource {
  /** Without keys of `count` and `for_each`. */
  readonly address: string;
  /** `managed`, `data`, or something newer. */
  readonly mode: string;
  readonly type: string;
  readonly provider: string | undefined;
  readonly expressions: Json | undefined;
  /** Of `for_each` and `count`: what `each.*` and `count.*` stand for. */
  readonly repetition: Json | undefined;
  readonly provisioners: readonly Provisioner[];
}

export interface ConfiguredOutput {
  readonly name: string;
  readonly sensitive: boolean;
  readonly expression: Json | undefined;
}

export interface ConfiguredModule {
  readonly address: string;
  readonly source: string;
}

export interface Configuration {
  readonly providers: readonly ConfiguredProvider[];
  readonly resources: readonly ConfiguredResource[];
  /** Of the root module. */
  readonly outputs: readonly ConfiguredOutput[];
  readonly modules: readonly ConfiguredModule[];
}

export function readConfiguration(json: Json | undefined): Configuration | undefined {
  if (json === undefined) return undefined;
  if (!isObject(json)) throw new UnreadablePlan("configuration is no JSON object.");
  const root = child(json, "root_module");
  const parts = modulesOf(root, "");
  return {
    providers: entries(child(json, "provider_config")).map(([key, provider]) => ({
      key,
      source: text(child(provider, "full_name")),
      expressions: child(provider, "expressions"),
    })),
    resources: parts.flatMap(({ module, prefix }) =>
      list(child(module, "resources")).map((resource) => ({
        address: `${prefix}${text(child(resource, "address")) ?? ""}`,
        mode: text(child(resource, "mode")) ?? "",
        type: text(child(resource, "type")) ?? "",
        provider: text(child(resource, "provider_config_key")),
        expressions: child(resource, "expressions"),
        repetition: child(resource, "for_each_expression") ?? child(resource, "count_expression"),
        provisioners: list(child(resource, "provisioners")).map((provisioner) => ({
          type: text(child(provisioner, "type")) ?? "",
          expressions: child(provisioner, "expressions"),
        })),
      })),
    ),
    outputs: entries(child(root, "outputs")).map(([name, output]) => ({
      name,
      sensitive: child(output, "sensitive") === true,
      expression: child(output, "expression"),
    })),
    modules: parts.flatMap(({ module, prefix }) =>
      entries(child(module, "module_calls")).map(([name, call]) => ({
        address: `${prefix}module.${name}`,
        source: text(child(call, "source")) ?? "",
      })),
    ),
  };
}

/** What an expression, or all that is in a block of them, refers to. */
export function referencesOf(expressions: Json | undefined): string[] {
  if (isList(expressions)) return expressions.flatMap(referencesOf);
  if (!isObject(expressions)) return [];
  const { references } = expressions;
  const own = isList(references) && references.every((one) => typeof one === "string") ? (references as string[]) : [];
  return [
    ...own,
    ...Object.entries(expressions).flatMap(([key, inner]) => (key === "references" ? [] : referencesOf(inner))),
  ];
}

/** One expression, and where it is: blocks in lists have their numbers. */
export interface PlacedExpression {
  readonly path: ReadonlyArray<string | number>;
  readonly expression: Json;
}

/** Every expression in a block of them, each by itself. */
export function expressionsIn(block: Json | undefined, path: PlacedExpression["path"] = []): PlacedExpression[] {
  if (isList(block)) return block.flatMap((inner, index) => expressionsIn(inner, [...path, index]));
  if (!isObject(block)) return [];
  if (isExpression(block)) return [{ path, expression: block }];
  return Object.entries(block).flatMap(([name, inner]) => expressionsIn(inner, [...path, name]));
}

/** A block can have an argument of these names, whose value is an expression itself. */
function isExpression({ constant_value, references }: JsonObject): boolean {
  if (references !== undefined) return isList(references) && references.every((one) => typeof one === "string");
  return constant_value !== undefined;
}

/** The expression at a path of names; lists of blocks count as their first one. */
export function expressionAt(expressions: Json | undefined, names: ReadonlyArray<string | number>): Json | undefined {
  let found: Json | undefined = expressions;
  for (const name of names) {
    // A map of values is one expression, whose constant has the rest of the path.
    const constant = child(found, "constant_value");
    if (constant !== undefined) found = constant;
    if (typeof name === "number" && !isList(found)) continue;
    found = child(found, name);
  }
  return found;
}

/** The constant, or the template's text, of an expression. */
export function templateOf(expression: Json | undefined): string | undefined {
  return text(expression) ?? text(child(expression, "constant_value"));
}

function modulesOf(module: Json | undefined, prefix: string): { module: Json | undefined; prefix: string }[] {
  fieldsOf(module, `configuration, ${prefix || "root_module"}`);
  const inner = entries(child(module, "module_calls")).flatMap(([name, call]) =>
    modulesOf(child(call, "module"), `${prefix}module.${name}.`),
  );
  return [{ module, prefix }, ...inner];
}

/** Every part of a configuration that Terraform 1.11 writes. */
const READ = {
  configuration: ["provider_config", "root_module"],
  module: ["outputs", "resources", "module_calls", "variables"],
  resource: [
    ...["address", "mode", "type", "name", "provider_config_key", "provisioners", "expressions", "schema_version"],
    ...["for_each_expression", "count_expression", "depends_on"],
  ],
};

/** Parts of a configuration that this version does not know: they can make Terraform do anything. */
export function unreadConfiguration(json: Json | undefined): string[] {
  const within = (path: string, value: Json | undefined, read: readonly string[]) =>
    unreadOf(fieldsOf(value, path), read).map((name) => `${path}.${name}`);
  return [
    ...within("configuration", json, READ.configuration),
    ...modulesOf(child(json, "root_module"), "").flatMap(({ module, prefix }) => [
      ...within(`configuration.${prefix || "root_module"}`, module, READ.module),
      ...list(child(module, "resources")).flatMap((resource) =>
        within(`configuration.${prefix}${text(child(resource, "address")) ?? ""}`, resource, READ.resource),
      ),
    ]),
  ];
}

/** The fields of an object that are not read, and say something. */
export function unreadOf(json: JsonObject, read: readonly string[]): string[] {
  return Object.keys(json).filter((name) => !read.includes(name) && !isEmpty(json[name]) && json[name] !== false);
}

function entries(value: Json | undefined): [string, Json][] {
  return Object.entries(fieldsOf(value, "A part of the configuration"));
}

function list(value: Json | undefined): readonly Json[] {
  return listOf(value, "A part of the configuration");
}

function text(value: Json | undefined): string | undefined {
  return typeof value === "string" ? value : undefined;
}

/** The expressions of a resource, whatever its key of `count` or `for_each`. */
export function configuredAs(
  configuration: Configuration | undefined,
  address: string,
): ConfiguredResource | undefined {
  const plain = address.replaceAll(/\[(?:\d+|"(?:[^"\\]|\\.)*")\]/g, "");
  return configuration?.resources.find((resource) => resource.address === plain);
}
