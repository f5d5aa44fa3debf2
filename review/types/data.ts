import type { Json } from "../json";
import { at } from "../value";
import { FUNCTION_NAMES } from "./functions";

/** What a data source may be told, by name. */
export interface DataSource {
  readonly type: string;
  /** What its arguments may be; what is not here must not be set. */
  readonly arguments: Readonly<Record<string, RegExp>>;
  /** Whether its arguments belong together. @default they do */
  readonly isConsistent?: (values: Json) => boolean;
  /** What any other argument would mean. */
  readonly why: string;
}

const BUNDLE = new RegExp(
  `^assets/(${FUNCTION_NAMES.join("|").replaceAll("-", "_")})_bundle/([0-9A-F]{32})/index\\.js$`,
);

export const DATA_SOURCES: readonly DataSource[] = [
  {
    type: "archive_file",
    arguments: {
      type: /^zip$/,
      source_file: BUNDLE,
      output_path: new RegExp(`^(?:${FUNCTION_NAMES.join("|")})(?:-[0-9a-f]{16})?\\.zip$`),
      output_file_mode: /^0644$/,
    },
    // `pre-sign-up-<hash>.zip` is made of `assets/pre_sign_up_bundle/<the same hash, and more>/index.js`, and of nothing else.
    isConsistent: (values) => {
      const [, bundle = "", hash = ""] = BUNDLE.exec(text(values, "source_file")) ?? [];
      const zip = `${bundle.replaceAll("_", "-")}-${hash.slice(0, 16).toLowerCase()}.zip`;
      return bundle !== "" && text(values, "output_path") === zip;
    },
    why: "The zip would hold something else than the bundle in the stack's assets: the function runs code that was not reviewed.",
  },
  { type: "aws_caller_identity", arguments: {}, why: "It asks AWS something else than who Terraform is." },
  { type: "aws_partition", arguments: {}, why: "It asks AWS something else than its partition." },
  {
    type: "aws_ssm_parameter",
    arguments: { name: /^[\w-]+-lambda-layer-parameter$/ },
    why: "It reads another parameter than that of the layer: what is in it may be a secret, and would be in the plan and the state.",
  },
  {
    type: "aws_cognito_user_pools",
    arguments: { name: /^[\w+=,.@ -]+$/ },
    why: "It asks for other pools than those of the same name.",
  },
  {
    // Before policies were text they were made of it: it asks nothing and answers what it is told.
    type: "aws_iam_policy_document",
    arguments: { statement: /./s, version: /./s, policy_id: /./s },
    why: "The policy would be put together with others that the plan does not show.",
  },
];

function text(values: Json, name: string): string {
  const value = at(values, name);
  return typeof value === "string" ? value : "";
}
