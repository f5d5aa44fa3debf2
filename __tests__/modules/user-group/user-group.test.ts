import { UserGroup, type UserGroupProps } from "../../../modules/user-group/user-group";
import { UserPool } from "../../../modules/user-pool/user-pool";
import { only, stackOf } from "../../support/stack";

const groupWith = (group: Omit<UserGroupProps, "userPool">) =>
  only(
    stackOf((stack) => {
      const userPool = new UserPool(stack, "user_pool", { userPoolName: "p" });
      new UserGroup(stack, "group", { ...group, userPool } as UserGroupProps);
    }).resource,
    "aws_cognito_user_group",
  );

it("has a name, and what else is said", () => {
  expect(groupWith({ name: "administrators", precedence: 1 })).toMatchObject({ name: "administrators", precedence: 1 });
  expect(groupWith({ name: "administrators" })).not.toHaveProperty("role_arn");
});

it.each([
  [{ name: "a b" }, "a group name of 1 to 128"],
  [{ name: "a", precedence: -1 }, "a whole number of rank, 0 to 2147483647"],
  [{ name: "a", roleArn: "nope" }, "an IAM role ARN"],
])("%j is refused", (group, message) => {
  expect(() => groupWith(group)).toThrow(message);
});
