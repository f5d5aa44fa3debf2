import { KEY, type PoolInState, shownAddress } from "./read-state";
import type { TakenOver } from "./taken-over";

/** Blocks with which another module forgets what is taken over, and addresses that they cannot name alone. */
export interface Removed {
  readonly text: string;
  /** What the blocks would forget, too: other instances of the same resource. */
  readonly tooMuch: readonly string[];
}

/** The file of the blocks, relative to the project's folder. */
export function removedFile(environment: string): string {
  return `adopted/${environment}.removed.tf`;
}

/** "removed block", Terraform language: it names a resource with all its instances. */
export function removedBlocks(taken: readonly TakenOver[], { addresses, poolId }: PoolInState): Removed {
  const from = taken.flatMap(({ existing }) => existing.from ?? []);
  const resources = [...new Set(from.map(withoutKeys))];
  const tooMuch = addresses.filter((address) => resources.includes(withoutKeys(address)) && !from.includes(address));
  const blocks = resources.map(
    (address) => `removed {\n  from = ${address}\n\n  lifecycle {\n    destroy = false\n  }\n}\n`,
  );
  const title = `# The user pool ${poolId} is managed elsewhere now. Put this file beside the other module's configuration, delete the\n# blocks of these resources there, and apply that first.\n`;
  return { text: [title, ...blocks].join("\n"), tooMuch: [...new Set(tooMuch.map(shownAddress))] };
}

/** An address without the keys of its instances: `module.auth[0].aws_cognito_user_pool.this["a"]` is `module.auth.aws_cognito_user_pool.this`. */
function withoutKeys(address: string): string {
  return address.replace(KEY, "");
}
