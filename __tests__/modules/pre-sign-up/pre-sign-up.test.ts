import { PreSignUp, type PreSignUpProps } from "../../../modules/pre-sign-up/pre-sign-up";
import { Reservations } from "../../../modules/reservations/reservations";
import { UserPool } from "../../../modules/user-pool/user-pool";
import { type Document, only, stackOf, statementsOf } from "../../support/stack";

const POOL = "${aws_cognito_user_pool.user_pool.arn}";

function preSignUp(changed: Partial<PreSignUpProps> = {}): Document {
  return stackOf((stack, bundle) => {
    const props: PreSignUpProps = { functionName: "acme-dev-pre-sign-up", bundle, reservations: "directory" };
    const fn = new PreSignUp(stack, "pre_sign_up", { ...props, ...changed });
    fn.protect(new UserPool(stack, "user_pool", { userPoolName: "acme-dev-v2" }));
  });
}
const variables = (changed: Partial<PreSignUpProps> = {}) =>
  only(preSignUp(changed).resource, "aws_lambda_function").environment.variables;
const statements = ({ resource }: Document, id: string) => statementsOf(resource.aws_iam_role_policy?.[id]);

describe("the function", () => {
  it("reads its settings from environment variables; defaults are left out", () => {
    expect(variables()).toEqual({ LOG_LEVEL: "INFO", UNCONFIRMED_HOLD_HOURS: "24" });
    expect(
      variables({
        logLevel: "WARN",
        unconfirmedHoldHours: 2,
        federated: "link",
        identityProviders: ["Google"],
        messages: { emailTaken: "No." },
      }),
    ).toEqual({
      LOG_LEVEL: "WARN",
      UNCONFIRMED_HOLD_HOURS: "2",
      FEDERATED: "link",
      IDENTITY_PROVIDERS: '["Google"]',
      MESSAGES: '{"emailTaken":"No."}',
    });
  });

  it("has to be told where it reserves: without a table a race is lost", () => {
    expect(() => preSignUp({ reservations: undefined as never })).toThrow(
      'PreSignUp "test/pre_sign_up", field "reservations": it is missing; allowed: a Reservations construct, or "directory"',
    );
  });

  it("reserves where there is a table, with the grant for it before its first call", () => {
    const document = stackOf((stack, bundle) => {
      const reservations = new Reservations(stack, "reservations", { tableName: "t", region: "eu-west-1" });
      new PreSignUp(stack, "pre_sign_up", { functionName: "f", bundle, reservations });
    });
    const fn = only(document.resource, "aws_lambda_function");
    expect(fn.environment.variables).toMatchObject({ RESERVATIONS_TABLE: "${aws_dynamodb_table.reservations.name}" });
    expect(fn.depends_on).toContain("aws_iam_role_policy.pre_sign_up_use_reservations");
  });

  it.each([
    [
      { federated: "link" },
      'field "federated": "link" is not allowed; allowed: link only beside the identityProviders',
    ],
    [
      { unconfirmedHoldHours: 0 },
      'field "unconfirmedHoldHours": 0 is not allowed; allowed: a whole number of hours, 1 to 8760',
    ],
    [{ messages: { emailTaken: "" } }, 'field "messages.emailTaken": "" is not allowed; allowed: a text of 1 to 200'],
  ] as Array<[Partial<PreSignUpProps>, string]>)("refuses %j", (props, message) => {
    expect(() => preSignUp(props)).toThrow(`PreSignUp "test/pre_sign_up", ${message}`);
  });
});

describe("protecting a pool", () => {
  it("sets the pool's trigger, and lets this pool, of this account, and no other call the function", () => {
    const { resource } = preSignUp();
    expect(only(resource, "aws_cognito_user_pool").lambda_config).toEqual({
      pre_sign_up: "${aws_lambda_function.pre_sign_up.arn}",
    });
    expect(only(resource, "aws_lambda_permission")).toMatchObject({
      statement_id: "invoked-by-user-pool",
      action: "lambda:InvokeFunction",
      principal: "cognito-idp.amazonaws.com",
      source_arn: POOL,
      source_account: "${data.aws_caller_identity.pre_sign_up_account.account_id}",
    });
  });

  it("lets the function look up this pool's users and delete expired ones, and nothing else", () => {
    const document = preSignUp();
    expect(Object.keys(document.resource.aws_iam_role_policy ?? {})).toEqual([
      "pre_sign_up_list_users",
      "pre_sign_up_write_logs",
      "pre_sign_up_write_traces",
    ]);
    expect(statements(document, "pre_sign_up_list_users")).toEqual([
      { Effect: "Allow", Action: "cognito-idp:ListUsers", Resource: POOL },
      { Effect: "Allow", Action: ["cognito-idp:AdminGetUser", "cognito-idp:AdminDeleteUser"], Resource: POOL },
    ]);
  });

  it("lets the function link identities only where that is wanted", () => {
    const document = preSignUp({ federated: "link", identityProviders: ["Google"] });
    expect(statements(document, "pre_sign_up_link_identities")).toEqual([
      { Effect: "Allow", Action: "cognito-idp:AdminLinkProviderForUser", Resource: POOL },
    ]);
  });

  it("makes no cycle: role ← function ← pool ← grants", () => {
    const { resource } = preSignUp();
    const needed = JSON.stringify([resource.aws_lambda_function, resource.aws_iam_role]);
    expect(needed).not.toContain("list_users");
    expect(needed).not.toContain(POOL);
  });
});
