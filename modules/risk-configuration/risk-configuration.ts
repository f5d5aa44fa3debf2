import { CognitoRiskConfiguration } from "@cdktf/provider-aws/lib/cognito-risk-configuration";
import { Construct } from "constructs";
import { check } from "../setting/props";
import type { UserPoolBase } from "../user-pool/user-pool";
import type { UserPoolClient } from "../user-pool-client/user-pool-client";
import { type RiskConfigurationSettings, riskArguments, riskConfiguration } from "./settings";

export type { RiskConfigurationSettings } from "./settings";

export type RiskConfigurationProps = RiskConfigurationSettings & {
  readonly userPool: UserPoolBase;
  /** The only client that it is for; it replaces what the pool says. @default all clients of the pool */
  readonly client?: UserPoolClient | undefined;
};

/** What threat protection does about risks. The escape hatch to the resource is `node.defaultChild`. */
export class RiskConfiguration extends Construct {
  constructor(scope: Construct, id: string, { userPool, client, ...settings }: RiskConfigurationProps) {
    super(scope, id);
    check(this, { settings: [riskConfiguration, settings] });
    new CognitoRiskConfiguration(this, "Default", {
      userPoolId: userPool.userPoolId,
      ...(client && { clientId: client.clientId }),
      ...riskArguments(settings),
    });
  }
}
