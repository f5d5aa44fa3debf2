import { CognitoResourceServer } from "@cdktf/provider-aws/lib/cognito-resource-server";
import { Construct } from "constructs";
import { check } from "../setting/props";
import type { UserPoolBase } from "../user-pool/user-pool";
import { type ResourceServerSettings, resourceServer, resourceServerName, scopesOfServer } from "./settings";

export interface ResourceServerProps extends ResourceServerSettings {
  readonly name: string;
  readonly userPool: UserPoolBase;
}

/** An API that tokens of the pool are for, and its scopes. The escape hatch to the resource is `node.defaultChild`. */
export class ResourceServer extends Construct {
  /** As clients name them: `<identifier>/<scope>`. */
  readonly scopes: readonly string[];

  constructor(scope: Construct, id: string, { name, userPool, ...settings }: ResourceServerProps) {
    super(scope, id);
    check(this, { name: [resourceServerName, name], settings: [resourceServer, settings] });
    const resource = new CognitoResourceServer(this, "Default", {
      userPoolId: userPool.userPoolId,
      name,
      identifier: settings.identifier ?? name,
      scope: Object.entries(settings.scopes).map(([scopeName, scopeDescription]) => ({ scopeName, scopeDescription })),
    });
    this.scopes = scopesOfServer(name, settings);
    userPool.registerResourceServer({ scopes: this.scopes, resource });
  }
}
