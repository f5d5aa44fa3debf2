import { besideResults } from "../../../cli/prove/beside";
import type { Stack } from "../../../cli/prove/stack";
import { readPlan } from "../../../review/plan";
import { loadProject } from "../../../settings/project";
import type { EnvironmentSettings } from "../../../settings/schema";
import { planJson } from "../../support/plans/fixture";
import { type Reply, StubAws } from "../../support/stub-aws";

const TABLE_ARN = "arn:aws:dynamodb:eu-west-1:111122223333:table/acme-dev-reservations";

const RESOURCES = {
  "aws_cognito_user_pool_client.user_pool_client": { id: "own" },
  "aws_cognito_identity_provider.google": { provider_name: "Google" },
  "aws_dynamodb_table.reservations": { arn: TABLE_ARN },
  "aws_cloudwatch_log_subscription_filter.audit": { name: "audit" },
};
const plan = readPlan({
  ...planJson("drift-of-nothing"),
  prior_state: {
    values: {
      root_module: {
        resources: Object.entries(RESOURCES).map(([address, values]) => ({
          ...{ address, type: address.split(".")[0], mode: "managed", values },
        })),
      },
    },
  },
});
const STACK = {
  plan,
  functionArn: "arn:aws:lambda:eu-west-1:111122223333:function:acme-dev-pre-sign-up",
  logGroup: "/aws/lambda/acme-dev-pre-sign-up",
} as unknown as Stack;

/** What AWS says of a stack beside which there is nothing, by operation. */
const NOTHING: Readonly<Record<string, Reply>> = {
  ListUserPoolClients: { UserPoolClients: [{ ClientId: "own", ClientName: "acme-dev" }] },
  ListIdentityProviders: {
    Providers: [
      { ProviderName: "Google", ProviderType: "Google" },
      { ProviderName: "Elsewhere", ProviderType: "SAML" },
    ],
  },
  url: { error: "ResourceNotFoundException", status: 404 },
  "event-source-mappings": { EventSourceMappings: [] },
  GetResourcePolicy: { error: "PolicyNotFoundException" },
  DescribeSubscriptionFilters: { subscriptionFilters: [{ filterName: "audit" }] },
};

let stub: StubAws;
let replies: Readonly<Record<string, Reply>>;
beforeAll(async () => {
  stub = await StubAws.start(({ target, path }) => {
    const operation = target === "undefined" ? (/(url|event-source-mappings)/.exec(path)?.[0] ?? path) : target;
    return replies[operation.replace(/^.*\./, "")] ?? { error: "UnknownOperationException" };
  });
  Object.assign(process.env, {
    ...{ AWS_ENDPOINT_URL: stub.endpoint, AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test" },
  });
});
afterAll(() => stub.stop());

async function results(
  changed: Readonly<Record<string, Reply>> = {},
  settings: EnvironmentSettings = {},
  knownClients: readonly string[] = [],
) {
  replies = { ...NOTHING, ...changed };
  const environments = { dev: { identityProviders: ["Elsewhere"], ...settings } };
  const [environment] = loadProject({ project: "acme", region: "eu-west-1", environments }).environments;
  if (!environment) throw new Error("There is no environment.");
  return besideResults(STACK, environment, "eu-west-1_AbCdEfGhI", knownClients);
}

it("what the stack has, and providers that the settings name, are not beside it", async () => {
  const found = await results();
  expect(found).toHaveLength(5);
  expect(found.filter(({ state }) => state !== "held")).toEqual([]);
});

it.each<[promise: string, replies: Readonly<Record<string, Reply>>, words: string]>([
  [
    "the pool has no app clients but the stack's",
    {
      ListUserPoolClients: { UserPoolClients: [{ ClientId: "more", ClientName: "by-hand" }] },
      DescribeUserPoolClient: { UserPoolClient: { ClientSecret: "hidden", ExplicitAuthFlows: ["ALLOW_CUSTOM_AUTH"] } },
    },
    "The app client by-hand (more) is none of the stack's: with a secret, flows ALLOW_CUSTOM_AUTH.",
  ],
  [
    "the pool has no identity providers but the stack's",
    { ListIdentityProviders: { Providers: [{ ProviderName: "Corp", ProviderType: "OIDC" }] } },
    "The identity provider Corp (OIDC) is none of the stack's.",
  ],
  [
    "no URL and no event source calls the function",
    { url: { FunctionUrl: "https://x.lambda-url.eu-west-1.on.aws/", AuthType: "NONE" } },
    "The function has the URL https://x.lambda-url.eu-west-1.on.aws/ (access: NONE).",
  ],
  [
    "no URL and no event source calls the function",
    { "event-source-mappings": { EventSourceMappings: [{ EventSourceArn: "arn:aws:sqs:eu-west-1:1:queue" }] } },
    "arn:aws:sqs:eu-west-1:1:queue is an event source of it.",
  ],
  ["the table has no policy of its own", { GetResourcePolicy: { Policy: '{"Statement":[]}' } }, '{"Statement":[]}'],
  [
    "the function's log is passed on to nothing",
    { DescribeSubscriptionFilters: { subscriptionFilters: [{ filterName: "copy", destinationArn: "arn:aws:x" }] } },
    "The subscription copy passes it on to arn:aws:x.",
  ],
])("%s: what was added is named", async (promise, changed, words) => {
  const found = await results(changed);
  expect(found.filter(({ state }) => state !== "held")).toEqual([
    { promise, state: "broken", answer: expect.stringContaining(words) },
  ]);
});

it("a client that is known to be another stack's is not beside it", async () => {
  const listed = { ListUserPoolClients: { UserPoolClients: [{ ClientId: "more", ClientName: "by-hand" }] } };
  const found = await results(listed, {}, ["more"]);
  expect(found.filter(({ state }) => state !== "held")).toEqual([]);
});

it("what AWS does not allow to ask is not seen, and all else is", async () => {
  const found = await results({
    GetResourcePolicy: { error: "AccessDeniedException", message: "not authorized" },
    url: { error: "AccessDeniedException", status: 403 },
  });
  expect(found.map(({ state }) => state)).toEqual(["held", "held", "not seen", "not seen", "held"]);
  expect(found[3]?.answer).toBe("AWS did not say: AccessDeniedException: not authorized");
});

it("of a pool that is managed elsewhere, clients and providers are its owner's", async () => {
  const existingPool = { userPoolId: "eu-west-1_AbCdEfGhI" };
  const found = await results({ ListUserPoolClients: { error: "AccessDeniedException" } }, {
    existingPool,
    identityProviders: undefined,
  } as EnvironmentSettings);
  expect(found.map(({ promise }) => promise)).toEqual([
    "no URL and no event source calls the function",
    "the table has no policy of its own",
    "the function's log is passed on to nothing",
  ]);
});
