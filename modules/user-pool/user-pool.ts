import { CognitoUserPool } from "@cdktf/provider-aws/lib/cognito-user-pool";
import { DataAwsCognitoUserPools } from "@cdktf/provider-aws/lib/data-aws-cognito-user-pools";
import { Construct } from "constructs";

export interface UserPoolProps {
  /** Changing it replaces the pool, and with it every user. */
  readonly name: string;
  /** Feature plan, which sets the price: LITE, ESSENTIALS or PLUS. */
  readonly tier: string;
  /** Whether anybody may sign up; otherwise administrators create the accounts. */
  readonly selfSignUp: boolean;
  /** Whether AWS refuses to delete the pool. */
  readonly deletionProtection: boolean;
  /** ARN of the function that decides about every sign-up. */
  readonly preSignUpArn: string;
  /** ARN of the function that is asked about people whom the pool does not know. @default they stay unknown */
  readonly userMigrationArn?: string | undefined;
}

/**
 * A user pool that people sign in to by username or verified e-mail, in any letter case.
 *
 * `name`, `alias_attributes` and `username_configuration` cannot be changed later: Terraform would replace the pool.
 */
export class UserPool extends Construct {
  readonly id: string;
  readonly arn: string;
  /** `cognito-idp.<region>.amazonaws.com/<pool id>`, the issuer without its scheme. */
  readonly endpoint: string;

  constructor(scope: Construct, id: string, props: UserPoolProps) {
    super(scope, id);
    // Names of pools are not unique. With the pools of this name in it, a plan that makes a pool shows whether it is the first
    // one, or a second and empty one, because a state was lost.
    new DataAwsCognitoUserPools(this, "same_name", { name: props.name });
    const pool = new CognitoUserPool(this, "Default", {
      name: props.name,
      userPoolTier: props.tier,
      deletionProtection: props.deletionProtection ? "ACTIVE" : "INACTIVE",

      // The API's default is case-sensitive: `username` and `Username` would be two people.
      usernameConfiguration: { caseSensitive: false },
      aliasAttributes: ["email"],
      schema: [
        {
          name: "email",
          attributeDataType: "String",
          required: true,
          mutable: true,
          developerOnlyAttribute: false,
          // AWS fills these in; left out, every later plan would show a difference.
          stringAttributeConstraints: { minLength: "0", maxLength: "2048" },
        },
      ],

      autoVerifiedAttributes: ["email"],
      // A changed address counts, and is an alias, only once its owner has proved it.
      userAttributeUpdateSettings: { attributesRequireVerificationBeforeUpdate: ["email"] },
      accountRecoverySetting: { recoveryMechanism: [{ name: "verified_email", priority: 1 }] },
      adminCreateUserConfig: { allowAdminCreateUserOnly: !props.selfSignUp },
      lambdaConfig: {
        preSignUp: props.preSignUpArn,
        ...(props.userMigrationArn && { userMigration: props.userMigrationArn }),
      },
    });
    this.id = pool.id;
    this.arn = pool.arn;
    this.endpoint = pool.endpoint;
  }
}
