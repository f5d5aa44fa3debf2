import { z } from "zod";
import { TRIGGER_NAMES, type Trigger } from "../../lambda/functions";
import { bundledFunctionSettings, timeout, variablesProblems } from "../bundled-function/settings";
import { kmsKeyArn } from "../customer-key/settings";
import { arn, fields, literal, oneOf, text } from "../setting/kinds";
import type { Problem } from "../setting/problems";
import { regionProblems } from "../setting/regions";
import { type Complete, optional } from "../setting/setting";

/** "ArnType", Cognito API reference; "FunctionName" and "Qualifier" of AddPermission, Lambda API reference. */
export const functionArn = arn(
  "lambda",
  /function:[A-Za-z0-9_-]{1,64}(?::[A-Za-z0-9_-]{1,128})?/,
  "the ARN of a Lambda function, of a version or of an alias, such as arn:aws:lambda:eu-west-1:111122223333:function:welcome:live",
);

const file = text(
  /^(?!.*(?:^|\/)\.{1,2}(?:\/|$))[\w@-][\w@./-]{0,254}\.[cm]?[jt]s$/,
  "a TypeScript or JavaScript file of the project, relative to its folder, such as lambda/welcome.ts",
);

/** "EnvironmentVariableName" of CreateFunction, Lambda API reference; AWS_ and LAMBDA_ begin names of Lambda's own. */
const variableName = text(
  /^(?!AWS_|LAMBDA_)[A-Za-z]\w+$/,
  "a name of 2 or more letters, digits and underscores, starting with a letter, and not with AWS_ or LAMBDA_",
);
const VARIABLE = "a text";

/** The versions of the event: "PreTokenGenerationVersionConfigType", Cognito API reference. */
const LAMBDA_VERSIONS = ["V1_0", "V2_0", "V3_0"] as const;
export type LambdaVersion = (typeof LAMBDA_VERSIONS)[number];

/** A function of the environment's own: bundled from a file, or made elsewhere. */
const shape = {
  file: file.optional(),
  variables: z
    .record(variableName, literal(z.string({ error: VARIABLE }), VARIABLE), { error: '{ SENDER: "help@acme.com", … }' })
    .optional(),
  memorySize: bundledFunctionSettings.memorySize.schema.optional().meta({ leftOut: "the environment's" }),
  functionArn: functionArn.optional(),
  permission: z
    .literal(false, { error: "false, for a function of another account, whose owner lets the pool call it" })
    .optional(),
};

type OwnFunction = z.output<z.ZodObject<typeof shape>> & { readonly timeout?: number | undefined };

/** A function with these fields beside those of every one. */
function own<Shape extends z.core.$ZodLooseShape>(more: Shape) {
  const allowed = `{ ${["file", "variables", "memorySize", ...Object.keys(more)].join(", ")} }, or { functionArn, permission }`;
  return fields({ ...shape, ...more }, allowed).refine(
    (written) => {
      const { file, functionArn, permission, variables, memorySize, timeout } = written as OwnFunction;
      return file === undefined
        ? functionArn !== undefined && [variables, memorySize, timeout].every((one) => one === undefined)
        : functionArn === undefined && permission === undefined;
    },
    { error: allowed },
  );
}

/** Cognito does not wait for a sender: "Customizing user pool workflows with Lambda triggers", Cognito developer guide. */
const sender = own({ timeout: timeout.optional() }).optional();
const other = own({}).optional();

const CHECK =
  "{ file } of a check, or { functionArn } of a function that is asked; either comes after the project's own";

/** What decides about a sign-up after the project's check. */
const check = fields({ file: file.optional(), functionArn: functionArn.optional() }, CHECK).refine(
  (written) => (written.file === undefined) !== (written.functionArn === undefined),
  { error: CHECK },
);

const ALLOWED = '{ postConfirmation: { file: "lambda/welcome.ts" }, … }';

export const triggersSettings = {
  triggers: optional(
    fields(
      {
        preSignUp: check.optional(),
        postConfirmation: other,
        preAuthentication: other,
        postAuthentication: other,
        preTokenGeneration: own({
          lambdaVersion: oneOf(LAMBDA_VERSIONS).optional().meta({ leftOut: "V1_0" }),
        }).optional(),
        customMessage: other,
        customEmailSender: sender,
        customSmsSender: sender,
        defineAuthChallenge: other,
        createAuthChallenge: other,
        verifyAuthChallengeResponse: other,
        userMigration: other,
      },
      ALLOWED,
    ),
    {
      doc: '`{ postConfirmation: { file: "lambda/welcome.ts" } }`: functions of your own that the pool calls, bundled from a file or by their `functionArn` ([how](docs/triggers.md))',
      none: "only the project's own",
      source: '"LambdaConfigType", Cognito API reference',
    },
  ),
  senderKeyArn: optional(kmsKeyArn, {
    doc: "KMS key that Cognito encrypts codes with for `customEmailSender` and `customSmsSender`",
    none: "no custom sender",
    source: '"Custom sender Lambda triggers", Cognito developer guide',
  }),
};

type TriggersSettings = Complete<typeof triggersSettings>;

/** Cognito hands codes to them, encrypted. */
export const SENDERS = ["customEmailSender", "customSmsSender"] as const satisfies readonly Trigger[];
/** "Custom authentication challenge Lambda triggers", Cognito developer guide: none of them works alone. */
const CUSTOM_AUTH = ["defineAuthChallenge", "createAuthChallenge", "verifyAuthChallengeResponse"] as const;

/** Whether users can sign in by challenges of the environment's own. */
export function hasCustomAuth({ triggers = {} }: Pick<TriggersSettings, "triggers">): boolean {
  return CUSTOM_AUTH.some((name) => triggers[name] !== undefined);
}

/** What these settings must not be together, although each of them is allowed. */
export function triggersProblems(
  settings: TriggersSettings & { readonly migrateFrom?: unknown; readonly poolTier: string },
  region: string,
): Problem[] {
  const { triggers = {}, senderKeyArn, migrateFrom, poolTier } = settings;
  const { userMigration, preTokenGeneration } = triggers;
  const problem = (allowed: string, value: unknown, ...path: string[]): Problem => ({ path, value, allowed });
  const set = TRIGGER_NAMES.filter((name) => triggers[name] !== undefined);
  const senders = SENDERS.filter((name) => set.includes(name));
  const custom = CUSTOM_AUTH.filter((name) => set.includes(name));
  const missing = CUSTOM_AUTH.filter((name) => !set.includes(name));
  const version = preTokenGeneration?.lambdaVersion ?? "V1_0";
  return [
    ...set.flatMap((name) => functionProblems(name, triggers[name] as OwnFunction, region)),
    ...permissionProblems(
      set.filter((name) => name !== "preSignUp").map((name) => [name, triggers[name] as OwnFunction]),
    ),
    ...(senders.length > 0 && senderKeyArn === undefined
      ? [problem(`a key, which ${senders.join(" and ")} cannot be without`, senderKeyArn, "senderKeyArn")]
      : []),
    ...(senders.length === 0 && senderKeyArn !== undefined
      ? [problem(`a key only beside one of ${SENDERS.join(", ")}`, senderKeyArn, "senderKeyArn")]
      : []),
    ...regionProblems(["senderKeyArn"], senderKeyArn, region, `a key of the Region ${region}`),
    ...(custom.length > 0 && missing.length > 0
      ? [problem(`${CUSTOM_AUTH.join(", ")} together; ${missing.join(", ")} missing`, custom, "triggers")]
      : []),
    ...(version !== "V1_0" && poolTier === "LITE"
      ? [problem("V1_0, or another poolTier than LITE", version, "triggers", "preTokenGeneration", "lambdaVersion")]
      : []),
    ...(userMigration !== undefined && migrateFrom !== undefined
      ? [
          problem(
            "nothing beside migrateFrom, which has a function of its own",
            userMigration,
            "triggers",
            "userMigration",
          ),
        ]
      : []),
  ];
}

/** One function has one permission: it cannot be made for one trigger and not for another. */
function permissionProblems(set: ReadonlyArray<readonly [Trigger, OwnFunction]>): Problem[] {
  return set.flatMap(([name, { functionArn, permission }], index) => {
    const isOther = (one: OwnFunction) => one.functionArn === functionArn && one.permission !== permission;
    const other = functionArn && set.slice(0, index).find(([, one]) => isOther(one));
    if (!other) return [];
    const allowed = `the same as of ${other[0]}, which calls the same function`;
    return [{ path: ["triggers", name, "permission"], value: permission, allowed }];
  });
}

function functionProblems(name: Trigger, { functionArn, variables }: OwnFunction, region: string): Problem[] {
  const path = ["triggers", name];
  return [
    ...regionProblems([...path, "functionArn"], functionArn, region, `a function of the Region ${region}`),
    ...variablesProblems(variables ?? {}, { path: [...path, "variables"], value: variables }),
  ];
}
