import { type Configuration, expressionsIn, referencesOf } from "../configuration";
import { child, isObject, type Json } from "../json";
import { at } from "../value";
import { FUNCTION_NAMES } from "./functions";

/** What a data source may be told, by name. */
export interface DataSource {
  readonly type: string;
  /** What its arguments may be; what is not here must not be set. */
  readonly arguments: Readonly<Record<string, RegExp>>;
  /** Whether its arguments belong together. @default they do */
  readonly isConsistent?: (values: Json) => boolean;
  /** Whether nothing else uses its answer than what it is read for. @default anything may */
  readonly isUsedRightly?: (address: string, configuration: Configuration | undefined) => boolean;
  /** What any other argument would mean. */
  readonly why: string;
}

const BUNDLE = new RegExp(
  // In another construct the name begins with that construct's, and ends with a hash of the path.
  `^assets/(?:[\\w-]+_)?(${FUNCTION_NAMES.join("|").replaceAll("-", "_")})_bundle(?:_[0-9A-F]{8})?/([0-9A-F]{32})/index\\.js$`,
);

const SECRET =
  "It reads a secret that is not an identity provider's alone: it would be in the plan and the state, and go to what else uses it.";

/** A type can be described more than once: what fits one of its descriptions passes. */
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
    why: "It reads another parameter than that of the layer, or than an identity provider's secret: what is in it may be a secret, and would be in the plan and the state.",
  },
  {
    type: "aws_ssm_parameter",
    arguments: { name: /^[\w./-]+$/ },
    isUsedRightly: isSecretOfProvider,
    why: SECRET,
  },
  {
    type: "aws_secretsmanager_secret_version",
    arguments: { secret_id: /^[\w/+=.@:-]+$/ },
    isUsedRightly: isSecretOfProvider,
    why: SECRET,
  },
  {
    type: "aws_cognito_user_pool",
    arguments: { user_pool_id: /^[\w-]+_[0-9A-Za-z]+$/ },
    why: "It asks for something else than the pool that is protected.",
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

/** What stands for the secret in an identity provider's details: all of the answer, or one field of its JSON. */
const ANSWER = /^\$\{(data\.[\w-]+\.[\w-]+)\.(?:value|secret_string)\}$/;
const FIELD = /^\$\{jsondecode\((data\.[\w-]+\.[\w-]+)\.secret_string\)(?:\.\w+|\["[\w.-]+"\])\}$/;

/** Whether an answer goes to secrets of identity providers, and nowhere else in the configuration. */
function isSecretOfProvider(address: string, configuration: Configuration | undefined): boolean {
  const { resources = [], outputs = [], providers = [] } = configuration ?? {};
  const uses = (expressions: Json | undefined) =>
    referencesOf(expressions).some(
      (one) => one === address || one.startsWith(`${address}.`) || one.startsWith(`${address}[`),
    );
  const elsewhere = [
    ...outputs.map(({ expression }) => expression),
    ...providers.map(({ expressions }) => expressions),
    ...resources.flatMap(({ repetition, provisioners }) => [repetition, ...provisioners.map((one) => one.expressions)]),
  ];
  const used = resources.flatMap(({ type, mode, expressions }) =>
    expressionsIn(expressions).flatMap(({ path, expression }) =>
      uses(expression) ? [{ type, mode, path, expression }] : [],
    ),
  );
  return (
    !elsewhere.some(uses) &&
    used.length > 0 &&
    used.every(
      ({ type, mode, path, expression }) =>
        type === "aws_cognito_identity_provider" &&
        mode === "managed" &&
        path.join(".") === "provider_details" &&
        isSecretOnly(child(expression, "constant_value"), address),
    )
  );
}

/** Whether the details name the answer as their secret, and nothing else of them is a template. */
function isSecretOnly(details: Json | undefined, address: string): boolean {
  if (!isObject(details)) return false;
  return Object.entries(details).every(([name, value]) => {
    if (typeof value !== "string" || !/[$%]\{/.test(value)) return true;
    const [, read] = ANSWER.exec(value) ?? FIELD.exec(value) ?? [];
    return ["client_secret", "private_key"].includes(name) && read === address;
  });
}

function text(values: Json, name: string): string {
  const value = at(values, name);
  return typeof value === "string" ? value : "";
}
