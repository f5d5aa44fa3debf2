import { configuredAs, expressionAt, templateOf } from "../configuration";
import { at, UNKNOWN, type Value } from "../value";
import { FUNCTION_NAMES, isNamed } from "./functions";
import { type At, type Attribute, found } from "./type";

/** A zip that this plan's archive_file makes of a bundle in the stack's assets; its name has the function's, and the bundle's hash. */
const ZIP = new RegExp(`^(${FUNCTION_NAMES.join("|")})(?:-[0-9a-f]{16})?\\.zip$`);

const ELSEWHERE = "The function would run code that is not what this plan's archive holds: it was not reviewed.";

export const zipFile: Attribute = {
  kind: "guarded",
  rule: "function-code",
  required: true,
  finds: (_, to, where) => {
    const [, bundle] = ZIP.exec(typeof to === "string" ? to : "") ?? [];
    if (bundle === undefined || archiveOf("filename", "output_path", where) === undefined)
      return [found("function-code", ELSEWHERE)];
    return isNamed(at(where.change.after, "function_name"), bundle)
      ? []
      : [
          found(
            "function-code",
            "The function would run the code of another one: sign-ups are refused, or go unchecked.",
          ),
        ];
  },
};

export const functionCode: Attribute = {
  kind: "guarded",
  rule: "function-code",
  required: true,
  finds: (_, to, where) => {
    const archive = archiveOf("source_code_hash", "output_base64sha256", where);
    if (to === UNKNOWN)
      return [found("function-code", "Which code the function would run is only known once it is applied.")];
    const isOfTheZip = archive === archiveOf("filename", "output_path", where);
    return archive !== undefined && isOfTheZip && at(archive, "output_base64sha256") === to
      ? []
      : [found("function-code", ELSEWHERE)];
  },
};

/** The archive that an attribute is an output of. */
function archiveOf(name: string, output: string, { plan, change }: At): Value {
  const template = templateOf(expressionAt(configuredAs(plan.configuration, change.address)?.expressions, [name]));
  const [, address] = new RegExp(`^\\$\\{(data\\.archive_file\\.[\\w-]+)\\.${output}\\}$`).exec(template ?? "") ?? [];
  return plan.state.find((data) => data.address === address)?.values;
}
