import type { CognitoIdentityProviderClient } from "@aws-sdk/client-cognito-identity-provider";
import type { EnvironmentSettings } from "../../settings/schema";
import { LocalPool } from "./local-pool";
import { ProjectCopy } from "./project-copy";

/** An environment whose users sign up by themselves, and in with a password, by a client without a secret. */
export const NATIVE: EnvironmentSettings = {
  selfSignUp: true,
  clientType: "native",
  authFlows: ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
  callbackUrls: ["acme://auth"],
  logoutUrls: ["acme://out"],
};

/** What an application knows of the pool that it talks to. */
export interface LocalApplication {
  readonly local: LocalPool;
  readonly client: CognitoIdentityProviderClient;
  readonly ClientId: string;
  readonly UserPoolId: string;
}

/** Brings the pool of an environment up, for an application. */
export async function startApplication(copy: ProjectCopy, environment = "app"): Promise<LocalApplication> {
  const local = await LocalPool.start(copy.folder, environment);
  return {
    local,
    client: local.sdk(),
    ClientId: local.value("COGNITO_CLIENT_ID"),
    UserPoolId: local.value("COGNITO_USER_POOL_ID"),
  };
}

/** A project with this environment alone, "app". */
export function projectOf(app: EnvironmentSettings): Promise<ProjectCopy> {
  return ProjectCopy.make({ project: "acme", region: "eu-west-1", environments: { app } });
}
