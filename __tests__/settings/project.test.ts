import { MESSAGES } from "../../lambda/trigger/messages";
import { SettingsError } from "../../settings/problems";
import { type Environment, loadProject } from "../../settings/project";
import type { EnvironmentSettings, ProjectSettings } from "../../settings/schema";

const minimal: ProjectSettings = {
  project: "acme",
  region: "eu-west-1",
  environments: { dev: {}, staging: {}, prod: {} },
};

function environment(name: string, settings: EnvironmentSettings = {}): Environment {
  const project = loadProject({ ...minimal, environments: { ...minimal.environments, [name]: settings } });
  const found = project.environments.find((candidate) => candidate.name === name);
  if (!found) throw new Error(`no environment ${name}`);
  return found;
}

describe("defaults", () => {
  it("are the baseline's, by environment", () => {
    expect(environment("prod")).toMatchObject({
      selfSignUp: true,
      deletionProtection: true,
      logLevel: "INFO",
      logRetentionDays: 365,
    });
    for (const name of ["dev", "staging", "qa"]) {
      expect(environment(name)).toMatchObject({
        selfSignUp: false,
        deletionProtection: false,
        logLevel: "DEBUG",
        logRetentionDays: 1,
      });
    }
  });

  it("are complete", () => {
    expect(environment("dev")).toMatchObject({
      project: "acme",
      name: "dev",
      region: "eu-west-1",
      production: false,
      selfSignUp: false,
      deletionProtection: false,
      callbackUrls: ["http://localhost:3000/auth"],
      logoutUrls: ["http://localhost:3000/logout"],
      domainPrefix: "acme-dev-v2",
      poolTier: "ESSENTIALS",
      uniqueness: "reserved",
      federated: "refuse",
      identityProviders: [],
      unconfirmedHoldHours: 24,
      logLevel: "DEBUG",
      logRetentionDays: 1,
      runtime: "nodejs22.x",
      memorySize: 512,
      architecture: "arm64",
      lambdaLayer: false,
      dashboard: false,
      tags: {},
      tracing: true,
      state: { stack: "state", bucket: "acme-terraform-state", region: "eu-west-1" },
    });
  });

  it("follow `production` where the environment has another name", () => {
    expect(environment("live", { production: true })).toMatchObject({ selfSignUp: true, deletionProtection: true });
    expect(environment("prod", { production: false })).toMatchObject({ selfSignUp: false, logRetentionDays: 1 });
  });

  it("give way to what is set, field by field", () => {
    const settings: EnvironmentSettings = {
      region: "us-east-1",
      selfSignUp: true,
      deletionProtection: true,
      domainPrefix: "login-acme",
      poolTier: "PLUS",
      uniqueness: "directory",
      federated: "link",
      identityProviders: ["Google", "OktaEU"],
      messages: { emailTaken: "Taken." },
      unconfirmedHoldHours: 2,
      logLevel: "WARN",
      logRetentionDays: 30,
      runtime: "nodejs24.x",
      memorySize: 1024,
      reservedConcurrency: 20,
      tracing: false,
      architecture: "x86_64",
      lambdaLayer: true,
      dashboard: true,
      alarmTopicArn: "arn:aws:sns:us-east-1:111122223333:on-call",
      kmsKeyArn: "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
      migrateFrom: {
        userPoolId: "us-west-2_OldPool01",
        clientId: "1oldclient",
        roleArn: "arn:aws:iam::111122223333:role/teams/old-pool-reader",
        externalId: "acme:1",
      },
      allowedAccountIds: ["111122223333"],
    };
    expect(environment("dev", settings)).toMatchObject(settings);
  });

  it("of the messages can be neutral about what is registered", () => {
    expect(environment("dev", { messages: "neutral" }).messages).toBe("neutral");
  });

  it("treat a field that is present but undefined as left out", () => {
    expect(environment("dev", { memorySize: undefined }).memorySize).toBe(512);
  });

  it("make callbacks and logouts of every application URL, with or without a slash at its end", () => {
    expect(environment("dev", { applicationUrls: ["https://a.example", "https://b.example/app/"] })).toMatchObject({
      callbackUrls: ["https://a.example/auth", "https://b.example/app/auth"],
      logoutUrls: ["https://a.example/logout", "https://b.example/app/logout"],
    });
  });

  it("let callbacks and logouts be written out, an app's own scheme included", () => {
    const urls = { callbackUrls: ["acme-app://signed-in", "https://a.example/cb"], logoutUrls: ["acme-app://bye"] };
    expect(environment("dev", urls)).toMatchObject(urls);
  });

  it("merge tags and state of the project with the environment's", () => {
    const project = loadProject({
      ...minimal,
      tags: { owner: "identity", tier: "1" },
      state: { bucket: "acme-states" },
      environments: {
        dev: { tags: { tier: "2" }, state: { bucket: "acme-dev-state", region: "eu-central-1" } },
        prod: {},
      },
    });
    expect(project.environments).toMatchObject([
      {
        tags: { owner: "identity", tier: "2" },
        state: { stack: "state-dev", bucket: "acme-dev-state", region: "eu-central-1" },
      },
      { tags: { owner: "identity", tier: "1" }, state: { stack: "state", bucket: "acme-states", region: "eu-west-1" } },
    ]);
    expect(project.stateBuckets.map(({ stack, bucket }) => [stack, bucket])).toEqual([
      ["state", "acme-states"],
      ["state-dev", "acme-dev-state"],
    ]);
  });

  it("need one more entry, and nothing else, for a fourth environment", () => {
    expect(environment("qa")).toMatchObject({ name: "qa", domainPrefix: "acme-qa-v2" });
  });
});

describe("what cannot work", () => {
  const OLD_POOL = { userPoolId: "eu-west-1_OldPool01", clientId: "1oldclient" };
  const PREFIX =
    "1 to 63 lower-case letters, digits and hyphens, no hyphen at either end, and none of the words aws, amazon, cognito";
  const URLS = /\(Cognito takes http only for localhost, 127\.0\.0\.1 and \[::1\]\)(?:; \[\] for [\w ]+)?$/;
  const FIELDS = /^the fields production, region, .*, customize$/;

  const inEnvironment: ReadonlyArray<
    [what: string, settings: object, field: string, value: string, allowed: string | RegExp]
  > = [
    ["an unknown field", { selfSignup: true }, "selfSignup", "true", /, customize\. Is selfSignUp meant\?$/],
    ["an unknown field that is near none", { shoeSize: 44 }, "shoeSize", "44", FIELDS],
    ["a string for a boolean", { selfSignUp: "yes" }, "selfSignUp", '"yes"', "true or false"],
    ["null for a boolean", { deletionProtection: null }, "deletionProtection", "null", "true or false"],
    ["a number for a boolean", { lambdaLayer: 1 }, "lambdaLayer", "1", "true or false"],
    ["a Region that AWS lacks", { region: "eu-west-9" }, "region", '"eu-west-9"', "an AWS Region such as eu-west-1"],
    ["a Region that is none", { region: "Frankfurt" }, "region", '"Frankfurt"', "an AWS Region such as eu-west-1"],
    ['a prefix with "cognito"', { domainPrefix: "acme-cognito" }, "domainPrefix", '"acme-cognito"', PREFIX],
    ['a prefix with "amazon"', { domainPrefix: "amazonas" }, "domainPrefix", '"amazonas"', PREFIX],
    ['a prefix with "aws"', { domainPrefix: "laws" }, "domainPrefix", '"laws"', PREFIX],
    ["a prefix with capitals", { domainPrefix: "Acme" }, "domainPrefix", '"Acme"', PREFIX],
    ["a prefix with a dot", { domainPrefix: "a.b" }, "domainPrefix", '"a.b"', PREFIX],
    ["a prefix that ends in a hyphen", { domainPrefix: "acme-" }, "domainPrefix", '"acme-"', PREFIX],
    ["a prefix of 64 characters", { domainPrefix: "a".repeat(64) }, "domainPrefix", `"${"a".repeat(64)}"`, PREFIX],
    [
      "a prefix that another environment has",
      { domainPrefix: "acme-dev-v2" },
      "domainPrefix",
      '"acme-dev-v2"',
      'a prefix that "dev" does not use',
    ],
    [
      "http elsewhere than on localhost",
      { applicationUrls: ["http://a.example"] },
      "applicationUrls[0]",
      '"http://a.example"',
      URLS,
    ],
    [
      "http callbacks elsewhere than on localhost",
      { callbackUrls: ["https://a.example", "http://b.example/auth"] },
      "callbackUrls[1]",
      '"http://b.example/auth"',
      URLS,
    ],
    [
      "http on a host that starts with localhost",
      { callbackUrls: ["http://localhost.evil.example"] },
      "callbackUrls[0]",
      '"http://localhost.evil.example"',
      URLS,
    ],
    [
      "a logout URL with a fragment",
      { logoutUrls: ["https://a.example/#bye"] },
      "logoutUrls[0]",
      '"https://a.example/#bye"',
      URLS,
    ],
    [
      "a callback that runs script",
      { callbackUrls: ["javascript:alert(1)"] },
      "callbackUrls[0]",
      '"javascript:alert(1)"',
      URLS,
    ],
    [
      "an application URL with a query",
      { applicationUrls: ["https://a.example?x=1"] },
      "applicationUrls[0]",
      '"https://a.example?x=1"',
      URLS,
    ],
    ["an application URL that is none", { applicationUrls: ["a.example"] }, "applicationUrls[0]", '"a.example"', URLS],
    [
      "one application URL, not in a list",
      { applicationUrls: "https://a.example" },
      "applicationUrls",
      '"https://a.example"',
      URLS,
    ],
    [
      "a logout without a callback",
      { callbackUrls: [], logoutUrls: ["https://a.example"] },
      "logoutUrls",
      '["https://a.example"]',
      "nothing without callbackUrls, for which there are hosted pages",
    ],
    [
      "a callback twice",
      { callbackUrls: ["https://a.example", "https://a.example"] },
      "callbackUrls",
      '["https://a.example","https://a.example"]',
      URLS,
    ],
    ["a tier that Cognito lacks", { poolTier: "essentials" }, "poolTier", '"essentials"', "LITE, ESSENTIALS, PLUS"],
    ["a log level of another logger", { logLevel: "TRACE" }, "logLevel", '"TRACE"', "DEBUG, INFO, WARN, ERROR"],
    [
      "a retention that CloudWatch lacks",
      { logRetentionDays: 2 },
      "logRetentionDays",
      "2",
      /^days that CloudWatch Logs offers: 1, 3, 5, .*, 3653$/,
    ],
    [
      "a retention in words",
      { logRetentionDays: "1 year" },
      "logRetentionDays",
      '"1 year"',
      /^days that CloudWatch Logs offers/,
    ],
    ["a uniqueness that there is not", { uniqueness: "table" }, "uniqueness", '"table"', "reserved, directory"],
    ["a federated policy that there is not", { federated: "merge" }, "federated", '"merge"', "refuse, allow, link"],
    [
      "the pool as its own identity provider",
      { identityProviders: ["COGNITO"] },
      "identityProviders[0]",
      '"COGNITO"',
      /^a name of an identity provider: 3 to 32 characters/,
    ],
    [
      "an identity provider twice",
      { identityProviders: ["Google", "Google"] },
      "identityProviders",
      '["Google","Google"]',
      /^a list of different names/,
    ],
    [
      "messages in a word that is none",
      { messages: "polite" },
      "messages",
      '"polite"',
      /^"neutral", or { usernameTaken: "…"/,
    ],
    [
      "a message for a reason that there is not",
      { messages: { taken: "x" } },
      "messages.taken",
      '"x"',
      /^the fields usernameTaken, /,
    ],
    [
      "a message without words",
      { messages: { emailTaken: "" } },
      "messages.emailTaken",
      '""',
      "a text of 1 to 200 characters on one line",
    ],
    [
      "a message of two lines",
      { messages: { emailTaken: "a\nb" } },
      "messages.emailTaken",
      '"a\\nb"',
      "a text of 1 to 200 characters on one line",
    ],
    [
      "messages of more than the function's environment variables may have",
      { messages: Object.fromEntries(Object.keys(MESSAGES).map((reason) => [reason, "ä".repeat(150)])) },
      "messages",
      JSON.stringify(Object.fromEntries(Object.keys(MESSAGES).map((reason) => [reason, "ä".repeat(150)]))),
      /^\d+ bytes less, because all environment variables of a function have 4096 bytes together$/,
    ],
    ["a topic's name for its ARN", { alarmTopicArn: "on-call" }, "alarmTopicArn", '"on-call"', /^an SNS topic ARN/],
    ["a string for the dashboard", { dashboard: "on" }, "dashboard", '"on"', "true or false"],
    [
      "a pool to move from by its name",
      { migrateFrom: { userPoolId: "old", clientId: "1oldclient" } },
      "migrateFrom.userPoolId",
      '"old"',
      "a user pool id such as eu-west-1_AbCdEfGhI",
    ],
    [
      "a pool's id alone",
      { migrateFrom: "eu-west-1_OldPool01" },
      "migrateFrom",
      '"eu-west-1_OldPool01"',
      "{ userPoolId, clientId, roleArn, externalId, renameToId }",
    ],
    [
      "a Region beside the pool that says it",
      { migrateFrom: { ...OLD_POOL, region: "eu-west-1" } },
      "migrateFrom.region",
      '"eu-west-1"',
      "the fields userPoolId, clientId, roleArn, externalId, renameToId",
    ],
    [
      "a role by its name",
      { migrateFrom: { ...OLD_POOL, roleArn: "old-pool-reader" } },
      "migrateFrom.roleArn",
      '"old-pool-reader"',
      /^an IAM role ARN such as/,
    ],
    [
      "a user for a role",
      { migrateFrom: { ...OLD_POOL, roleArn: "arn:aws:iam::111122223333:user/ana" } },
      "migrateFrom.roleArn",
      '"arn:aws:iam::111122223333:user/ana"',
      /^an IAM role ARN such as/,
    ],
    [
      "an external id without a role",
      { migrateFrom: { ...OLD_POOL, externalId: "acme" } },
      "migrateFrom",
      JSON.stringify({ ...OLD_POOL, externalId: "acme" }),
      "an externalId only beside the roleArn that asks for it",
    ],
    [
      "a hold of no time",
      { unconfirmedHoldHours: 0 },
      "unconfirmedHoldHours",
      "0",
      "a whole number of hours, 1 to 8760",
    ],
    [
      "a hold with a fraction",
      { unconfirmedHoldHours: 1.5 },
      "unconfirmedHoldHours",
      "1.5",
      "a whole number of hours, 1 to 8760",
    ],
    ["a runtime that has ended", { runtime: "nodejs16.x" }, "runtime", '"nodejs16.x"', "nodejs22.x, nodejs24.x"],
    ["too little memory", { memorySize: 64 }, "memorySize", "64", "a whole number of MB, 128 to 10240"],
    ["memory as a string", { memorySize: "512" }, "memorySize", '"512"', "a whole number of MB, 128 to 10240"],
    ["an instruction set that Lambda lacks", { architecture: "x64" }, "architecture", '"x64"', "arm64, x86_64"],
    ["a key's alias for its ARN", { kmsKeyArn: "alias/acme" }, "kmsKeyArn", '"alias/acme"', /^a KMS key ARN/],
    [
      "an account id as a number",
      { allowedAccountIds: [111122223333] },
      "allowedAccountIds[0]",
      "111122223333",
      "a 12-digit AWS account id in quotes",
    ],
    [
      "no account at all",
      { allowedAccountIds: [] },
      "allowedAccountIds",
      "[]",
      "a list of at least one 12-digit AWS account id",
    ],
    [
      "a tag that this project sets",
      { tags: { environment: "x" } },
      "tags.environment",
      '"environment"',
      /^tag keys other than project and environment/,
    ],
    [
      "a tag that AWS keeps for itself",
      { tags: { "aws:x": "y" } },
      "tags.aws:x",
      '"aws:x"',
      /^tag keys of 1 to 128 .* not starting with aws:$/,
    ],
    ["a tag that is a number", { tags: { cost: 1 } }, "tags.cost", "1", /^tag values of up to 256/],
    ["a tag with a control character", { tags: { a: "\u0007" } }, "tags.a", '"\\u0007"', /^tag values of up to 256/],
    [
      "an unknown field of the state",
      { state: { table: "x" } },
      "state.table",
      '"x"',
      "the fields bucket, region, kmsKeyArn",
    ],
    ["a bucket with capitals", { state: { bucket: "Acme" } }, "state.bucket", '"Acme"', /^an S3 bucket name/],
    [
      "a Region for the project's bucket",
      { state: { region: "eu-central-1" } },
      "state",
      '{"region":"eu-central-1"}',
      /^a bucket of its own/,
    ],
    [
      "a bucket that looks like an address",
      { state: { bucket: "10.0.0.1" } },
      "state.bucket",
      '"10.0.0.1"',
      /^an S3 bucket name/,
    ],
  ];

  it.each(inEnvironment)(
    "%s is refused, naming environment, field, value and what is allowed",
    (_, settings, field, value, allowed) => {
      const [problem] = problemsOf({ ...minimal, environments: { dev: {}, live: settings } });
      const shown = value.length > 100 ? `${value.slice(0, 97)}…` : value;
      expect(
        problem?.startsWith(`environment "live", field ${JSON.stringify(field)}: ${shown} is not allowed; allowed: `),
      ).toBe(true);
      const text = problem?.slice(problem.indexOf("; allowed: ") + "; allowed: ".length);
      if (typeof allowed === "string") expect(text).toBe(allowed);
      else expect(text).toMatch(allowed);
    },
  );

  const inProject: ReadonlyArray<[what: string, settings: unknown, start: string]> = [
    [
      "no project",
      { ...minimal, project: undefined },
      'project settings, field "project": it is missing; allowed: 2 to 30',
    ],
    [
      "a project with capitals",
      { ...minimal, project: "Acme" },
      'project settings, field "project": "Acme" is not allowed',
    ],
    ["a project of 31 letters", { ...minimal, project: "a".repeat(31) }, 'project settings, field "project"'],
    [
      "a project that makes a prefix with aws",
      { ...minimal, project: "laws" },
      'project settings, field "project": "laws" is not allowed; allowed: 1 to 63',
    ],
    [
      "no Region",
      { ...minimal, region: undefined },
      'project settings, field "region": it is missing; allowed: an AWS Region',
    ],
    [
      "an unknown field",
      { ...minimal, envs: {} },
      'project settings, field "envs": {} is not allowed; allowed: the fields project, region, tags',
    ],
    [
      "no environments",
      { ...minimal, environments: {} },
      'project settings, field "environments": {} is not allowed; allowed: at least one',
    ],
    [
      "a list of environments",
      { ...minimal, environments: ["dev"] },
      'project settings, field "environments": ["dev"] is not allowed',
    ],
    [
      "an environment with capitals",
      { ...minimal, environments: { Dev: {} } },
      'environment "Dev": "Dev" is not allowed; allowed: 1 to 20',
    ],
    [
      "an environment of 21 letters",
      { ...minimal, environments: { ["a".repeat(21)]: {} } },
      `environment "${"a".repeat(21)}"`,
    ],
    [
      "an environment called like the state's stack",
      { ...minimal, environments: { state: {} } },
      'environment "state": "state" is not allowed',
    ],
    [
      "an environment called like Terraform's first workspace",
      { ...minimal, environments: { default: {} } },
      'environment "default": "default"',
    ],
    [
      "an environment that is null",
      { ...minimal, environments: { dev: null } },
      'environment "dev": null is not allowed; allowed: an object',
    ],
    [
      "a pool to move from without a client",
      { ...minimal, environments: { dev: { migrateFrom: { userPoolId: "eu-west-1_OldPool01" } } } },
      'environment "dev", field "migrateFrom.clientId": it is missing; allowed: the id of an app client of that pool',
    ],
    [
      "no settings at all",
      undefined,
      "project settings: it is missing; allowed: an object with project, region and environments",
    ],
  ];

  it.each(inProject)("%s is refused", (_, settings, start) => {
    expect(problemsOf(settings)[0]).toStrictEqual(expect.stringContaining(start));
  });

  it("two environments with one bucket of their own are refused", () => {
    const own = { state: { bucket: "acme-own" } };
    expect(problemsOf({ ...minimal, environments: { dev: own, prod: own } })).toEqual([
      'environment "prod", field "state.bucket": "acme-own" is not allowed;' +
        ' allowed: a bucket that "dev" does not call its own, or the project\'s',
    ]);
  });

  it("is all listed at once", () => {
    const input = { ...minimal, environments: { dev: { memorySize: 1, runtime: "go" }, prod: { logLevel: 3 } } };
    expect(problemsOf(input)).toHaveLength(3);
    expect(() => loadProject(input)).toThrow(/^environments\.ts: 3 settings cannot be used\.\n {2}- environment "dev"/);
  });

  it("counts the same prefix in another Region as no clash", () => {
    const prefix = { domainPrefix: "acme" };
    const environments = { dev: prefix, prod: { ...prefix, region: "us-east-1" } };
    expect(loadProject({ ...minimal, environments }).environments).toHaveLength(2);
  });
});

function problemsOf(input: unknown): readonly string[] {
  try {
    loadProject(input);
  } catch (error) {
    if (error instanceof SettingsError) return error.problems;
    throw error;
  }
  return [];
}
