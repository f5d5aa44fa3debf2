import { isProvider } from "../config/providers";
import { type Configuration, configuredAs } from "../configuration";
import type { Json } from "../json";
import { isChanging, type Plan, type ResourceChange } from "../plan";
import { resourceType } from "../types/all";
import { CERTIFICATE_TYPES, CERTIFICATES } from "../types/certificate";
import { DATA_SOURCES, type DataSource } from "../types/data";
import { at, listed, quoted } from "../value";
import type { Located } from "./rule";

/** What types do that are not this project's, as far as it is known. */
const KNOWN: ReadonlyArray<readonly [type: RegExp, why: string]> = [
  [
    /^aws_lambda_function_url$/,
    "Callers on the internet could run the function, and read from its answers which users have an account.",
  ],
  [
    /^aws_lambda_(?:layer_version|alias|provisioned|event_source)/,
    "Other code, or another version, could run as the function, or it be called by others.",
  ],
  [
    /^aws_dynamodb_resource_policy$/,
    "Others could read or write the reservations: identifiers that are taken become free.",
  ],
  [
    /^aws_dynamodb_(?:table_item|kinesis|table_replica|table_export)/,
    "Reservations would be written, copied or sent elsewhere past the function.",
  ],
  [
    /^aws_cognito_(?:user|user_group|user_in_group)$/,
    "Accounts or rights of accounts would be made past the sign-up, and passwords be in the state.",
  ],
  [/^aws_cognito_risk_configuration$/, "How Cognito stops risky sign-ins would change."],
  [/^aws_cognito_/, "How users sign in could change."],
  [/^aws_iam_/, "Others could get rights in this account."],
  [/^aws_s3_/, "Others could read the state, and in it the secret of every app client."],
  [
    /^aws_secretsmanager_|^aws_ssm_parameter$/,
    "What is stored there is in the state as well, and could be a secret of this plan.",
  ],
  [/^(?:null_resource|terraform_data)$/, "It can run commands, and holds values of other resources in the state."],
  [
    /^(?:http|external|local_|tls_|random_)/,
    "It runs programs, reads files or asks servers while the plan is made or applied.",
  ],
];

export function unknownTypes(plan: Plan): Located[] {
  return plan.resources.filter(isChanging).flatMap((change) => {
    const { address, type, mode, provider, unread } = change;
    return [
      ...(mode === "managed" && resourceType(type) === undefined ? [unknownType(address, type)] : []),
      ...(mode !== "managed" && mode !== "data"
        ? [
            {
              address,
              rule: "not-described",
              why: `It is a resource of the kind ${quoted(mode)}, which this review does not know.`,
            },
          ]
        : []),
      ...(provider !== undefined && resourceType(type) !== undefined && !isProvider("aws", provider)
        ? [
            {
              address,
              rule: "provider",
              why: `${quoted(provider)} would make it, which is not the provider of that name: it can do anything with the credentials.`,
            },
          ]
        : []),
      ...(unread.length === 0
        ? []
        : [
            {
              address,
              rule: "not-described",
              why: `The plan says ${listed(unread)} of it, which this review does not know.`,
            },
          ]),
      ...otherProvider(plan, change),
    ];
  });
}

function unknownType(address: string, type: string): Located {
  return { address, types: [type], rule: "unknown-type", why: `The review does not know ${type}. ${what(type)}` };
}

function what(type: string): string {
  const [, why] = KNOWN.find(([pattern]) => pattern.test(type)) ?? [];
  return why ?? "What it does to users is not known here.";
}

function otherProvider({ configuration }: Plan, { address, type }: ResourceChange): Located[] {
  // Its type has a finding already, and its provider another.
  if (resourceType(type) === undefined) return [];
  const { provider } = configuredAs(configuration, address) ?? {};
  const isOwn = provider === CERTIFICATES.provider && CERTIFICATE_TYPES.includes(type);
  return isOwn || provider === undefined || /(?:^|:)(?:aws|archive)$/.test(provider)
    ? []
    : [
        {
          address,
          rule: "provider",
          why: `It would be made with the provider ${quoted(provider)}: in another Region or account than the rest.`,
        },
      ];
}

/** Data sources that the stacks do not have, or not with these arguments: they are read while the plan is made. */
export function unknownData({ configuration, state }: Plan): Located[] {
  return (configuration?.resources ?? []).flatMap(({ address, mode, type, expressions }) => {
    if (mode === "managed") return [];
    if (mode !== "data") {
      return [
        {
          address,
          types: [type],
          rule: "unknown-type",
          why: `A resource of the kind ${quoted(mode)} runs whenever a plan is made or applied. ${what(type)}`,
        },
      ];
    }
    const described = DATA_SOURCES.filter((source) => source.type === type);
    const [first] = described;
    if (first === undefined)
      return [{ address, types: [type], rule: "unknown-type", why: `This project reads no ${type}. ${what(type)}` }];
    const answered = state.find((data) => data.address === address)?.values;
    const wrong = described.map((source) => wrongOf(source, { address, expressions, answered, configuration }));
    return wrong.some((names) => names.length === 0)
      ? []
      : [{ address, rule: "data-source", why: `${first.why} It says ${listed(wrong[0] ?? [])}.` }];
  });
}

interface Read {
  readonly address: string;
  readonly expressions: Json | undefined;
  readonly answered: Json | undefined;
  readonly configuration: Configuration | undefined;
}

/** The arguments of a data source that make it another than the described one. */
function wrongOf(source: DataSource, { address, expressions, answered, configuration }: Read): string[] {
  const names = Object.keys(expressions ?? {});
  const wrong = names.filter((name) => {
    const pattern = Object.hasOwn(source.arguments, name) ? source.arguments[name] : undefined;
    const value = at(expressions, name, "constant_value") ?? at(answered, name);
    const text = typeof value === "string" ? value : JSON.stringify(value ?? at(expressions, name) ?? null);
    return pattern === undefined || !pattern.test(text);
  });
  if (wrong.length > 0) return wrong;
  const isConsistent = answered === undefined || source.isConsistent?.(answered) !== false;
  return isConsistent && source.isUsedRightly?.(address, configuration) !== false ? [] : names;
}
