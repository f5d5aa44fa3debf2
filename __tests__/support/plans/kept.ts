import type { Block } from "../stack";

/** What the rules look at in resources that do not change, by type. */
const LOOKED_AT: Readonly<Record<string, readonly string[]>> = {
  aws_cognito_user_pool: ["id", "arn", "endpoint", "name"],
  aws_cognito_user_pool_client: ["id", "callback_urls", "logout_urls", "client_secret", "user_pool_id"],
  aws_cognito_user_pool_domain: ["domain", "user_pool_id"],
  aws_lambda_function: ["arn", "function_name", "role", "environment", "tracing_config", "kms_key_arn"],
  aws_lambda_permission: ["source_arn"],
  aws_iam_role_policy: ["policy", "role"],
  aws_dynamodb_table: ["arn", "name"],
  archive_file: ["output_base64sha256", "output_path", "source_file"],
  aws_caller_identity: ["account_id"],
  aws_cognito_user_pools: ["ids", "name"],
  aws_ssm_parameter: ["name", "type", "value", "insecure_value"],
};

/** A plan without what no rule looks at: a tenth of what Terraform writes. */
export function trimmed(json: Block, name: string): Block {
  const { format_version, terraform_version, variables, applyable, complete, errored } = json;
  const {
    resource_changes = [],
    output_changes = {},
    resource_drift = [],
    prior_state,
    configuration,
    checks = [],
  } = json;
  const changes: Block[] = resource_changes.filter(({ change, previous_address }: Block) => {
    return change.actions.join() !== "no-op" || change.importing || previous_address;
  });
  const outputs = Object.entries<Block>(output_changes).filter(([, { actions }]) => actions.join() !== "no-op");
  const others = checks.filter(({ address }: Block) => address.kind !== "var");
  return {
    ...{ format_version, terraform_version, variables, applyable, complete, errored },
    ...(others.length > 0 && { checks: others }),
    resource_changes: changes,
    output_changes: Object.fromEntries(outputs),
    ...(resource_drift.length > 0 && { resource_drift }),
    prior_state: name.startsWith("drift") ? prior_state : state(prior_state),
    configuration: configured(
      configuration,
      changes,
      outputs.map(([output]) => output),
    ),
  };
}

function state(prior: Block | undefined): Block | undefined {
  const { outputs, root_module } = prior?.values ?? {};
  if (!root_module) return undefined;
  const resources = (root_module.resources ?? []).flatMap((resource: Block) => {
    const { address, mode, type, values, sensitive_values = {} } = resource;
    if (!LOOKED_AT[type] && !type.startsWith("aws_s3_bucket")) return [];
    return {
      ...{ address, mode, type },
      values: picked(values, LOOKED_AT[type] ?? []),
      ...(sensitive_values.client_secret && { sensitive_values: { client_secret: true } }),
      ...(sensitive_values.value && { sensitive_values: { value: true } }),
    };
  });
  return { values: { outputs: withoutTypes(outputs), root_module: { resources } } };
}

function withoutTypes(outputs: Block = {}): Block {
  return Object.fromEntries(
    Object.entries<Block>(outputs).map(([name, { sensitive, value }]) => [name, { sensitive, value }]),
  );
}

/** Expressions of what changes, of data sources, and of what runs commands. */
function configured(configuration: Block, changes: readonly Block[], outputs: readonly string[]): Block {
  const { provider_config, root_module } = configuration;
  const addresses = changes.map(({ address }) => String(address).replace(/\[.*\]$/, ""));
  const resources = (root_module.resources ?? []).flatMap((resource: Block) => {
    const { address, mode, type, provider_config_key, expressions, provisioners } = resource;
    const isLookedAt = mode === "data" || provisioners || addresses.includes(address);
    return isLookedAt
      ? { address, mode, type, provider_config_key, expressions, ...(provisioners && { provisioners }) }
      : [];
  });
  return {
    provider_config,
    root_module: {
      outputs: picked(root_module.outputs ?? {}, outputs),
      resources,
      ...(root_module.module_calls && { module_calls: root_module.module_calls }),
    },
  };
}

function picked(values: Block, names: readonly string[]): Block {
  return Object.fromEntries(names.flatMap((name) => (values?.[name] === undefined ? [] : [[name, values[name]]])));
}

/** Ids and secrets that come out differently each time, written as if they did not. */
export function withoutChance(json: Block): Block {
  const text = JSON.stringify(json);
  const chance: ReadonlyArray<readonly [pattern: RegExp, value: string]> = [
    [/"client_secret":"([^"]+)"/g, "the-secret-of-the-client-number-"],
    [/\b(eu-west-1_(?!Vanished1|Another01|OldPool01)\w+)/g, "eu-west-1_Example0"],
    [/client_id=(\w+)/g, "1example2345678"],
    [/"type":"aws_cognito_user_pool_client"[^{]*"change":\{[^{]*"before":\{[^{]*?"id":"(\w+)"/g, "1example2345678"],
    [/"type":"aws_cognito_user_pool_client","values":\{"id":"(\w+)"/g, "1example2345678"],
    [/"(?:creation_date|last_modified_date|last_modified|create_date)":"([^"]+)"/g, "2026-01-01T00:00:0"],
  ];
  const replaced = chance.reduce((changed, [pattern, value]) => {
    const found = new Set([...changed.matchAll(pattern)].map(([, one]) => one ?? ""));
    return [...found].reduce((rest, one, index) => {
      return one.startsWith(value) ? rest : withoutOne(rest, one, `${value}${index + 1}`);
    }, changed);
  }, text);
  return JSON.parse(replaced);
}

/** Also where a scenario writes it in Base64. */
function withoutOne(text: string, one: string, value: string): string {
  const encoded = (secret: string) => Buffer.from(`x:${secret}`).toString("base64");
  return text.replaceAll(one, value).replaceAll(encoded(one), encoded(value));
}

/** JSON with a line for each resource, so that a difference of two fits on a screen. */
export function lines(json: Block): string {
  const list = (values: readonly unknown[]) =>
    values.length === 0 ? "[]" : `[\n${values.map((value) => JSON.stringify(value)).join(",\n")}\n]`;
  const resources = (module: Block): string => {
    const { resources: all = [], ...rest } = module;
    return `{"resources": ${list(all)}${Object.entries(rest)
      .map(([key, value]) => `,\n"${key}": ${JSON.stringify(value)}`)
      .join("")}}`;
  };
  const entries = Object.entries(json)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => {
      if (Array.isArray(value)) return `"${key}": ${list(value)}`;
      if (key === "prior_state" && value.values?.root_module && !value.terraform_version) {
        return `"prior_state": {"values": {"outputs": ${JSON.stringify(value.values.outputs)},\n"root_module": ${resources(value.values.root_module)}}}`;
      }
      if (key === "configuration") {
        return `"configuration": {"provider_config": ${JSON.stringify(value.provider_config)},\n"root_module": ${resources(value.root_module)}}`;
      }
      return `"${key}": ${JSON.stringify(value)}`;
    });
  return `{\n${entries.join(",\n")}\n}\n`;
}
