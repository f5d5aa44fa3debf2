/** Local name → source of each provider whose code may run. */
export const PROVIDERS: ReadonlyMap<string, string> = new Map([
  ["aws", "hashicorp/aws"],
  ["archive", "hashicorp/archive"],
]);

/** The same, for a sentence. */
export const KNOWN_PROVIDERS = [...PROVIDERS.values()].join(" and ");

/** Registries that those sources stand for: Terraform's, and OpenTofu's, which has builds of its own of the same providers. */
const REGISTRIES = ["registry.terraform.io", "registry.opentofu.org"];

/** Whether an address of plans and lock files, such as `registry.terraform.io/hashicorp/aws`, is the provider of this local name. */
export function isProvider(name: string, address: string): boolean {
  const source = PROVIDERS.get(name);
  return source !== undefined && REGISTRIES.some((registry) => address === `${registry}/${source}`);
}

/** An address as configurations write it, without the public registry. */
export function withoutRegistry(address: string): string {
  const registry = REGISTRIES.find((one) => address.startsWith(`${one}/`));
  return registry === undefined ? address : address.slice(registry.length + 1);
}
