import { isObject } from "../json";
import type { Plan } from "../plan";
import { at, currentOf, quoted } from "../value";
import type { Located } from "./rule";

/**
 * A function whose code was replaced outside of Terraform, and would stay so: the provider compares the configuration's
 * hash with the one that it noted down itself, not with that of the code which AWS runs (`code_sha256`).
 */
export function otherCode(plan: Plan): Located[] {
  return currentOf(plan, "aws_lambda_function").flatMap(({ address, before, after }) => {
    if (!isObject(before) || !isObject(after)) return [];
    const [runs, noted, wanted] = [
      at(before, "code_sha256"),
      at(before, "source_code_hash"),
      at(after, "source_code_hash"),
    ];
    // Where the two hashes of the configuration differ, the code is deployed again.
    if (typeof runs !== "string" || typeof noted !== "string" || runs === "" || noted !== wanted || runs === wanted) {
      return [];
    }
    const [name, file] = [at(after, "function_name"), at(after, "filename")];
    const command = `aws lambda update-function-code --function-name ${String(name)} --zip-file fileb://${String(file)}`;
    return [
      {
        address,
        rule: "function-code",
        why:
          `It runs other code (SHA-256 ${quoted(runs)}) than what was deployed (${quoted(wanted)}): it was replaced outside of Terraform, and no plan brings it back. ` +
          `To bring it back, in the stack's folder: ${command}`,
      },
    ];
  });
}
