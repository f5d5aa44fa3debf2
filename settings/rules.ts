import { deployedFunctions, TRIGGERS } from "../lambda/functions";
import { FUNCTION_NAME_LONGEST } from "../modules/bundled-function/settings";
import { identityPoolClientProblems, identityPoolProblems, OWN_CLIENT } from "../modules/identity-pool/settings";
import { attributesByProvider } from "../modules/identity-provider/rules";
import { offeredProviders, providerNames } from "../modules/identity-provider/settings";
import { scopesOfServer } from "../modules/resource-server/settings";
import { type Problem, within } from "../modules/setting/problems";
import { regionProblems } from "../modules/setting/regions";
import { MOST_TAGS, providersSettings } from "../modules/terraform/settings";
import { hasCustomAuth } from "../modules/trigger-function/settings";
import { hostedPagesProblems } from "../modules/unique-user-pool/hosted-pages";
import { uniqueUserPoolProblems, unusedProblems } from "../modules/unique-user-pool/settings";
import { customAttributeNames, requiredAttributes } from "../modules/user-pool/attributes";
import { signInAttributes } from "../modules/user-pool/sign-in-names";
import { hasUsers } from "../modules/user-pool-client/has-users";
import { userPoolClientProblems } from "../modules/user-pool-client/settings";
import { userPoolDomainSettings } from "../modules/user-pool-domain/settings";
import type { Environment, Project } from "./environment";
import type { ProjectSettings } from "./schema";

const domainPrefixes = userPoolDomainSettings.domainPrefix.schema;

/** What fields must not be together, although each of them is allowed: a problem for each. */
export function conflicts(project: Project, written: ProjectSettings): Problem[] {
  const withPool = project.environments.filter(({ existingPool }) => existingPool === undefined);
  const making = { ...project, environments: withPool };
  return [
    ...defaultPrefixes(making, written),
    ...sharedPrefixes(making),
    ...sharedDomains(making),
    ...sharedPools(project),
    ...sharedBuckets(project),
    ...project.environments.flatMap((environment) => [
      ...functionNames(environment),
      ...mergedTags(environment, written),
      ...moduleProblems(environment),
      ...(environment.existingPool
        ? besideExistingPool(environment, written)
        : [
            ...clientProblems(environment),
            ...customAuth(environment),
            ...identityPoolsProblems(environment),
            ...excludingFields(environment, written),
          ]),
    ]),
    ...stateKeysElsewhere(project),
  ];
}

/** What an environment has beside the settings of its pool and of the pool's clients. */
const AROUND_POOL = ["production", "region", "state", "customize", ...Object.keys(providersSettings)];

function besideExistingPool({ name }: Environment, { environments }: ProjectSettings): Problem[] {
  return within(["environments", name], unusedProblems(environments[name] ?? {}, AROUND_POOL));
}

/** A pool calls one function before a sign-up. */
function sharedPools({ environments }: Project): Problem[] {
  return environments.flatMap(({ name, existingPool }, index) => {
    const isSame = (other: Environment) => existingPool && other.existingPool?.userPoolId === existingPool.userPoolId;
    const other = environments.slice(0, index).find(isSame);
    if (!other || !existingPool) return [];
    const allowed = `a pool that ${JSON.stringify(other.name)} does not protect: a pool calls one function before a sign-up`;
    return [problem(["environments", name, "existingPool", "userPoolId"], existingPool.userPoolId, allowed)];
  });
}

/** A prefix that is made of project and environment can break the same rules as one that was written. */
function defaultPrefixes({ name: project, environments }: Project, written: ProjectSettings): Problem[] {
  const problems = environments.flatMap(({ name, domainPrefix }) => {
    if (written.environments[name]?.domainPrefix !== undefined) return [];
    const [issue] = domainPrefixes.safeParse(domainPrefix).error?.issues ?? [];
    return issue ? [{ name, domainPrefix, allowed: issue.message }] : [];
  });
  const [first] = problems;
  if (!first) return [];
  const { name, domainPrefix, allowed } = first;
  const advice = `the hosted domain's prefix is made of it (${JSON.stringify(domainPrefix)}), or set domainPrefix of`;
  // The project's name is to blame where it breaks the rule in every environment.
  if (problems.length === environments.length && !domainPrefixes.safeParse(project).success) {
    return [problem(["project"], project, `${allowed}, since ${advice} every environment`)];
  }
  return problems.map((each) =>
    problem(["environments", each.name], each.name, `${each.allowed}, since ${advice} ${JSON.stringify(name)}`),
  );
}

function sharedPrefixes({ environments }: Project): Problem[] {
  return environments.flatMap(({ name, region, domainPrefix }, index) => {
    const other = environments.slice(0, index).find((e) => e.region === region && e.domainPrefix === domainPrefix);
    if (!other) return [];
    const allowed = `a prefix that ${JSON.stringify(other.name)} does not use`;
    return [problem(["environments", name, "domainPrefix"], domainPrefix, allowed)];
  });
}

/** Cognito serves a custom domain from CloudFront, where a name is there once. */
function sharedDomains({ environments }: Project): Problem[] {
  return environments.flatMap(({ name, customDomain }, index) => {
    const other = environments.slice(0, index).find((e) => customDomain && e.customDomain?.name === customDomain.name);
    if (!other || !customDomain) return [];
    const allowed = `a domain that ${JSON.stringify(other.name)} does not use`;
    return [problem(["environments", name, "customDomain", "name"], customDomain.name, allowed)];
  });
}

/** Two environments with one bucket of their own would each make it. */
function sharedBuckets({ environments }: Project): Problem[] {
  return environments.flatMap(({ name, state }, index) => {
    const other = environments
      .slice(0, index)
      .find((e) => e.state.bucket === state.bucket && e.state.stack !== state.stack);
    if (!other) return [];
    const allowed = `a bucket that ${JSON.stringify(other.name)} does not call its own, or the project's`;
    return [problem(["environments", name, "state", "bucket"], state.bucket, allowed)];
  });
}

/** Of the function with the longest name. */
function functionNames(environment: Environment): Problem[] {
  const { project, name, migrateFrom } = environment;
  const [longest] = deployedFunctions(environment)
    .map(({ trigger }) => ({ trigger, functionName: `${project}-${name}-${TRIGGERS[trigger]}` }))
    .sort((one, other) => other.functionName.length - one.functionName.length);
  const excess = (longest?.functionName.length ?? 0) - FUNCTION_NAME_LONGEST;
  if (!longest || excess <= 0) return [];
  const { trigger, functionName } = longest;
  const cause = trigger === "userMigration" && migrateFrom ? "migrateFrom" : trigger;
  const allowed = `a function name of at most ${FUNCTION_NAME_LONGEST} characters: with ${cause}, shorten the names of project and environment by ${excess} together`;
  return [problem(["environments", name], functionName, allowed)];
}

/** Custom authentication needs its triggers and a client's flow; `customize` may add either. */
function customAuth(environment: Environment): Problem[] {
  const { name, authFlows, clients, customize } = environment;
  if (customize) return [];
  const path = ["environments", name];
  const flows = [
    { path: [...path, "authFlows"], authFlows },
    ...Object.entries(clients).map(([client, own]) => ({ path: [...path, "clients", client, "authFlows"], ...own })),
  ].filter((client) => client.authFlows?.includes("ALLOW_CUSTOM_AUTH"));
  if (!hasCustomAuth(environment)) {
    const allowed = "ALLOW_CUSTOM_AUTH only with triggers that make and check the challenges";
    return flows.map((client) => problem(client.path, client.authFlows, allowed));
  }
  const allowed = "triggers of custom authentication only with a client whose authFlows have ALLOW_CUSTOM_AUTH";
  return flows.length > 0 ? [] : [problem([...path, "triggers"], Object.keys(environment.triggers ?? {}), allowed)];
}

/** Environment's and project's tags together, as every resource gets them. IAM does not tell tag keys apart by letter case. */
function mergedTags({ name, tags }: Environment, { environments }: ProjectSettings): Problem[] {
  const path = environments[name]?.tags ? ["environments", name, "tags"] : ["tags"];
  const keys = Object.keys(tags);
  const twice = keys.find((key, index) => keys.findIndex((other) => sameTag(key, other)) !== index);
  return [
    ...(keys.length > MOST_TAGS
      ? [problem(path, keys.length, `at most ${MOST_TAGS} tags, those of the project included`)]
      : []),
    ...(twice === undefined
      ? []
      : [problem([...path, twice], tags[twice], "tag keys that differ by more than letter case (IAM ignores it)")]),
  ];
}

const sameTag = (one: string, other: string) => one.toLowerCase() === other.toLowerCase();

/** What the modules refuse of an environment's settings together. */
function moduleProblems({ project, ...environment }: Environment): Problem[] {
  const place = { name: `${project}-${environment.name}`, region: environment.region };
  return within(
    ["environments", environment.name],
    [
      ...uniqueUserPoolProblems(environment, place),
      ...(environment.existingPool ? [] : hostedPagesProblems(environment, environment)),
    ],
  );
}

/** What is wrong with the app clients, the environment's own and those of `clients`. */
function clientProblems(environment: Environment): Problem[] {
  const { name, clients, resourceServers = {}, poolTier } = environment;
  const identityProviders = providerNames(environment.identityProviders);
  const required = requiredAttributes(environment);
  const pool = {
    signInAttributes: signInAttributes(environment),
    requiredAttributes: required,
    customAttributes: customAttributeNames(environment),
    scopes: Object.entries(resourceServers).flatMap(([server, settings]) => scopesOfServer(server, settings)),
    identityProviders,
    mappedAttributes: attributesByProvider(environment.identityProviders, { requiredAttributes: required }),
    poolTier,
  };
  const own = userPoolClientProblems({ ...environment, identityProviders: offeredProviders(environment) }, pool);
  const names = Object.keys(clients);
  const clashes = names.flatMap((client, index) => {
    const other = names.slice(0, index).find((one) => one.replaceAll("-", "") === client.replaceAll("-", ""));
    if (other === undefined) return [];
    const allowed = `a name that differs from ${JSON.stringify(other)} by more than hyphens: outputs are named after it`;
    return [problem(["clients", client], client, allowed)];
  });
  const others = Object.entries(clients).flatMap(([client, settings]) =>
    within(["clients", client], userPoolClientProblems(settings, pool)),
  );
  return within(["environments", name], [...own, ...clashes, ...others]);
}

/** What is wrong with the identity pool. */
function identityPoolsProblems(environment: Environment): Problem[] {
  const { project, name, region, identityPool, clients } = environment;
  if (!identityPool) return [];
  const roleName = `${project}-${name}-authenticated`;
  const excess = roleName.length - FUNCTION_NAME_LONGEST;
  const allowed = `a role name of at most ${FUNCTION_NAME_LONGEST} characters: with identityPool, shorten the names of project and environment by ${excess} together`;
  return within(
    ["environments", name],
    [
      ...(excess > 0 ? [{ path: [], value: roleName, allowed }] : []),
      ...within(["identityPool"], identityPoolProblems(identityPool, region, customAttributeNames(environment))),
      ...identityPoolClientProblems(identityPool.clients, { [OWN_CLIENT]: environment, ...clients }),
    ],
  );
}

function stateKeysElsewhere({ stateBuckets }: Project): Problem[] {
  return stateBuckets.flatMap(({ stack, region, kmsKeyArn }) => {
    const environment = stack.replace(/^state-?/, "");
    const path = environment === "" ? ["state", "kmsKeyArn"] : ["environments", environment, "state", "kmsKeyArn"];
    return regionProblems(path, kmsKeyArn, region, `a key of the bucket's Region, ${region}`);
  });
}

/** applicationUrls beside what it stands for would be used in part only. */
function excludingFields({ name }: Environment, { environments }: ProjectSettings): Problem[] {
  const { applicationUrls, callbackUrls, logoutUrls, clientType } = environments[name] ?? {};
  if (applicationUrls && clientType && !hasUsers({ clientType })) {
    const allowed = "nothing with clientType machine, which signs no user in";
    return [problem(["environments", name, "applicationUrls"], applicationUrls, allowed)];
  }
  if (!applicationUrls || !(callbackUrls || logoutUrls)) return [];
  const allowed = "either applicationUrls, or callbackUrls and logoutUrls, which it stands for";
  return [problem(["environments", name, "applicationUrls"], applicationUrls, allowed)];
}

function problem(path: readonly PropertyKey[], value: unknown, allowed: string): Problem {
  return { path, value, allowed };
}
