import { CognitoUserGroup } from "@cdktf/provider-aws/lib/cognito-user-group";
import { Construct } from "constructs";
import type { z } from "zod";
import { check } from "../setting/props";
import { defined } from "../setting/setting";
import type { UserPoolBase } from "../user-pool/user-pool";
import { userGroup, userGroupName } from "./settings";

export type UserGroupProps = z.output<typeof userGroup> & {
  readonly name: string;
  readonly userPool: UserPoolBase;
};

/** A group of the pool's users, a claim of their tokens. The escape hatch to the resource is `node.defaultChild`. */
export class UserGroup extends Construct {
  constructor(scope: Construct, id: string, { userPool, name, ...settings }: UserGroupProps) {
    super(scope, id);
    check(this, { name: [userGroupName, name], settings: [userGroup, settings] });
    new CognitoUserGroup(this, "Default", { userPoolId: userPool.userPoolId, name, ...defined(settings) });
  }
}
