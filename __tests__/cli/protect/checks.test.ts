import type { UserPoolType } from "@aws-sdk/client-cognito-identity-provider";
import { checks, type Protection, type Statement, VARIABLES } from "../../../cli/protect/checks";
import { howToAdd } from "../../../cli/protect/trigger";
import { preSignUpVariables } from "../../../modules/pre-sign-up/settings";
import { functionSettings } from "../../../modules/unique-user-pool/settings";
import { identifiersOf } from "../../../modules/user-pool/identifiers";
import { loadProject } from "../../../settings/project";
import type { EnvironmentSettings } from "../../../settings/schema";

const ARN = "arn:aws:lambda:eu-west-1:111122223333:function:acme-prod-pre-sign-up";
const OTHER = "arn:aws:lambda:eu-west-1:111122223333:function:only-acme";
const POOL = {
  Id: "eu-west-1_AbCdEfGhI",
  Arn: "arn:aws:cognito-idp:eu-west-1:111122223333:userpool/eu-west-1_AbCdEfGhI",
  AliasAttributes: ["email"],
  SchemaAttributes: [{ Name: "email", Required: true }],
  UsernameConfiguration: { CaseSensitive: false },
  LambdaConfig: { PreSignUp: ARN, PostConfirmation: "arn:welcome" },
} satisfies UserPoolType;
const PERMISSION = {
  Effect: "Allow",
  Principal: { Service: "cognito-idp.amazonaws.com" },
  Action: "lambda:InvokeFunction",
  Condition: { ArnLike: { "AWS:SourceArn": POOL.Arn }, StringEquals: { "AWS:SourceAccount": "111122223333" } },
} satisfies Statement;

const TABLE = "acme-prod-reservations";

interface Changed {
  readonly pool?: Partial<UserPoolType>;
  readonly settings?: EnvironmentSettings;
  /** What the function was deployed with, if not with the settings. */
  readonly deployed?: EnvironmentSettings;
  readonly statements?: readonly Statement[];
  readonly variables?: Protection["variables"];
  readonly comparison?: Protection["comparison"];
}

function environmentOf(settings: EnvironmentSettings): Protection["environment"] {
  const prod = { existingPool: { userPoolId: POOL.Id }, ...settings };
  const { environments } = loadProject({ project: "acme", region: "eu-west-1", environments: { prod } });
  const [environment] = Object.values(environments);
  if (!environment) throw new Error("There is no environment.");
  return environment;
}

/** The environment variables of a function that was deployed with these settings. */
function variablesOf(settings: EnvironmentSettings): Protection["variables"] {
  const environment = environmentOf(settings);
  const table = environment.uniqueness === "reserved" ? TABLE : undefined;
  return preSignUpVariables(
    functionSettings(environment),
    table,
    identifiersOf(environment),
    environment.existingPool?.preSignUp,
  );
}

function found({
  pool,
  settings = {},
  deployed = settings,
  statements = [PERMISSION],
  variables,
  comparison,
}: Changed = {}) {
  const { others, trigger } = checks({
    name: "prod",
    environment: environmentOf(settings),
    pool: { ...POOL, ...pool } as UserPoolType,
    statements,
    variables: { ...variablesOf(deployed), ...variables },
    functionArn: ARN,
    reservationsTable: TABLE,
    comparison,
  });
  const wrong = [...others, trigger].filter(({ isFine }) => !isFine).map(({ text }) => text);
  return { wrong, all: [...others, trigger].map(({ text }) => text) };
}

it("a pool whose trigger, permission and settings fit is protected", () => {
  expect(found()).toEqual({
    wrong: [],
    all: [
      "The pool may call the function.",
      "Users sign in with username, which is kept unique.",
      "Users sign in with email, which is kept unique.",
      "The function is deployed with these settings.",
      "The pool does not tell letter case apart.",
      "The function asks no other function.",
      "The pool calls the function before each sign-up.",
    ],
  });
});

it("a pool without the trigger is not", () => {
  expect(found({ pool: { LambdaConfig: {} } }).wrong).toEqual(["The pool calls no function before a sign-up."]);
  expect(found({ pool: { LambdaConfig: { PreSignUp: `${ARN}:live` } } }).wrong).toHaveLength(2);
});

it.each<[string, readonly Statement[]]>([
  ["there is none", []],
  ["it is another pool's", [{ ...PERMISSION, Condition: { ArnLike: { "AWS:SourceArn": `${POOL.Arn}J` } } }]],
  [
    "it is for pools of another account",
    [
      {
        ...PERMISSION,
        Condition: { ...PERMISSION.Condition, StringEquals: { "AWS:SourceAccount": "444455556666" } },
      },
    ],
  ],
  ["it denies", [{ ...PERMISSION, Effect: "Deny" }]],
  ["it is another service's", [{ ...PERMISSION, Principal: { Service: "events.amazonaws.com" } }]],
  ["it is for everybody", [{ ...PERMISSION, Principal: "*" }]],
  ["it is another action's", [{ ...PERMISSION, Action: "lambda:GetFunction" }]],
])("a permission is missing where %s", (_, statements) => {
  expect(found({ statements }).wrong).toEqual([
    "The pool may not call the function: every sign-up would be refused. Deploy the environment again.",
  ]);
});

describe("what users sign in with", () => {
  it("has to be kept unique, each of them", () => {
    expect(found({ pool: { AliasAttributes: ["email", "phone_number", "preferred_username"] } }).wrong).toEqual([
      'Users sign in with phone_number, which is not kept unique. Set aliasAttributes: ["email","phone_number","preferred_username"].',
      'Users sign in with preferred_username, which is not kept unique. Set aliasAttributes: ["email","phone_number","preferred_username"].',
    ]);
  });

  it("is no username where Cognito makes it", () => {
    expect(found({ pool: { UsernameAttributes: ["email"], AliasAttributes: [] } }).wrong).toEqual([
      'Users have no username of their own: Cognito makes it. Set usernameAttributes: ["email"].',
    ]);
    const settings: EnvironmentSettings = { usernameAttributes: ["email"] };
    expect(found({ pool: { UsernameAttributes: ["email"], SchemaAttributes: [] }, settings }).wrong).toEqual([]);
  });

  it("is a username where the settings say that there is none", () => {
    expect(found({ settings: { usernameAttributes: ["email"] } }).wrong).toEqual([
      'Users sign in with username, which is not kept unique. Set aliasAttributes: ["email"].',
    ]);
  });

  it("need not be all that is kept unique", () => {
    expect(found({ pool: { AliasAttributes: [] } })).toMatchObject({
      wrong: [],
      all: expect.arrayContaining(["email is kept unique, too, although users do not sign in with it."]),
    });
  });

  it("may be left out of a sign-up where the pool lets it, and the settings have to say so", () => {
    const pool = { SchemaAttributes: [{ Name: "email", Required: false }] };
    expect(found({ pool }).wrong).toEqual([
      "The pool takes sign-ups without email, the function would refuse them. Set standardAttributes: { email: { required: false } }.",
    ]);
    expect(found({ pool, settings: { standardAttributes: { email: { required: false } } } }).wrong).toEqual([]);
  });
});

describe("what is deployed decides", () => {
  const both: Partial<UserPoolType> = { AliasAttributes: ["email", "phone_number"] };
  const phone: EnvironmentSettings = { aliasAttributes: ["email", "phone_number"] };

  it("settings that are right, and are not deployed, protect nothing", () => {
    expect(found({ pool: both, settings: phone, deployed: {} }).wrong).toEqual([
      'Users sign in with phone_number, which is not kept unique. Set aliasAttributes: ["email","phone_number"].',
      "The deployed function differs from the settings in IDENTIFIERS. Deploy the environment first.",
    ]);
    expect(found({ pool: both, settings: phone }).wrong).toEqual([]);
  });

  it("settings that are wrong, and are not deployed, are said to be", () => {
    expect(found({ pool: both, settings: {}, deployed: phone }).wrong).toEqual([
      'Once the settings are deployed: Users sign in with phone_number, which is not kept unique. Set aliasAttributes: ["email","phone_number"].',
      "The deployed function differs from the settings in IDENTIFIERS. Deploy the environment first.",
    ]);
  });

  it("a presence that is not deployed would refuse sign-ups", () => {
    const pool = { SchemaAttributes: [{ Name: "email", Required: false }] };
    const settings: EnvironmentSettings = { standardAttributes: { email: { required: false } } };
    expect(found({ pool, settings, deployed: {} }).wrong).toEqual([
      expect.stringContaining("The pool takes sign-ups without email"),
      "The deployed function differs from the settings in IDENTIFIERS. Deploy the environment first.",
    ]);
  });

  it.each<[string, EnvironmentSettings]>([
    ["RESERVATIONS_TABLE", { uniqueness: "directory" }],
    ["UNCONFIRMED_HOLD_HOURS", { unconfirmedHoldHours: 48 }],
    ["LOG_LEVEL", { logLevel: "WARN" }],
    ["FEDERATED", { federated: "allow" }],
    ["IDENTITY_PROVIDERS", { identityProviders: ["Google"] }],
    ["MESSAGES", { messages: "neutral" }],
  ])("a difference in %s is named, in either direction", (name, settings) => {
    const text = `The deployed function differs from the settings in ${name}. Deploy the environment first.`;
    expect(found({ settings, deployed: {} }).wrong).toEqual([text]);
    expect(found({ settings: {}, deployed: settings }).wrong).toEqual([text]);
  });

  it("another table than the deployed one is a difference, and a variable of customize is none", () => {
    expect(found({ variables: { RESERVATIONS_TABLE: "another" } }).wrong).toHaveLength(1);
    expect(found({ variables: { NODE_OPTIONS: "--enable-source-maps" } }).wrong).toEqual([]);
  });

  it("variables that the function does not start with are wrong", () => {
    expect(found({ variables: { IDENTIFIERS: "{" } }).wrong).toEqual([
      "The deployed function does not start: its environment variables are not valid.",
      "The deployed function differs from the settings in IDENTIFIERS. Deploy the environment first.",
    ]);
  });

  it("every variable that the function is told is compared", () => {
    const environment = environmentOf({ messages: "neutral" });
    const settings = { ...functionSettings(environment), federated: "link" as const, identityProviders: ["Google"] };
    const names = Object.keys(preSignUpVariables(settings, TABLE, { email: "required" }, OTHER));
    expect([...VARIABLES, "POOLS_FUNCTION"].sort()).toEqual(names.sort());
  });
});

describe.each([{ UsernameConfiguration: undefined }, { UsernameConfiguration: { CaseSensitive: true } }])(
  "a pool that tells letter case apart: %j",
  (given) => {
    const pool = given as Partial<UserPoolType>;
    const all = { missing: 0, foreign: 0, damaged: [] };

    it("is protected once what its accounts have is reserved", () => {
      expect(found({ pool, comparison: all })).toMatchObject({
        wrong: [],
        all: expect.arrayContaining(["The pool tells letter case apart, and what its accounts have is reserved."]),
      });
    });

    it.each([{ missing: 1 }, { foreign: 1 }, { damaged: ["username#ana"] }])("is not with %j", (open) => {
      expect(found({ pool, comparison: { ...all, ...open } }).wrong).toEqual([
        expect.stringMatching(
          / 1 identifiers of its accounts are not reserved.+`npm run reservations -- backfill prod --apply`/,
        ),
      ]);
    });

    it("is not without a table", () => {
      expect(found({ pool, settings: { uniqueness: "directory" } }).wrong).toEqual([
        expect.stringContaining('Set uniqueness: "reserved"'),
      ]);
    });
  },
);

describe("the function that the pool calls today", () => {
  const pool = { LambdaConfig: { PreSignUp: OTHER } };
  const named = { existingPool: { userPoolId: POOL.Id, preSignUp: OTHER } };

  it("must be named, or it would no longer be called", () => {
    expect(found({ pool }).wrong).toEqual([
      `The pool calls ${OTHER}, which existingPool.preSignUp does not name: it would no longer be called. Set preSignUp: "${OTHER}".`,
      `The pool calls ${OTHER} before a sign-up, not the function.`,
    ]);
  });

  it("must be asked by what is deployed", () => {
    expect(found({ pool, settings: named, deployed: {} }).wrong[0]).toBe(
      `The deployed function asks no other function, existingPool.preSignUp is ${OTHER}.`,
    );
    expect(found({ deployed: named }).wrong).toEqual([
      `The deployed function asks ${OTHER}, existingPool.preSignUp is not set.`,
    ]);
    expect(found({ settings: named })).toMatchObject({
      wrong: [],
      all: expect.arrayContaining([`The function asks ${OTHER}, too.`]),
    });
  });
});

it("what is to be added keeps the pool's other triggers, and warns of what the AWS CLI resets", () => {
  const text = howToAdd(POOL, ARN);
  expect(text).toContain(`  lambda_config {\n    pre_sign_up = "${ARN}"\n  }\n`);
  expect(text).toContain(`  LambdaConfig:\n    PreSignUp: ${ARN}\n`);
  expect(text).toContain(`--lambda-config '{"PreSignUp":"${ARN}","PostConfirmation":"arn:welcome"}'`);
  expect(text).toContain("RESETS every setting that the call leaves out");
});
