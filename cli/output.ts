import { Failure } from "./failure";

/** What `terraform output -json` prints. */
export type Outputs = Readonly<Record<string, { readonly sensitive: boolean; readonly value: unknown }>>;

const NOTHING = "There are no outputs: the environment has not been deployed.";
const SENSITIVE = "(sensitive: ask for it by name)";

/** One output's value, bare, for scripts. Throws a {@link Failure} that lists the names for one that there is not. */
export function outputValue(outputs: Outputs, name: string): string {
  const output = outputs[name];
  if (output) return text(output.value);
  const names = Object.keys(outputs);
  throw new Failure(
    names.length === 0 ? NOTHING : `There is no output ${JSON.stringify(name)}. There are: ${names.join(", ")}.`,
    64,
  );
}

/** Every output on a line of its own; sensitive ones are named, not shown. */
export function outputTable(outputs: Outputs): string {
  const names = Object.keys(outputs);
  if (names.length === 0) return NOTHING;
  const width = Math.max(...names.map((name) => name.length));
  return Object.entries(outputs)
    .map(([name, { sensitive, value }]) => `${name.padEnd(width)}  ${sensitive ? SENSITIVE : text(value)}`)
    .join("\n");
}

function text(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
