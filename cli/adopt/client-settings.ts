import { defined } from "../../modules/setting/setting";
import type { Existing, Json } from "./existing";
import { block } from "./pool-settings";

/** Settings of an app client, as far as they say what these arguments say. */
export type ClientSettings = Readonly<Record<string, unknown>>;

export function clientSettings({ values, hasSecret = false }: Existing): ClientSettings {
  const listOf = (name: string) => values[name] as readonly string[] | undefined;
  const clientType = typeOf(values, hasSecret);
  const isMachine = clientType === "machine";
  const callbacks = callbacksOf(listOf("callback_urls"), values.default_redirect_uri);
  const rotation = block(values, "refresh_token_rotation");
  const offered = (listOf("supported_identity_providers") ?? []).filter((name) => name !== "COGNITO");
  return defined({
    clientName: values.name,
    clientType,
    callbackUrls: isMachine ? undefined : (callbacks ?? []),
    logoutUrls: isMachine ? undefined : (listOf("logout_urls") ?? []),
    identityProviders: isMachine ? undefined : offered,
    scopes: isMachine || callbacks ? listOf("allowed_oauth_scopes") : undefined,
    authFlows: isMachine ? undefined : listOf("explicit_auth_flows"),
    tokenValidity: tokenValidity(values),
    authSessionValidity: values.auth_session_validity,
    refreshTokenRotation:
      rotation?.feature === "ENABLED"
        ? defined({ retryGracePeriodSeconds: rotation.retry_grace_period_seconds })
        : undefined,
    readAttributes: listOf("read_attributes"),
    writeAttributes: listOf("write_attributes"),
    propagateUserContext: values.enable_propagate_additional_user_context_data === true ? true : undefined,
  });
}

function typeOf(values: Existing["values"], hasSecret: boolean): "server" | "machine" | "native" | "web" {
  const flows = (values.allowed_oauth_flows ?? []) as readonly string[];
  if (flows.join() === "client_credentials") return "machine";
  if (hasSecret) return "server";
  const callbacks = (values.callback_urls ?? []) as readonly string[];
  const isPage = (url: string) => /^https?:/.test(url);
  return callbacks.length > 0 && !callbacks.some(isPage) ? "native" : "web";
}

/** The default redirect comes first. */
function callbacksOf(urls: readonly string[] | undefined, first: Json | undefined): readonly string[] | undefined {
  if (urls === undefined || typeof first !== "string" || !urls.includes(first)) return urls;
  return [first, ...urls.filter((url) => url !== first)];
}

function tokenValidity(values: Existing["values"]) {
  const units = block(values, "token_validity_units") ?? {};
  const of = (name: string, unitOf: string, own: number, usual: string) => {
    const value = values[name];
    // Cognito's own: "AccessTokenValidity" of CreateUserPoolClient, Cognito API reference.
    if (value === undefined || value === 0 || (units[unitOf] === undefined && value === own)) return undefined;
    const unit = String(units[unitOf] ?? usual).replace(/s$/, "");
    return `${value} ${unit}${value === 1 ? "" : "s"}`;
  };
  const validity = defined({
    accessToken: of("access_token_validity", "access_token", 1, "hours"),
    idToken: of("id_token_validity", "id_token", 1, "hours"),
    refreshToken: of("refresh_token_validity", "refresh_token", 30, "days"),
  });
  return Object.keys(validity).length > 0 ? validity : undefined;
}
