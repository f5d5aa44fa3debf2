import { DataAwsCallerIdentity } from "@cdktf/provider-aws/lib/data-aws-caller-identity";
import { DataAwsPartition } from "@cdktf/provider-aws/lib/data-aws-partition";
import { Construct } from "constructs";
import { DEFAULT_IDENTIFIERS, type Identifiers } from "../../lambda/trigger/options";
import { NAMESPACE } from "../../lambda/user-migration/metrics";
import { type MigrateFrom, toVariables } from "../../lambda/user-migration/options";
import { BundledFunction, type BundledFunctionProps } from "../bundled-function/bundled-function";
import type { Grant } from "../policy-document/policy-document";
import { requireSame } from "../pre-sign-up/pre-sign-up";
import { uniquenessSettings } from "../pre-sign-up/settings";
import { type ReservationsOrNone, reservationsOf } from "../reservations/reservations";
import { refuse, settingsOf } from "../setting/props";
import type { Props } from "../setting/setting";
import { regionOfUserPool, type UserPoolBase } from "../user-pool/user-pool";
import { userMigrationProblems } from "./settings";

export type { MigrateFrom } from "../../lambda/user-migration/options";

export interface UserMigrationProps
  extends Omit<BundledFunctionProps, "description" | "zipName" | "variables">,
    Omit<Props<typeof uniquenessSettings>, "uniqueness"> {
  /** The pool that accounts come from. */
  readonly migrateFrom: MigrateFrom;
  /** Region of the stack's provider. */
  readonly region: string;
  /** Where migrated accounts reserve their identifiers. */
  readonly reservations: ReservationsOrNone;
  /** What is kept unique: what users of the pool sign in with. @default username and e-mail address */
  readonly identifiers?: Identifiers | undefined;
}

/** The function that takes over an account of another pool when its owner first signs in or forgets the password. */
export class UserMigration extends Construct {
  readonly function: BundledFunction;
  /** Namespace of the metrics that the function writes. */
  readonly metricsNamespace = NAMESPACE;
  private readonly identifiers: Identifiers;

  constructor(scope: Construct, id: string, allProps: UserMigrationProps) {
    super(scope, id);
    const { reservations: kept, migrateFrom, region, identifiers = DEFAULT_IDENTIFIERS, ...props } = allProps;
    const settings = settingsOf(this, uniquenessSettings, props);
    const reservations = reservationsOf(this, kept);
    const options = { ...settings, migrateFrom, reservationsTable: reservations?.tableName, identifiers };
    this.identifiers = identifiers;
    refuse(this, userMigrationProblems(options, region), options);
    this.function = new BundledFunction(this, "Default", {
      ...props,
      description: "Takes over accounts of another user pool when their owners first sign in or forget their password",
      zipName: "user-migration",
      variables: toVariables(options),
    });
    reservations?.grantReserve(this.function);
    this.function.grant("ask_old_pool", this.askOldPool(migrateFrom));
  }

  /** Makes the function answer for accounts that this pool does not have. */
  serve(userPool: UserPoolBase): void {
    requireSame(userPool, this.identifiers);
    userPool.grantUniqueness(this.function);
    userPool.addTrigger("userMigration", this.function);
  }

  /** Either to ask that one pool, or to assume that one role: what the role may do is the other account's business. */
  private askOldPool({ userPoolId, roleArn }: MigrateFrom): Grant {
    if (roleArn) return { actions: ["sts:AssumeRole"], resources: [roleArn] };
    const scope = new Construct(this, "old_pool");
    const { partition } = new DataAwsPartition(scope, "partition");
    const { accountId } = new DataAwsCallerIdentity(scope, "account");
    return {
      actions: ["cognito-idp:AdminInitiateAuth", "cognito-idp:AdminGetUser", "cognito-idp:ListUsers"],
      resources: [`arn:${partition}:cognito-idp:${regionOfUserPool(userPoolId)}:${accountId}:userpool/${userPoolId}`],
    };
  }
}
