import type { UserPoolType } from "@aws-sdk/client-cognito-identity-provider";
import { checks, type Protection, type Statement } from "../../../cli/protect/checks";
import { howToAdd } from "../../../cli/protect/trigger";

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

interface Changed {
  readonly pool?: Partial<UserPoolType>;
  readonly environment?: Partial<Protection["environment"]>;
  readonly statements?: readonly Statement[];
  readonly variables?: Protection["variables"];
}

function found({ pool, environment, statements = [PERMISSION], variables = {} }: Changed = {}) {
  const existingPool = { userPoolId: POOL.Id };
  const { others, trigger } = checks({
    pool: { ...POOL, ...pool } as UserPoolType,
    statements,
    variables,
    functionArn: ARN,
    environment: { existingPool, uniqueness: "reserved", ...environment },
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
    const environment = { usernameAttributes: ["email" as const] };
    expect(found({ pool: { UsernameAttributes: ["email"], SchemaAttributes: [] }, environment }).wrong).toEqual([]);
  });

  it("is a username where the settings say that there is none", () => {
    const environment = { usernameAttributes: ["email" as const] };
    expect(found({ environment }).wrong).toEqual([
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
    const environment = { standardAttributes: { email: { required: false } } };
    expect(found({ pool, environment }).wrong).toEqual([]);
  });
});

it("a pool that tells letter case apart needs reservations", () => {
  for (const pool of [{ UsernameConfiguration: undefined }, { UsernameConfiguration: { CaseSensitive: true } }]) {
    expect(found({ pool: pool as Partial<UserPoolType> })).toMatchObject({
      wrong: [],
      all: expect.arrayContaining([expect.stringContaining("`npm run reservations -- backfill`")]),
    });
    const environment = { uniqueness: "directory" as const };
    expect(found({ pool: pool as Partial<UserPoolType>, environment }).wrong).toEqual([
      expect.stringContaining('Set uniqueness: "reserved"'),
    ]);
  }
});

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
    expect(found({ pool, environment: named }).wrong[0]).toBe(
      `The deployed function asks no other function, existingPool.preSignUp is ${OTHER}.`,
    );
    expect(found({ variables: { POOLS_FUNCTION: OTHER } }).wrong).toEqual([
      `The deployed function asks ${OTHER}, existingPool.preSignUp is not set.`,
    ]);
    expect(found({ environment: named, variables: { POOLS_FUNCTION: OTHER } })).toMatchObject({
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
