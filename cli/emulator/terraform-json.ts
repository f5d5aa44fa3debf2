import { readFile } from "node:fs/promises";
import path from "node:path";

type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
export type Block = { [key: string]: Json };

/** The Terraform JSON of one stack, as far as an emulator needs it. */
export class TerraformJson {
  private constructor(
    readonly folder: string,
    private readonly document: { data?: Blocks; resource?: Blocks },
  ) {}

  static async read(folder: string): Promise<TerraformJson> {
    return new TerraformJson(folder, JSON.parse(await readFile(path.join(folder, "cdk.tf.json"), "utf8")));
  }

  /** Every resource of a type. */
  resources(type: string): Block[] {
    return Object.values(this.document.resource?.[type] ?? {});
  }

  /** Every resource of a type, with the last part of its address. */
  named(type: string): ReadonlyArray<readonly [name: string, block: Block]> {
    return Object.entries(this.document.resource?.[type] ?? {});
  }

  /** The only resource of a type. */
  resource(type: string): Block {
    const [block, ...more] = this.resources(type);
    if (!block || more.length > 0) throw new Error(`Expected exactly one ${type} in ${this.folder}`);
    return block;
  }

  /** A value as it stands, or what a reference such as `${aws_dynamodb_table.name.name}` refers to. */
  resolved(value: string): string {
    const attribute = /\.(\w+)\}$/.exec(value)?.[1];
    const block = this.referenced(value);
    return block && attribute ? String(block[attribute]) : value;
  }

  /** The block that a reference such as `${aws_lambda_function.name.arn}` points into; undefined for no reference. */
  referenced(reference: Json | undefined): Block | undefined {
    const [, data, type = "", name = ""] = /^\$\{(data\.)?(\w+)\.([\w-]+)\.\w+\}$/.exec(String(reference)) ?? [];
    return this.document[data ? "data" : "resource"]?.[type]?.[name];
  }
}

type Blocks = Record<string, Record<string, Block>>;

/** Fields whose names differ by more than spelling between Terraform and Cognito's API. */
const RENAMED: Readonly<Record<string, string>> = {
  recovery_mechanism: "RecoveryMechanisms",
  callback_urls: "CallbackURLs",
  logout_urls: "LogoutURLs",
  default_redirect_uri: "DefaultRedirectURI",
  allowed_oauth_flows: "AllowedOAuthFlows",
  allowed_oauth_scopes: "AllowedOAuthScopes",
  allowed_oauth_flows_user_pool_client: "AllowedOAuthFlowsUserPoolClient",
};

/** Blocks that Terraform's JSON writes as a list of one, and Cognito's API as an object. */
const OF_ONE: readonly string[] = ["token_validity_units", "refresh_token_rotation", "analytics_configuration"];

/** A Cognito API request made of a Terraform block: `mfa_configuration` becomes `MfaConfiguration`, at every depth. */
export function cognitoRequest(block: Block): { [key: string]: Json } {
  return Object.fromEntries(
    Object.entries(block)
      .filter(([key]) => key !== "//")
      .map(([key, value]) => [
        RENAMED[key] ?? pascalCase(key),
        translated(OF_ONE.includes(key) && Array.isArray(value) ? (value[0] ?? {}) : value),
      ]),
  );
}

function translated(value: Json): Json {
  if (Array.isArray(value)) return value.map(translated);
  return typeof value === "object" && value !== null ? cognitoRequest(value) : value;
}

function pascalCase(key: string): string {
  return key.replaceAll(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
