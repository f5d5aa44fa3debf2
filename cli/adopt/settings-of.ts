import { Failure } from "../failure";
import { aroundSettings } from "./around-settings";
import { clientSettings } from "./client-settings";
import type { Existing, FoundPool } from "./existing";
import { clientsNamed, type Imports, OWN_CLIENT, serversNamed } from "./names";
import { poolSettings } from "./pool-settings";
import { providerSettings, secretParameter } from "./provider-settings";

export type WrittenSettings = Readonly<Record<string, unknown>>;

/** Where things that exist are in the settings: the environment's own client, and the names of the others. */
export interface Mapped {
  readonly settings: WrittenSettings;
  /** App clients, resource servers and the prefix domain, by the ids of their constructs. */
  readonly constructs: ReadonlyMap<string, Existing>;
}

export interface Place {
  readonly project: string;
  readonly environment: string;
  /** Id of the app client that becomes the environment's own. */
  readonly client?: string | undefined;
  /** Those of the environment's settings today: what they name keeps its address. @default none */
  readonly imports?: Imports | undefined;
}

/** The settings that say what exists, before they are validated. */
export function settingsOf(existing: FoundPool, { project, environment, client, imports = {} }: Place): Mapped {
  const [own, ...rest] = ownFirst(existing.clients, client, imports[OWN_CLIENT]);
  const named = clientsNamed(rest, imports);
  const others = existing.others.filter(canBeImported);
  const servers = serversNamed(others.filter(isOf("aws_cognito_resource_server")), imports);
  const domains = others.filter(isOf("aws_cognito_user_pool_domain"));
  const prefix = domains.find(({ values }) => values.certificate_arn === undefined);
  const custom = domains.find(({ values }) => values.certificate_arn !== undefined);
  const providers = others
    .filter(({ type }) => type === "aws_cognito_identity_provider")
    .map((provider) => {
      const name = String(provider.values.provider_name);
      return [name, providerSettings(provider, secretParameter(project, environment, name))] as const;
    });
  const { identityProviders: _, ...ownClient } = own ? clientSettings(own) : {};
  return {
    settings: {
      region: existing.region,
      ...poolSettings(existing.pool.values, existing.account),
      ...ownClient,
      ...some(
        "clients",
        named.map(([name, each]) => [name, clientSettings(each)]),
      ),
      ...identityProviders(providers, own),
      ...some(
        "resourceServers",
        servers.map(([name, each]) => [name, resourceServer(name, each)]),
      ),
      ...some("groups", others.filter(isOf("aws_cognito_user_group")).map(group)),
      ...(prefix && { domainPrefix: prefix.values.domain }),
      ...(custom && { customDomain: { name: custom.values.domain, certificateArn: custom.values.certificate_arn } }),
      ...aroundSettings(others),
    },
    constructs: new Map([
      ...(own ? [["user_pool_client", own] as const] : []),
      ...named.map(([name, each]) => [`client_${name}`, each] as const),
      ...servers.map(([name, each]) => [`resource_server_${name}`, each] as const),
      // A pool has one at most: where its prefix is refused as a setting, the environment must not make another one.
      ...(prefix ? [["user_pool_domain", prefix] as const] : []),
    ]),
  };
}

/** Settings say no import of what Terraform would take for a template: such a name is not said either, or another resource would be made. */
const canBeImported = ({ id }: Existing) => !/[$%]\{/.test(id);

const isOf =
  (wanted: Existing["type"]) =>
  ({ type }: Existing) =>
    type === wanted;

/** Providers that are not known, although the environment's own client offers them, are made elsewhere. */
function identityProviders(
  providers: ReadonlyArray<readonly [string, object]>,
  own: Existing | undefined,
): WrittenSettings {
  const offered = (own?.values.supported_identity_providers ?? []) as readonly string[];
  const names = offered.filter((name) => name !== "COGNITO");
  return providers.length === 0 && names.length > 0
    ? { identityProviders: names }
    : some("identityProviders", providers);
}

function some(field: string, entries: ReadonlyArray<readonly [string, object]>): WrittenSettings {
  return entries.length > 0 ? { [field]: Object.fromEntries(entries) } : {};
}

/** The client that is named, or the one that `before` calls the environment's own, or the one that can do most: with hosted pages, then with a secret. */
function ownFirst(
  clients: readonly Existing[],
  id: string | undefined,
  before: string | undefined,
): readonly Existing[] {
  if (id !== undefined && !clients.some((client) => client.id.endsWith(`/${id}`))) {
    const ids = clients.map((client) => client.id.split("/")[1]);
    throw new Failure(`The user pool has no app client ${id}. There are: ${ids.join(", ") || "none"}.`, 64);
  }
  const rank = ({ id: other, values, hasSecret }: Existing) =>
    Number(id !== undefined && other.endsWith(`/${id}`)) * 8 +
    Number(other === before) * 4 +
    Number(values.callback_urls !== undefined) * 2 +
    Number(hasSecret === true);
  // AWS and states list clients in no order.
  const text = ({ id: other, values }: Existing) => `${values.name} ${other}`;
  return [...clients].sort((one, other) => rank(other) - rank(one) || (text(one) < text(other) ? -1 : 1));
}

function resourceServer(name: string, { values }: Existing): object {
  const scopes = (values.scope ?? []) as ReadonlyArray<Readonly<Record<string, string>>>;
  const identifier = String(values.identifier);
  return {
    ...(identifier !== name && { identifier }),
    scopes: Object.fromEntries(scopes.map(({ scope_name, scope_description }) => [scope_name, scope_description])),
  };
}

function group({ values }: Existing): readonly [string, object] {
  const { name, description, precedence, role_arn: roleArn } = values;
  return [
    String(name),
    {
      ...(description && { description }),
      ...(precedence !== undefined && { precedence }),
      ...(roleArn && { roleArn }),
    },
  ];
}
