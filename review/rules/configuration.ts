import { isProvider, PROVIDERS } from "../config/providers";
import { templateOf } from "../configuration";
import { isList, isObject, type Json } from "../json";
import type { Plan } from "../plan";
import { CERTIFICATES } from "../types/certificate";
import { at, listed, quoted, type Value } from "../value";
import type { Located } from "./rule";

/** What a provisioner runs is in the configuration only: no attribute of any resource shows it. */
export function provisioners({ configuration }: Plan): Located[] {
  return (configuration?.resources ?? []).flatMap(({ address, provisioners }) =>
    provisioners.map(({ type, expressions }) => {
      const command = ["command", "inline", "script", "scripts", "source", "content"]
        .map((name) => at(expressions, name))
        .map((expression) => templateOf(expression) ?? at(expression, "constant_value"))
        .find((value) => value !== undefined);
      const where =
        type === "local-exec" ? "on the machine that applies the plan, with its credentials" : "on another machine";
      return {
        address,
        rule: "provisioner",
        why: `The provisioner ${quoted(type)} runs ${command === undefined ? "a command that the plan does not show" : quoted(command)} ${where}.`,
      };
    }),
  );
}

export function modules({ configuration }: Plan): Located[] {
  return (configuration?.modules ?? []).map(({ address, source }) => ({
    address,
    rule: "module",
    why: `This project calls no module. ${quoted(source)} can make anything, and another version of it something else.`,
  }));
}

/** A block that checks something reads data of its own, which the plan does not show. */
export function checks({ checks: all }: Plan): Located[] {
  return all
    .filter(({ kind }) => !["var", "resource", "output_value"].includes(kind))
    .map(({ address }) => ({
      address,
      rule: "not-described",
      why: "This project has no such check, and what it reads is not in the plan.",
    }));
}

/** What the provider is told that changes nothing about where it works, with which credentials and through which host. */
const HARMLESS = [
  ...["region", "default_tags", "allowed_account_ids", "forbidden_account_ids", "max_retries", "retry_mode"],
  // Refusals that are left out: a wrong account or credentials then fail at the first call.
  ...["skip_credentials_validation", "skip_metadata_api_check", "skip_requesting_account_id", "skip_region_validation"],
  ...["s3_use_path_style", "use_fips_endpoint", "use_dualstack_endpoint", "token_bucket_rate_limiter_capacity"],
];

export function providers({ configuration, state }: Plan): Located[] {
  return (configuration?.providers ?? []).flatMap(({ key, source, expressions }) => {
    const address = `provider.${key}`;
    const here = (why: string): Located => ({ address, rule: "provider", why });
    // A provider of a module has its module in front; the module has a finding of its own.
    const isForCertificates = key === CERTIFICATES.provider;
    const name = isForCertificates ? "aws" : (key.split(":").at(-1) ?? key);
    if (!PROVIDERS.has(name)) {
      const [base = ""] = name.split(".");
      if (PROVIDERS.has(base)) {
        return [
          here(
            "What is made with this alias is made in another Region or account, or with other rights, than the rest.",
          ),
        ];
      }
      const types = (configuration?.resources ?? []).filter(({ provider }) => provider === key).map(({ type }) => type);
      return [
        {
          types,
          ...here(
            `This project does not use the provider ${quoted(source ?? name)}: it runs as a program on the machine that plans, with all credentials.`,
          ),
        },
      ];
    }
    if (source !== undefined && !isProvider(name, source)) {
      return [
        here(`${quoted(source)} is not the provider that this project uses: it can do anything with the credentials.`),
      ];
    }
    const emulated =
      isEmulator(at(expressions, "endpoints")) &&
      EMULATED.every((one) =>
        ["test", "mock_access_key", "mock_secret_key", undefined].includes(
          at(expressions, one, "constant_value") as string,
        ),
      );
    const set = isObject(expressions) ? Object.keys(expressions) : [];
    const others = set.filter(
      (one) => !HARMLESS.includes(one) && !(emulated && [...EMULATED, "endpoints"].includes(one)),
    );
    const region = at(expressions, "region", "constant_value");
    if (isForCertificates && region !== CERTIFICATES.region) {
      return [here(`Certificates of the hosted pages are made in ${CERTIFICATES.region}, nothing else elsewhere.`)];
    }
    const elsewhere =
      typeof region === "string" && !isForCertificates
        ? regionsOf(state.filter(({ mode }) => mode === "managed").map(({ values }) => values)).filter(
            (one) => one !== region,
          )
        : [];
    return [
      ...(others.length === 0
        ? []
        : [
            here(
              `It says ${listed(others)}: Terraform would work with other credentials, in another account, or through another server.`,
            ),
          ]),
      ...(elsewhere.length === 0
        ? []
        : [
            here(
              `The Region would be ${quoted(region)}, and what is deployed is in ${listed([...new Set(elsewhere)])}: everything would be made anew there, and empty.`,
            ),
          ]),
    ];
  });
}

/** Credentials that an emulator takes are none. */
const EMULATED = ["access_key", "secret_key"];

/** Whether all calls go to this machine. */
function isEmulator(endpoints: Value): boolean {
  const values = strings(endpoints);
  return (
    values.length > 0 &&
    values.every((value) => /^https?:\/\/(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?\/?$/.test(value))
  );
}

function strings(value: Value): string[] {
  if (typeof value === "string") return [value];
  if (typeof value === "symbol" || value === undefined) return [];
  if (isList(value)) return value.flatMap(strings);
  return isObject(value) ? Object.values(value).flatMap(strings) : [];
}

/** Regions in the ARNs of pools, functions and tables. */
function regionsOf(values: readonly Json[]): string[] {
  return values.flatMap((one) => {
    const arn = at(one, "arn");
    const [, region] =
      typeof arn === "string" ? (/^arn:[^:]+:(?:cognito-idp|lambda|dynamodb|logs):([\w-]+):/.exec(arn) ?? []) : [];
    return region === undefined ? [] : [region];
  });
}
