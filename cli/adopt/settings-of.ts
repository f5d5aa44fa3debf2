import { Failure } from "../failure";
import { aroundSettings } from "./around-settings";
import { clientSettings } from "./client-settings";
import type { Existing, FoundPool } from "./existing";
import { poolSettings } from "./pool-settings";
import { providerSettings, secretParameter } from "./provider-settings";

export type WrittenSettings = Readonly<Record<string, unknown>>;

/** Where things that exist are in the settings: the environment's own client, and the names of the others. */
export interface Mapped {
  readonly settings: WrittenSettings;
  /** The app clients by the ids of their constructs. */
  readonly clients: ReadonlyMap<string, Existing>;
}

interface Place {
  readonly project: string;
  readonly environment: string;
  /** Id of the app client that becomes the environment's own. */
  readonly client?: string | undefined;
}

/** The settings that say what exists, before they are validated. */
export function settingsOf(existing: FoundPool, { project, environment, client }: Place): Mapped {
  const [own, ...rest] = ownFirst(existing.clients, client);
  const named = withNames(rest);
  const providers = existing.others
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
      ...some("resourceServers", existing.others.filter(isOf("aws_cognito_resource_server")).map(resourceServer)),
      ...some("groups", existing.others.filter(isOf("aws_cognito_user_group")).map(group)),
      ...domains(existing.others.filter(isOf("aws_cognito_user_pool_domain"))),
      ...aroundSettings(existing.others),
    },
    clients: new Map([
      ...(own ? [["user_pool_client", own] as const] : []),
      ...named.map(([name, each]) => [`client_${name}`, each] as const),
    ]),
  };
}

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

/** The client that is named, or the one that can do most: with hosted pages, then with a secret. */
function ownFirst(clients: readonly Existing[], id: string | undefined): readonly Existing[] {
  if (id !== undefined && !clients.some((client) => client.id.endsWith(`/${id}`))) {
    const ids = clients.map((client) => client.id.split("/")[1]);
    throw new Failure(`The user pool has no app client ${id}. There are: ${ids.join(", ") || "none"}.`, 64);
  }
  const rank = ({ id: other, values, hasSecret }: Existing) =>
    Number(id !== undefined && other.endsWith(`/${id}`)) * 4 +
    Number(values.callback_urls !== undefined) * 2 +
    Number(hasSecret === true);
  // AWS and states list clients in no order.
  const text = ({ id: other, values }: Existing) => `${values.name} ${other}`;
  return [...clients].sort((one, other) => rank(other) - rank(one) || (text(one) < text(other) ? -1 : 1));
}

/** Each client with a name that settings can have, and no other client has. */
function withNames(clients: readonly Existing[]): ReadonlyArray<readonly [string, Existing]> {
  const taken = new Set(["user-pool"]);
  return clients.map((client) => {
    const plain = String(client.values.name)
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, "-")
      .replace(/^[^a-z]+|-+$/g, "");
    const base = plain.slice(0, 28).replace(/-+$/, "") || "client";
    const free = Array.from({ length: taken.size + 1 }, (_, index) =>
      index === 0 ? base : `${base}-${index + 1}`,
    ).find((name) => !taken.has(name.replaceAll("-", "")));
    const name = free ?? base;
    taken.add(name.replaceAll("-", ""));
    return [name, client] as const;
  });
}

function resourceServer({ values }: Existing, index: number): readonly [string, object] {
  const scopes = (values.scope ?? []) as ReadonlyArray<Readonly<Record<string, string>>>;
  const identifier = String(values.identifier);
  const name = String(values.name);
  const key = /^[a-z][a-z0-9-]{0,62}$/.test(name) ? name : `server-${index + 1}`;
  return [
    key,
    {
      ...(identifier !== key && { identifier }),
      scopes: Object.fromEntries(scopes.map(({ scope_name, scope_description }) => [scope_name, scope_description])),
    },
  ];
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

function domains(all: readonly Existing[]): WrittenSettings {
  const prefix = all.find(({ values }) => values.certificate_arn === undefined);
  const own = all.find(({ values }) => values.certificate_arn !== undefined);
  return {
    ...(prefix && { domainPrefix: prefix.values.domain }),
    ...(own && { customDomain: { name: own.values.domain, certificateArn: own.values.certificate_arn } }),
  };
}
