import type { Block } from "../stack";

/** A plan that Terraform made, which a test makes say something else. */
export class Edited {
  constructor(readonly json: Block) {}

  /** The change of a resource. */
  of(address: string): Block {
    const found = (this.json.resource_changes as Block[]).find((one) => one.address === address);
    if (!found) throw new Error(`no ${address}`);
    return found.change;
  }

  /** Sets fields after the change, and what the configuration says of them. */
  set(address: string, fields: Block): void {
    const change = this.of(address);
    Object.assign(change.after, fields);
    for (const [name, value] of Object.entries(fields)) {
      delete change.after_unknown[name];
      Object.assign(this.configured(address), { [name]: { constant_value: value } });
    }
  }

  configured(address: string): Block {
    const found = this.json.configuration.root_module.resources.find((one: Block) => one.address === address);
    found.expressions ??= {};
    return found.expressions;
  }

  data(address: string): Block {
    return this.json.prior_state.values.root_module.resources.find((one: Block) => one.address === address).values;
  }

  replaced(address: string): void {
    this.of(address).actions = ["delete", "create"];
  }

  /** Another resource, made like one that is there. */
  like(address: string, name: string, fields: Block = {}): void {
    const changes = this.json.resource_changes as Block[];
    const one = structuredClone(changes.find((change) => change.address === address)) as Block;
    const configured = this.json.configuration.root_module.resources;
    const expressions = structuredClone(configured.find((other: Block) => other.address === address)) as Block;
    const other = `${one.type}.${name}`;
    Object.assign(one, { address: other, name });
    Object.assign(one.change, { actions: ["create"], before: null, before_sensitive: false });
    changes.push(one);
    configured.push({ ...expressions, address: other });
    this.set(other, fields);
  }
}
