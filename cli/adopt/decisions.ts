import { askedFunction } from "../../lambda/functions";
import type { Existing, FoundPool } from "./existing";
import type { Adoption } from "./plan";
import { block, isOfAnother } from "./pool-settings";
import { hasProviderSecret, secretParameter } from "./provider-settings";

interface Place {
  readonly project: string;
  readonly environment: string;
}

/** What a person has to do, or to decide, before the first deployment: a text for each. */
export function decisions(existing: FoundPool, adoption: Adoption, place: Place): string[] {
  const { left } = adoption;
  const { pool, others } = existing;
  const providers = others.filter(({ type }) => type === "aws_cognito_identity_provider");
  return [
    ...otherManager(existing),
    ...preSignUp(existing, adoption, place),
    ...unknownConstraints(pool),
    ...letterCase(pool),
    ...strangeTags(existing, place),
    ...domainsOf(existing, adoption),
    ...providers.filter(({ values }) => hasProviderSecret(values)).map((provider) => secret(provider, place)),
    ...left.map(
      ({ type, id, values }) =>
        `not taken over: ${type} ${id} (${Object.keys(values).join(", ")}), which has no place in the settings. It stays as it is.`,
    ),
  ];
}

/** "DeletionPolicy attribute", CloudFormation user guide: what a stack gives up, it deletes otherwise. */
function otherManager({ cloudFormationStack: stack }: FoundPool): string[] {
  return stack === undefined
    ? []
    : [
        `the CloudFormation stack ${stack} manages the pool, and would change it back, or delete it. Give the pool, its clients, domain and groups DeletionPolicy: Retain there, deploy that, then take them out of its template.`,
      ];
}

function preSignUp({ pool, account }: FoundPool, { settings }: Adoption, { project, environment }: Place): string[] {
  const own = block(pool.values, "lambda_config")?.pre_sign_up;
  if (typeof own !== "string") return [];
  if (askedFunction(settings) !== own) {
    return [
      `not taken over: pre_sign_up ${own}. It is this environment's own function, or cannot be asked by it. If existingPool.preSignUp named a function that it asks, write that one as triggers.preSignUp.functionArn.`,
    ];
  }
  return isOfAnother(own, account)
    ? [
        `pre_sign_up ${own} is a function of another account, and this project's function asks it from now on: its owner has to let the role ${project}-${environment}-pre-sign-up of the account ${account} call it (aws lambda add-permission).`,
      ]
    : [];
}

/** A state does not say the constraints of an attribute whose configuration says none: the provider leaves them out, and reads them at an import. */
function unknownConstraints({ values, from }: Existing): string[] {
  const schema = (values.schema ?? []) as ReadonlyArray<Readonly<Record<string, unknown>>>;
  const names = schema
    .filter(({ attribute_data_type: type }) => type === "String" || type === "Number")
    .filter((one) => one.string_attribute_constraints === undefined && one.number_attribute_constraints === undefined)
    .map(({ name }) => name);
  return from === undefined || names.length === 0
    ? []
    : [
        `the state does not say the constraints of ${names.join(", ")}, and a schema that differs cannot be applied: run this with --pool instead of --from, and --overwrite, for adopted/<environment>.ts; the removed blocks of this run stay.`,
      ];
}

/** "CaseSensitive" of UsernameConfigurationType, Cognito API reference: it cannot be changed, and is true where nothing was said. */
function letterCase({ values }: Existing): string[] {
  const configuration = block(values, "username_configuration");
  return configuration?.case_sensitive === false
    ? []
    : [
        "the pool takes Ana and ana for two usernames, and that cannot be changed. The function refuses such a sign-up once the accounts are known to it: look for duplicates (npm run users -- audit), then make the reservations (npm run reservations -- backfill).",
      ];
}

/** The review takes a pool with another project's tag for that project's. */
function strangeTags({ pool, poolId }: FoundPool, { project, environment }: Place): string[] {
  const tags = (pool.values.tags ?? {}) as Readonly<Record<string, string>>;
  return Object.entries({ project, environment }).flatMap(([key, own]) =>
    tags[key] === undefined || tags[key] === own
      ? []
      : [
          `the pool has the tag ${key}=${tags[key]}, not ${own}: the review blocks a plan that takes over what is another ${key}'s. Take the tag away: aws cognito-idp untag-resource --resource-arn <ARN of ${poolId}> --tag-keys ${key}`,
        ],
  );
}

/** A pool has one prefix domain: the environment's is that one, whatever says it. */
function domainsOf({ pool, others }: FoundPool, { taken }: Adoption): string[] {
  const refused = taken.flatMap(({ keep }) => (typeof keep.domain === "string" ? [keep.domain] : []));
  const elsewhere = others.filter(
    ({ type, from }) => type === "aws_cognito_user_pool_domain" && pool.from !== undefined && from === undefined,
  );
  return [
    ...refused.map(
      (domain) =>
        `the prefix domain ${domain} is refused as domainPrefix (the reason is above), and stays as adopted.keep has it. If another environment has this prefix, give that one another domainPrefix: two environments must not manage one domain.`,
    ),
    ...elsewhere.map(
      ({ values }) =>
        `the state has no resource of the pool's prefix domain ${values.domain}: it is taken over by its name, because a pool has one at most. If another module has it in its state, let that module forget it first (terraform state rm).`,
    ),
  ];
}

function secret({ values }: Existing, { project, environment }: Place): string {
  const name = String(values.provider_name);
  const parameter = secretParameter(project, environment, name);
  return `the secret of the identity provider ${name} is neither read nor written: store it where identityProviders says (aws ssm put-parameter --type SecureString --name ${parameter} --value …).`;
}
