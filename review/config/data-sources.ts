import { isDeepStrictEqual } from "node:util";
import { type Body, body, entriesOf } from "./body";

/** Data sources that the stacks read, all during the plan. */
const DATA_SOURCES = new Set([
  "archive_file",
  "aws_caller_identity",
  "aws_cognito_user_pool",
  "aws_cognito_user_pools",
  "aws_iam_policy_document",
  "aws_partition",
  "aws_region",
  "aws_secretsmanager_secret_version",
  "aws_ssm_parameter",
]);

/** archive_file reads any file of the server that it is given, and writes any. */
const ARCHIVE_ARGUMENTS = new Set(["//", "output_file_mode", "output_path", "source_file", "type"]);
const ARCHIVE_PATHS: ReadonlyMap<string, RegExp> = new Map([
  ["source_file", /^assets\/[\w-]+\/[0-9A-F]{32}\/index\.js$/],
  ["output_path", /^[\w-]+\.zip$/],
]);

/** Data sources that must not be read before an approval. */
export function dataProblems(
  type: string,
  value: unknown,
  before: Body | undefined,
  types: readonly string[],
): string[] {
  return entriesOf(value).flatMap(([name, source]) => {
    const approved = before && body(body(before.data)[type])[name];
    if (approved !== undefined && isDeepStrictEqual(source, approved)) return [];
    if (!DATA_SOURCES.has(type) && !types.includes(type)) {
      return [
        `data.${type}.${name} would be read during the plan, before an approval. If it is meant, bring the line ${type}` +
          " of review-types.txt into the main branch first.",
      ];
    }
    return type === "archive_file" ? archiveProblems(name, source) : [];
  });
}

function archiveProblems(name: string, source: unknown): string[] {
  const wrong = entriesOf(source).flatMap(([argument, value]) => {
    const form = ARCHIVE_PATHS.get(argument);
    return ARCHIVE_ARGUMENTS.has(argument) && (form === undefined || form.test(String(value))) ? [] : [argument];
  });
  return wrong.map(
    (argument) => `data.archive_file.${name} reads or writes elsewhere than in its folder (${argument}).`,
  );
}
