import { Lazy, type TerraformElement, TerraformResource } from "cdktf";
import type { Construct } from "constructs";
import type { Problem } from "../modules/setting/problems";
import { within } from "../modules/setting/problems";
import { type Adopted, namesIn } from "../settings/adopted";
import { SettingsError } from "../settings/problems";

/**
 * Imports what exists already into a stack, and keeps arguments of it as they are. Throws SettingsError where the stack has
 * no resource of an address.
 */
export function adopt(stack: Construct, environment: string, { imports = {}, keep = {} }: Adopted): void {
  const resources = new Map(
    stack.node
      .findAll()
      .filter((each): each is TerraformResource => TerraformResource.isTerraformResource(each as TerraformElement))
      .map((each) => [`${each.terraformResourceType}.${each.friendlyUniqueId}`, each]),
  );
  const unknown = [...unknownOf("imports", imports, resources), ...unknownOf("keep", keep, resources)];
  if (unknown.length > 0) throw new SettingsError(within(["environments", environment, "adopted"], unknown));
  for (const [address, id] of Object.entries(imports)) resources.get(address)?.importFrom(id);
  for (const [address, kept] of Object.entries(keep)) {
    for (const [argument, value] of Object.entries(nested(kept))) resources.get(address)?.addOverride(argument, value);
  }
}

type Nested = { [name: string]: unknown };

/** Arguments by their paths, as objects within one another: cdktf divides a path at every dot, also at one in a name. */
function nested(kept: NonNullable<Adopted["keep"]>[string]): Nested {
  const all: Nested = {};
  for (const [path, value] of Object.entries(kept)) {
    const names = namesIn(path);
    const last = names.pop() ?? path;
    let holder = all;
    for (const name of names) {
      const inner = (holder[name] ?? {}) as Nested;
      holder[name] = inner;
      holder = inner;
    }
    // cdktf would add what is in a list, or in an object, to what is there.
    const whole = value === null ? undefined : Lazy.anyValue({ produce: () => value });
    holder[last] = typeof value === "object" ? whole : value;
  }
  return all;
}

function unknownOf(field: "imports" | "keep", written: object, known: ReadonlyMap<string, unknown>): Problem[] {
  return Object.keys(written)
    .filter((address) => !known.has(address))
    .map((address) => ({
      path: [field, address],
      value: address,
      allowed: `an address of the environment's resources: ${sameType(address, [...known.keys()]).join(", ")}`,
    }));
}

/** The addresses of the type that was meant; those of Cognito's types where there is none. */
function sameType(address: string, known: readonly string[]): readonly string[] {
  const [type] = address.split(".");
  const same = known.filter((each) => each.startsWith(`${type}.`));
  return same.length > 0 ? same : known.filter((each) => each.startsWith("aws_cognito_"));
}
