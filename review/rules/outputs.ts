import { templateOf } from "../configuration";
import type { OutputChange, Plan } from "../plan";
import { isHostOf } from "../types/places";
import { at, currentOf, isUrl, knownValues, quoted, texts, UNKNOWN } from "../value";
import type { Located } from "./rule";

/** What applications are told, and what it has to be: they send users there, and believe tokens from there. */
interface Told {
  /** The output, and what it was called in earlier versions. */
  readonly names: readonly string[];
  readonly why: string;
  /** What the configuration says. */
  readonly template: RegExp;
  /** What it may be. */
  readonly values: (plan: Plan) => readonly string[];
}

const pool = (name: string) => (plan: Plan) => knownValues(plan, "aws_cognito_user_pool", name);

const TOLD: readonly Told[] = [
  {
    names: ["UserPoolId"],
    why: "Applications would look for users in another pool.",
    template: /^\$\{aws_cognito_user_pool\.[\w-]+\.id\}$/,
    values: pool("id"),
  },
  {
    names: ["UserPoolClientId"],
    why: "Applications would sign users in with another client.",
    template: /^\$\{aws_cognito_user_pool_client\.[\w-]+\.id\}$/,
    values: (plan) => knownValues(plan, "aws_cognito_user_pool_client", "id"),
  },
  {
    names: ["Issuer"],
    why: "Applications would believe tokens that another issuer has made: it could sign in as any user.",
    template: /^https:\/\/\$\{aws_cognito_user_pool\.[\w-]+\.endpoint\}$/,
    values: (plan) => pool("endpoint")(plan).map((endpoint) => `https://${endpoint}`),
  },
  {
    names: ["JwksUrl"],
    why: "Applications would believe tokens that were signed with other keys: their holder could sign in as any user.",
    template: /^https:\/\/\$\{aws_cognito_user_pool\.[\w-]+\.endpoint\}\/\.well-known\/jwks\.json$/,
    values: (plan) => pool("endpoint")(plan).map((endpoint) => `https://${endpoint}/.well-known/jwks.json`),
  },
  {
    names: ["PreSignUpFunctionArn"],
    why: "The pool would be made to call another function before each sign-up.",
    template: /^\$\{aws_lambda_function\.[\w-]+\.arn\}$/,
    values: (plan) => knownValues(plan, "aws_lambda_function", "arn"),
  },
  {
    names: ["DomainUrl", "CognitoURLV2"],
    why: "Applications would send users to another sign-in page, which could take their passwords.",
    template:
      /^https:\/\/\$\{aws_cognito_user_pool_domain\.[\w-]+\.domain\}(?:\.auth(?:-fips)?\.[\w-]+\.amazoncognito\.com)?$/,
    values: (plan) => knownValues(plan, "aws_cognito_user_pool_domain", "domain"),
  },
  {
    names: ["LoginUrl", "CognitoUspLoginUrlV2"],
    why: "Applications would send users to another sign-in page, or with their code to another host.",
    template:
      /^https:\/\/\$\{aws_cognito_user_pool_domain\.[\w-]+\.domain\}(?:\.auth(?:-fips)?\.[\w-]+\.amazoncognito\.com)?\/login\?/,
    values: (plan) => knownValues(plan, "aws_cognito_user_pool_domain", "domain"),
  },
];

/** Ids of a resource, and what is made of them. */
const ONE_ONLY: readonly string[] = ["UserPoolId", "UserPoolClientId", "Issuer", "JwksUrl"];

export function toldOutputs(plan: Plan): Located[] {
  return plan.outputs.flatMap((output) => {
    const told = TOLD.find(({ names }) => names.includes(output.name));
    if (!told || ["none", "delete"].includes(output.action) || isRight(output, told, plan)) return [];
    const now = output.afterUnknown === true ? UNKNOWN : output.after;
    return [
      { address: `output.${output.name}`, rule: "output-changed", why: `${told.why} It would be ${quoted(now)}.` },
    ];
  });
}

function isRight(output: OutputChange, { template, values }: Told, plan: Plan): boolean {
  const { name } = output;
  const configured = plan.configuration?.outputs.find((one) => one.name === name);
  if (!template.test(templateOf(configured?.expression) ?? "")) return false;
  if (output.afterUnknown === true) return true;
  const { before, after: now } = output;
  if (typeof now !== "string") return false;
  // What a replaced resource will have is not known yet: a value that is known, and another one, is another resource's.
  if (typeof before === "string" && ONE_ONLY.includes(name)) return false;
  if (!now.startsWith("https://") || ["Issuer", "JwksUrl"].includes(name)) return values(plan).includes(now);
  if (!isUrl(now)) return false;
  const { hostname, searchParams } = new URL(now);
  const isOwn = values(plan).some((domain) => isHostOf(hostname, domain));
  const clients = knownValues(plan, "aws_cognito_user_pool_client", "id");
  return (
    isOwn &&
    searchParams.getAll("redirect_uri").every((redirect) => callbacks(plan).includes(redirect)) &&
    searchParams.getAll("client_id").every((client) => clients.includes(client))
  );
}

function callbacks(plan: Plan): string[] {
  return currentOf(plan, "aws_cognito_user_pool_client").flatMap(({ after: now }) => texts(at(now, "callback_urls")));
}
