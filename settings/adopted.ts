import { z } from "zod";
import { fields, text } from "../modules/setting/kinds";
import { optional } from "../modules/setting/setting";

const ADDRESS = "an address of a resource of the stack, such as aws_cognito_user_pool.user_pool";
const address = text(/^aws_\w+\.[A-Za-z_][\w-]*$/, ADDRESS);
const ID = "the id that `terraform import` takes: 1 to 2048 characters on one line";
const IMPORTS = '{ "aws_cognito_user_pool.user_pool": "eu-west-1_AbCdEfGhI", … }';
const ARGUMENT =
  "the name of an argument, with dots between it and what is within it, such as username_configuration.case_sensitive; \\\\. for a dot in a name";
const PATH = /^[a-z]\w*(?:\.(?:[^.\\]|\\[.\\])+)*$/;
const KEEP = '{ "aws_cognito_user_pool.user_pool": { username_configuration: [{ case_sensitive: true }] }, … }';
const ARGUMENTS =
  "arguments of the resource and their values as in Terraform's JSON; null for one that it does not have";

const adopted = fields(
  {
    /** Resources that exist already, and what `terraform import` calls each of them. */
    imports: z
      .record(address, text(/^[^\n\r]{1,2048}$/, ID), { error: IMPORTS })
      .optional()
      .meta({ leftOut: "none" }),
    /** Arguments that no setting says, as the resource has them. They count whatever the settings say. */
    keep: z
      .record(address, z.record(text(PATH, ARGUMENT), z.json(), { error: ARGUMENTS }), {
        error: KEEP,
      })
      .optional()
      .meta({ leftOut: "none" }),
  },
  "{ imports, keep }",
);

export const adoptedSettings = {
  adopted: optional(adopted, {
    doc: "`{ imports, keep }` of a pool that existed before: what is imported, and which arguments stay as they are; `npm run adopt` writes it ([how](docs/adopting-a-pool.md))",
    none: "everything is made",
    source: '"import block", Terraform language',
  }),
};

export type Adopted = z.output<typeof adopted>;

/** The path of an argument that is kept; dots and backslashes in the names of its parts are escaped. */
export function pathOf(...names: readonly string[]): string {
  return names.map((name) => name.replace(/[\\.]/g, "\\$&")).join(".");
}

/** The names of such a path. */
export function namesIn(path: string): string[] {
  return (path.match(/(?:[^.\\]|\\.)+/g) ?? []).map((name) => name.replace(/\\(.)/g, "$1"));
}
