import { BundleError, bundleFunction } from "../lambda/bundle";
import { bundleFile, type DeployedFunction, deployedFunctions, TRIGGERS } from "../lambda/functions";
import type { Problem } from "../modules/setting/problems";
import { SettingsError } from "../settings/problems";
import type { Project } from "../settings/project";
import { Failure } from "./failure";

interface Bundle {
  readonly file: string;
  readonly bytes: number;
}

/** Bundles every function that the project's environments deploy, and others, each once. Throws SettingsError where a file of theirs cannot be, and a {@link Failure} for the project's own. */
export async function bundleFunctions(
  { environments }: Project,
  others: readonly DeployedFunction[] = [],
): Promise<Bundle[]> {
  const deployed = environments.flatMap((environment) =>
    deployedFunctions(environment).map((fn) => ({ environment: environment.name, fn })),
  );
  const byFile = new Map(
    // Of environments that have the same function, the first is named in a problem.
    [...deployed.reverse(), ...others.map((fn) => ({ environment: "", fn }))].map((each) => [
      bundleFile(each.fn),
      each,
    ]),
  );
  const problems: Problem[] = [];
  const bundles = await Promise.all(
    [...byFile].map(async ([file, { environment, fn }]): Promise<Bundle> => {
      try {
        return { file, bytes: (await bundleFunction(fn)).bytes };
      } catch (error) {
        if (!(error instanceof BundleError)) throw error;
        if (fn.file === undefined) throw new Failure(`The function ${TRIGGERS[fn.trigger]} must be ${error.message}`);
        const path = ["environments", environment, "triggers", fn.trigger, "file"];
        problems.push({ path, value: fn.file, allowed: error.message });
        return { file, bytes: 0 };
      }
    }),
  );
  if (problems.length > 0) throw new SettingsError(problems);
  return bundles.sort((one, other) => (one.file < other.file ? -1 : 1));
}
