import { awsClient, type Call, environmentCredentials } from "./client";
import { ServerClock } from "./clock";
import type { ClientConfig } from "./request";

/** AWS's own variables that name another endpoint than AWS's, for emulators. */
const ENDPOINTS = {
  "cognito-idp": "AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER",
  dynamodb: "AWS_ENDPOINT_URL_DYNAMODB",
  sts: "AWS_ENDPOINT_URL_STS",
} as const;
type ServiceName = keyof typeof ENDPOINTS;

/** The services that a function calls, set up from its environment; all of them teach one clock. */
export interface Services {
  /** Milliseconds since 1970, by the servers' clock. */
  now(): number;
  /** How to reach a service; by default in the function's Region, with its own credentials. */
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
