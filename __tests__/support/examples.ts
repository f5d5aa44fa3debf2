import existingPool from "../../examples/existing-pool/environments";
import full from "../../examples/full/environments";
import mobile from "../../examples/mobile/environments";
import passwordless from "../../examples/passwordless/environments";
import saasB2b from "../../examples/saas-b2b/environments";
import smallest from "../../examples/smallest/environments";
import spa from "../../examples/spa/environments";
import type { EnvironmentSettings, ProjectSettings } from "../../settings/schema";

/** The projects of examples/, by folder. */
export const EXAMPLES = {
  "existing-pool": existingPool,
  full,
  mobile,
  passwordless,
  "saas-b2b": saasB2b,
  smallest,
  spa,
} satisfies Record<string, ProjectSettings>;

/** The environment with everything on. */
export const FULL: EnvironmentSettings = environmentOf(full, "prod");

/** Settings that need a newer provider than the tests install. */
export const NEED_NEWER_PROVIDER = ["logDelivery", "managedLogin"] as const;

export function environmentOf({ environments }: ProjectSettings, name: string): EnvironmentSettings {
  const found = environments[name];
  if (!found) throw new Error(`no environment ${name}`);
  return found;
}
