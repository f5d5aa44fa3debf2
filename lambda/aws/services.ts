import { awsClient, type Call, environmentCredentials } from "./client";
import { ServerClock } from "./clock";
import type { ClientConfig } from "./request";

/** AWS's standard variables for other endpoints, for emulators. */
const ENDPOINTS = {
  "cognito-idp": "AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER",
  dynamodb: "AWS_ENDPOINT_URL_DYNAMODB",
  sts: "AWS_ENDPOINT_URL_STS",
} as const;
type ServiceName = keyof typeof ENDPOINTS;

/** The services that a function calls, configured by its environment. They share one clock. */
export interface Services {
  /** Milliseconds since 1970, by the servers' clock. */
  now(): number;
  /** The configuration for a service. Default: the function's Region and its own credentials. */
  config(service: ServiceName, changed?: Partial<ClientConfig>): ClientConfig;
  client(service: ServiceName): Call;
}

export function servicesFrom(env: NodeJS.ProcessEnv): Services {
  const clock = new ServerClock();
  const config = (service: ServiceName, changed: Partial<ClientConfig> = {}): ClientConfig => ({
    service,
    region: env.AWS_REGION ?? "",
    credentials: environmentCredentials(env),
    endpoint: env[ENDPOINTS[service]] || env.AWS_ENDPOINT_URL || undefined,
    clock,
    ...changed,
  });
  return { now: () => clock.now(), config, client: (service) => awsClient(config(service)) };
}
