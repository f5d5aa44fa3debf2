import { toVariables } from "../lambda/pre-sign-up/options";
import { toVariables as migrationVariables } from "../lambda/user-migration/options";
import type { Environment, Project } from "./environment";
import { ENVIRONMENT_VARIABLES_LONGEST, FUNCTION_NAME_LONGEST, TAGS } from "./limits";
import { problem } from "./problems";
import { partitionOf } from "./regions";
import { domainPrefixSchema, type ProjectSettings } from "./schema";

/** What fields must not be together, although each of them is allowed: a line for each problem. */
export function conflicts(project: Project, written: ProjectSettings): string[] {
  return [
    ...defaultPrefixes(project, written),
    ...sharedPrefixes(project),
    ...sharedBuckets(project),
    ...project.environments.flatMap((environment) => [
      ...functionNames(environment),
      ...mergedTags(environment, written),
      ...arnsElsewhere(environment),
      ...environmentVariables(environment),
      ...excludingFields(environment, written),
      ...linkedProviders(environment),
    ]),
    ...stateKeysElsewhere(project),
  ];
}

/** A prefix that is made of project and environment can break the same rules as one that was written. */
function defaultPrefixes({ name: project, environments }: Project, written: ProjectSettings): string[] {
  const problems = environments.flatMap(({ name, domainPrefix }) => {
    if (written.environments[name]?.domainPrefix !== undefined) return [];
    const [issue] = domainPrefixSchema.safeParse(domainPrefix).error?.issues ?? [];
    return issue ? [{ name, domainPrefix, allowed: issue.message }] : [];
  });
  const [first] = problems;
  if (!first) return [];
  const { name, domainPrefix, allowed } = first;
  const advice = `the hosted domain's prefix is made of it (${JSON.stringify(domainPrefix)}), or set domainPrefix of`;
  // The project's name is to blame where it breaks the rule in every environment.
  if (problems.length === environments.length && !domainPrefixSchema.safeParse(project).success) {
    return [problem(["project"], project, `${allowed}, since ${advice} every environment`)];
  }
  return problems.map((each) =>
    problem(["environments", each.name], each.name, `${each.allowed}, since ${advice} ${JSON.stringify(name)}`),
  );
}

function sharedPrefixes({ environments }: Project): string[] {
  return environments.flatMap(({ name, region, domainPrefix }, index) => {
    const other = environments.slice(0, index).find((e) => e.region === region && e.domainPrefix === domainPrefix);
    if (!other) return [];
    const allowed = `a prefix that ${JSON.stringify(other.name)} does not use`;
    return [problem(["environments", name, "domainPrefix"], domainPrefix, allowed)];
  });
}

/** Two environments with one bucket of their own would each make it. */
function sharedBuckets({ environments }: Project): string[] {
  return environments.flatMap(({ name, state }, index) => {
    const other = environments
      .slice(0, index)
      .find((e) => e.state.bucket === state.bucket && e.state.stack !== state.stack);
    if (!other) return [];
    const allowed = `a bucket that ${JSON.stringify(other.name)} does not call its own, or the project's`;
    return [problem(["environments", name, "state", "bucket"], state.bucket, allowed)];
  });
}

function functionNames({ project, name, migrateFrom }: Environment): string[] {
  const functionName = `${project}-${name}-user-migration`;
  const excess = functionName.length - FUNCTION_NAME_LONGEST;
  if (!migrateFrom || excess <= 0) return [];
  const allowed = `a function name of at most ${FUNCTION_NAME_LONGEST} characters: with migrateFrom, shorten the names of project and environment by ${excess} together`;
  return [problem(["environments", name], functionName, allowed)];
}

/** Environment's and project's tags together, as every resource gets them. IAM does not tell tag keys apart by letter case. */
function mergedTags({ name, tags }: Environment, { environments }: ProjectSettings): string[] {
  const path = environments[name]?.tags ? ["environments", name, "tags"] : ["tags"];
  const keys = Object.keys(tags);
  const twice = keys.find((key, index) => keys.findIndex((other) => sameTag(key, other)) !== index);
  return [
    ...(keys.length > TAGS.most
      ? [problem(path, keys.length, `at most ${TAGS.most} tags, those of the project included`)]
      : []),
    ...(twice === undefined
      ? []
      : [problem([...path, twice], tags[twice], "tag keys that differ by more than letter case (IAM ignores it)")]),
  ];
}

const sameTag = (one: string, other: string) => one.toLowerCase() === other.toLowerCase();

/** A function, table, log group or alarm takes keys and topics of its own Region only; a role is of a partition. */
function arnsElsewhere({ name, region, kmsKeyArn, alarmTopicArn, migrateFrom }: Environment): string[] {
  const of = (field: string, arn: string | undefined, what: string) =>
    arn !== undefined && !isOf(arn, region)
      ? [problem(["environments", name, ...field.split(".")], arn, `${what} ${region}`)]
      : [];
  return [
    ...of("kmsKeyArn", kmsKeyArn, "a key of the environment's Region,"),
    ...of("alarmTopicArn", alarmTopicArn, "a topic of the environment's Region,"),
    ...of("migrateFrom.roleArn", migrateFrom?.roleArn, "a role of the partition of"),
  ];
}

function stateKeysElsewhere({ stateBuckets }: Project): string[] {
  return stateBuckets.flatMap(({ stack, region, kmsKeyArn }) => {
    if (kmsKeyArn === undefined || isOf(kmsKeyArn, region)) return [];
    const environment = stack.replace(/^state-?/, "");
    const path = environment === "" ? ["state", "kmsKeyArn"] : ["environments", environment, "state", "kmsKeyArn"];
    return [problem(path, kmsKeyArn, `a key of the bucket's Region, ${region}`)];
  });
}

/** Whether an ARN is of a Region and its partition; one without a Region, of its partition. */
function isOf(arn: string, region: string): boolean {
  const [, partition, , arnRegion] = arn.split(":");
  return partition === partitionOf(region) && (arnRegion === "" || arnRegion === region);
}

/** What is longest among the settings that become environment variables has to become shorter. */
function environmentVariables(environment: Environment): string[] {
  const { name, project, migrateFrom, messages, identityProviders } = environment;
  const reservationsTable = `${project}-${name}-reservations`;
  const signUp = toVariables({ ...environment, reservationsTable });
  const longest = size(messages) >= size(identityProviders) ? { messages } : { identityProviders };
  return [
    ...tooLong(name, signUp, longest),
    ...(migrateFrom
      ? tooLong(name, migrationVariables({ ...environment, migrateFrom, reservationsTable }), { migrateFrom })
      : []),
  ];
}

function tooLong(name: string, variables: Readonly<Record<string, string>>, setting: object): string[] {
  const excess = size(variables) - ENVIRONMENT_VARIABLES_LONGEST;
  const [[field, value] = []] = Object.entries(setting);
  if (excess <= 0 || field === undefined) return [];
  const allowed = `${excess} bytes less, because all environment variables of a function have ${ENVIRONMENT_VARIABLES_LONGEST} bytes together`;
  return [problem(["environments", name, field], value, allowed)];
}

/** Bytes, as Lambda counts environment variables. */
function size(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value));
}

/** Which of two fields counts would not be seen where both say the same thing. */
function excludingFields({ name }: Environment, { environments }: ProjectSettings): string[] {
  const { applicationUrls, callbackUrls, logoutUrls } = environments[name] ?? {};
  if (!applicationUrls || !(callbackUrls || logoutUrls)) return [];
  const allowed = "either applicationUrls, or callbackUrls and logoutUrls, which it stands for";
  return [problem(["environments", name, "applicationUrls"], applicationUrls, allowed)];
}

function linkedProviders({ name, federated, identityProviders }: Environment): string[] {
  if (federated !== "link" || identityProviders.length > 0) return [];
  const allowed = "link only beside the identityProviders whose identities are linked; or refuse, allow";
  return [problem(["environments", name, "federated"], federated, allowed)];
}
