import { Reservations } from "../../../modules/reservations/reservations";
import { UserMigration, type UserMigrationProps } from "../../../modules/user-migration/user-migration";
import { UserPool } from "../../../modules/user-pool/user-pool";
import { type Document, only, stackOf, statementsOf } from "../../support/stack";

const POOL = "${aws_cognito_user_pool.user_pool.arn}";
const migrateFrom = { userPoolId: "us-east-1_OldPool01", clientId: "1oldclient" };
const props: Omit<UserMigrationProps, "bundle" | "reservations"> = {
  functionName: "acme-dev-user-migration",
  region: "eu-west-1",
  migrateFrom,
};

function userMigration(changed: Partial<UserMigrationProps> = {}): Document {
  return stackOf((stack, bundle) => {
    const reservations = new Reservations(stack, "reservations", { tableName: "t", region: "eu-west-1" });
    const fn = new UserMigration(stack, "user_migration", { ...props, bundle, reservations, ...changed });
    fn.serve(new UserPool(stack, "user_pool", { userPoolName: "acme-dev-v2" }));
  });
}
const statementOf = (document: Document, id: string) => statementsOf(document.resource.aws_iam_role_policy?.[id]);

it("is a function with a zip, a role, a log and a name of its own", () => {
  const { data, resource } = userMigration();
  expect(only(resource, "aws_lambda_function")).toMatchObject({
    function_name: "acme-dev-user-migration",
    filename: "${data.archive_file.user_migration_zip.output_path}",
    role: "${aws_iam_role.user_migration_role.arn}",
    timeout: 4,
    tracing_config: { mode: "Active" },
  });
  expect(only(data, "archive_file").output_path).toMatch(/^user-migration-[0-9a-f]{16}\.zip$/);
  expect(only(resource, "aws_cloudwatch_log_group").name).toBe("/aws/lambda/acme-dev-user-migration");
});

it("asks the old pool that its environment variables name", () => {
  const { environment } = only(userMigration().resource, "aws_lambda_function");
  expect(JSON.parse(environment.variables.MIGRATE_FROM)).toEqual(migrateFrom);
  expect(environment.variables.RESERVATIONS_TABLE).toBe("${aws_dynamodb_table.reservations.name}");
});

it("takes a role of its own partition only", () => {
  const roleArn = "arn:aws-cn:iam::444455556666:role/old-pool-reader";
  expect(() => userMigration({ migrateFrom: { ...migrateFrom, roleArn } })).toThrow(
    /^UserMigration "test\/user_migration", field "migrateFrom.roleArn": .* allowed: a role of the partition of eu-west-1$/,
  );
});

describe("the grants", () => {
  it("are to ask this one old pool, where it is, and what the check of a sign-up needs; nothing else", () => {
    const document = userMigration();
    expect(Object.keys(document.resource.aws_iam_role_policy ?? {}).sort()).toEqual([
      "user_migration_ask_old_pool",
      "user_migration_list_users",
      "user_migration_use_reservations",
      "user_migration_write_logs",
      "user_migration_write_traces",
    ]);
    expect(statementOf(document, "user_migration_ask_old_pool")).toEqual([
      {
        Effect: "Allow",
        Action: ["cognito-idp:AdminInitiateAuth", "cognito-idp:AdminGetUser", "cognito-idp:ListUsers"],
        Resource:
          "arn:${data.aws_partition.user_migration_old_pool_partition.partition}:cognito-idp:us-east-1:" +
          "${data.aws_caller_identity.user_migration_old_pool_account.account_id}:userpool/us-east-1_OldPool01",
      },
    ]);
    expect(statementOf(document, "user_migration_list_users")).toEqual([
      { Effect: "Allow", Action: "cognito-idp:ListUsers", Resource: POOL },
      { Effect: "Allow", Action: ["cognito-idp:AdminGetUser", "cognito-idp:AdminDeleteUser"], Resource: POOL },
    ]);
  });

  it("are to assume that one role, where the old pool is in another account, and not to ask the pool itself", () => {
    const roleArn = "arn:aws:iam::444455556666:role/old-pool-reader";
    const document = userMigration({ migrateFrom: { ...migrateFrom, roleArn } });
    expect(statementOf(document, "user_migration_ask_old_pool")).toEqual([
      { Effect: "Allow", Action: "sts:AssumeRole", Resource: roleArn },
    ]);
    expect(document.text).not.toContain("AdminInitiateAuth");
  });

  it("are there before the function that needs them, and let this pool of this account call it, and nobody else", () => {
    const { resource } = userMigration();
    expect(only(resource, "aws_lambda_function").depends_on).toContain(
      "aws_iam_role_policy.user_migration_ask_old_pool",
    );
    expect(only(resource, "aws_lambda_permission")).toMatchObject({
      action: "lambda:InvokeFunction",
      principal: "cognito-idp.amazonaws.com",
      source_arn: POOL,
      source_account: "${data.aws_caller_identity.user_migration_account.account_id}",
    });
  });
});
