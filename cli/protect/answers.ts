import type { GetFunctionConfigurationCommandOutput } from "@aws-sdk/client-lambda";
import { Failure } from "../failure";
import type { Statement } from "./checks";

/*
 * What AWS and Terraform answered. An answer that lacks what is always in it says nothing: to go on with defaults would be to say something of a pool
 * that was not read.
 */

/** The JSON object in a text. `what` names its source. Throws a {@link Failure} if it is none. */
export function objectIn(text: string, what: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch {
    // The parser's message quotes the text, which nothing is known of.
  }
  throw new Failure(`${what} cannot be read: it is no JSON object. Run the command again.`);
}

/** The function's environment variables. The project's function always has some. Throws a {@link Failure} if the answer has none. */
export function variablesIn(
  { Environment }: Partial<GetFunctionConfigurationCommandOutput>,
  functionArn: string,
): Readonly<Record<string, string>> {
  if (Environment?.Variables?.LOG_LEVEL !== undefined) return Environment.Variables;
  const because = Environment?.Error?.ErrorCode ? ` (${Environment.Error.ErrorCode})` : "";
  throw new Failure(
    `Lambda does not show the environment variables of ${functionArn}${because}: check that these credentials may use the key of the function, and deploy the environment again if the variables were removed.`,
  );
}

/** The statements of a function's policy. Throws a {@link Failure} if it is no policy. */
export function statementsIn(policy: string | undefined): readonly Statement[] {
  const { Statement } = objectIn(policy ?? "", "The policy of the function");
  const isStatement = (one: unknown) => typeof one === "object" && one !== null;
  if (Array.isArray(Statement) && Statement.every(isStatement)) return Statement;
  throw new Failure("The policy of the function cannot be read: it has no list of statements. Run the command again.");
}
