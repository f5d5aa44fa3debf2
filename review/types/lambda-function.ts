import { configuredAs, expressionAt } from "../configuration";
import { isList } from "../json";
import { amount, at, isUnset, UNKNOWN, type Value } from "../value";
import { functionCode, zipFile } from "./function-code";
import { variables } from "./function-variables";
import { isSender } from "./functions";
import {
  type At,
  type Attribute,
  between,
  COMMON,
  COMPUTED,
  FREE,
  fixed,
  found,
  identity,
  must,
  only,
  onlyAdded,
  ownKey,
  type ResourceType,
  reference,
  referenceTo,
  TAGS,
  when,
} from "./type";

const LOST =
  "A pool that calls this function refuses every sign-up once it is gone; a pool that does not lets every sign-up in.";
const ELSEWHERE = "The function would run code that is not in this repository, and was not reviewed.";
const SLOW =
  "Cognito waits five seconds: the function could be stopped before it has decided, and sign-ups be refused.";
const UNREACHABLE = "The function could no longer reach Cognito or its table, and refuses every sign-up.";
const SILENT = "The function's metrics would no longer be in its log: alarms stay silent.";

/** Sign-ups at the same moment that a function in use has room for at least; each takes part of a second. */
const ROOM = 10;

/** -1 is as many as the account has left. */
function timesAtOnce(value: Value): number {
  return amount(value) > 0 ? amount(value) : Number.POSITIVE_INFINITY;
}

const concurrency: Attribute = {
  kind: "guarded",
  rule: "function-concurrency",
  finds: (from, to, { isNew }) => {
    if (to === UNKNOWN || to === 0) {
      return [
        found("function-concurrency", "With a concurrency of 0 the function never runs: every sign-up is refused."),
      ];
    }
    const [old, now] = [timesAtOnce(from), timesAtOnce(to)];
    return isNew || now >= Math.min(old, ROOM)
      ? []
      : [
          found(
            "function-concurrency",
            `Sign-ups would be refused while ${now === 1 ? "another one is" : `${now} others are`} under way: the function could run ${now} at a time only.`,
          ),
        ];
  },
};

/** Cognito does not wait for a sender. */
const timeout: Attribute = {
  kind: "safer",
  rule: "function-timeout",
  finds: (from, to, where) => {
    const [least, most] = isSender(where.change.after) ? [1, 900] : [3, 5];
    return between("function-timeout", SLOW, least, most).finds(from, to, where);
  },
};

export const LAMBDA_FUNCTION: ResourceType = {
  type: "aws_lambda_function",
  lost: ({ change }) => (change.deposed === undefined ? [found("function-deleted", LOST)] : []),
  forgotten: found(
    "forgotten",
    "The function stays, with its present code, but nothing plans, checks or updates it here from now on.",
  ),
  attributes: {
    ...COMMON,
    ...TAGS,
    function_name: identity("function-deleted", LOST),
    filename: zipFile,
    source_code_hash: functionCode,
    code_sha256: COMPUTED,
    s3_bucket: fixed("function-code", ELSEWHERE),
    s3_key: fixed("function-code", ELSEWHERE),
    s3_object_version: fixed("function-code", ELSEWHERE),
    image_uri: fixed("function-code", ELSEWHERE),
    image_config: fixed("function-code", ELSEWHERE),
    package_type: only("function-code", ELSEWHERE, "Zip"),
    layers: {
      kind: "guarded",
      rule: "function-layer",
      finds: (_, to, where) =>
        isUnset(to) || (where.isNew && isParameters(where))
          ? []
          : [
              found(
                "function-layer",
                "A layer's code runs in the function, can replace what it does and read what users send; the layer is not in this repository.",
              ),
            ],
    },
    handler: must(
      only(
        "function-handler",
        "Another part of the bundle would run, or none: sign-ups are refused, or go unchecked.",
        "index.handler",
      ),
    ),
    runtime: must(
      when(
        "safer",
        "function-runtime",
        "An older runtime, or one that the bundle is not made for: sign-ups may all be refused.",
        isNewer,
      ),
    ),
    environment: variables,
    memory_size: between(
      "function-memory",
      "With so little memory the function may not decide in time: sign-ups are refused.",
      128,
      10_240,
    ),
    timeout,
    reserved_concurrent_executions: concurrency,
    architectures: FREE,
    description: FREE,
    "tracing_config.mode": FREE,
    role: reference(
      "function-role",
      "The function could do what another role may do, or no longer what it has to.",
      "aws_iam_role",
      "arn",
    ),
    kms_key_arn: ownKey(
      onlyAdded("function-key", "The function's settings would be encrypted with another key, or AWS's own."),
      "The function's settings would be encrypted",
    ),
    "logging_config.log_format": only("function-log", SILENT, "JSON"),
    "logging_config.application_log_level": only("function-log", SILENT, "TRACE"),
    "logging_config.system_log_level": FREE,
    "logging_config.log_group": when(
      "guarded",
      "function-log",
      "The function would log elsewhere, or nowhere: operators do not look there.",
      (from, to, { isNew, template }) =>
        isNew
          ? to !== UNKNOWN || referenceTo("aws_cloudwatch_log_group", "name").test(template ?? "")
          : isUnset(from) && !isUnset(to),
    ),
    vpc_config: fixed("function-network", UNREACHABLE),
    replace_security_groups_on_destroy: fixed("function-network", UNREACHABLE),
    replacement_security_group_ids: fixed("function-network", UNREACHABLE),
    file_system_config: fixed("function-code", ELSEWHERE),
    dead_letter_config: fixed("function-output", "What users send at sign-up could be written to a queue or a topic."),
    code_signing_config_arn: fixed(
      "function-code",
      "Lambda would refuse, or no longer refuse, code that is not signed.",
    ),
    "snap_start.apply_on": fixed(
      "function-code",
      "Functions would start from a snapshot, which this one is not made for.",
      "None",
    ),
    publish: only("function-code", "Pools would go on calling the version that they call today.", false),
    skip_destroy: only("function-code", "A function that is deleted here would stay, and be called.", false),
    "ephemeral_storage.size": FREE,
    arn: COMPUTED,
    invoke_arn: COMPUTED,
    last_modified: COMPUTED,
    qualified_arn: COMPUTED,
    qualified_invoke_arn: COMPUTED,
    signing_job_arn: COMPUTED,
    signing_profile_version_arn: COMPUTED,
    source_code_size: COMPUTED,
    "snap_start.optimization_status": COMPUTED,
    version: COMPUTED,
    "vpc_config.vpc_id": COMPUTED,
  },
};

/** Whether the configuration takes every layer from a parameter; which one that may be, the data source's description says. */
function isParameters({ plan, change }: At): boolean {
  const layers = configuredAs(plan.configuration, change.address)?.expressions;
  const written = at(expressionAt(layers, ["layers"]), "constant_value");
  return (
    isList(written) &&
    written.every((one) => /^\$\{data\.aws_ssm_parameter\.[\w-]+\.insecure_value\}$/.test(String(one)))
  );
}

/** `nodejs22.x` after `nodejs20.x`; the bundle is made for 20 and later. */
function isNewer(from: Value, to: Value): boolean {
  const version = (value: Value) => Number(/^nodejs(\d+)\.x$/.exec(typeof value === "string" ? value : "")?.[1]);
  return version(to) >= Math.max(20, version(from) || 0);
}
