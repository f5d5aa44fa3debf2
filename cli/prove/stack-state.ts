import { Failure } from "../failure";
import { type Outputs, outputValue } from "../output";

/** "Values Representation", JSON output format of Terraform, as far as it is read here. */
export interface ShownState {
  readonly values?: {
    readonly outputs?: Outputs;
    readonly root_module?: {
      readonly resources?: ReadonlyArray<{
        readonly address: string;
        readonly type: string;
        readonly values: Readonly<Record<string, unknown>>;
      }>;
    };
  };
}

/** What a stack has deployed, by its state. */
export interface Stack {
  readonly outputs: Outputs;
  readonly function: {
    readonly arn: string;
    readonly role: string;
    readonly logGroup: string;
    readonly codeSha256: string;
    readonly variables: Readonly<Record<string, string>>;
  };
  /** Documents of the role's policies, by their names. */
  readonly policies: ReadonlyMap<string, unknown>;
  readonly tableName: string | undefined;
  /** Names of the function's alarms. */
  readonly alarms: readonly string[];
}

/** Reads what `terraform show -json` prints. Throws a {@link Failure} where nothing is deployed. */
export function stackOf(state: ShownState): Stack {
  const resources = state.values?.root_module?.resources ?? [];
  const found = resources.find(({ address }) => address === "aws_lambda_function.pre_sign_up")?.values;
  if (!found) throw new Failure("There is no function in the state: deploy the environment first.");
  const outputs = state.values?.outputs ?? {};
  const role = String(found.role).split("/").at(-1) ?? "";
  const name = String(found.function_name);
  const [logging] = (found.logging_config ?? []) as ReadonlyArray<{ readonly log_group?: string }>;
  const [environment] = (found.environment ?? []) as ReadonlyArray<{ readonly variables?: Record<string, string> }>;
  const ofType = (type: string) => resources.filter((resource) => resource.type === type).map(({ values }) => values);
  return {
    outputs,
    function: {
      arn: String(found.arn),
      role,
      logGroup: logging?.log_group || `/aws/lambda/${name}`,
      codeSha256: String(found.source_code_hash),
      variables: environment?.variables ?? {},
    },
    policies: new Map(
      ofType("aws_iam_role_policy")
        .filter((policy) => policy.role === role)
        .map(({ name, policy }) => [String(name), JSON.parse(String(policy))]),
    ),
    tableName: outputs.ReservationsTable && outputValue(outputs, "ReservationsTable"),
    alarms: ofType("aws_cloudwatch_metric_alarm")
      .map(({ alarm_name }) => String(alarm_name))
      .filter((alarm) => alarm.startsWith(name)),
  };
}
