import type { Plan, ResourceChange } from "../plan";
import { after, at, isLinking, isUnset, listed, presentOf, texts, UNKNOWN, type Value } from "../value";
import { callbackUrls, logoutUrls, redirectUri } from "./client-urls";
import {
  type At,
  type Attribute,
  COMMON,
  COMPUTED,
  FREE,
  filled,
  fixed,
  found,
  kept,
  must,
  only,
  type ResourceType,
  reference,
  rising,
  smaller,
  when,
} from "./type";

const LOST =
  "The client's id and secret are gone: the application cannot sign users in until it is given new ones, and every session ends.";

const NO_PAGES = "The hosted pages would no longer sign users in for this client.";

/** Seconds; AWS's defaults where nothing is said: "Understanding user pool tokens", Amazon Cognito developer guide. */
const UNITS: Readonly<Record<string, number>> = { seconds: 1, minutes: 60, hours: 3600, days: 86_400 };
const TOKENS = {
  access_token: { unit: "hours", standard: 3600 },
  id_token: { unit: "hours", standard: 3600 },
  refresh_token: { unit: "days", standard: 30 * 86_400 },
} as const;
type Token = keyof typeof TOKENS;

const REFRESH = "ALLOW_REFRESH_TOKEN_AUTH";

/** The standard attributes of OpenID Connect that a client has only where its pool needs them: to sign in with, as required, or from a provider. */
const STANDARD = [
  ...["address", "birthdate", "family_name", "gender", "given_name", "locale", "middle_name", "phone_number"],
  ...["preferred_username", "profile", "updated_at", "website", "zoneinfo"],
];

/** In a pool that the same plan makes, a client may begin with these as well: no user has said them yet. */
function beginsWith(attribute: Attribute, ...names: readonly string[]): Attribute {
  return {
    ...attribute,
    finds: (from, to, place) => {
      const isFirst = place.isNew && place.change.importing === undefined && isOfNewPool(place.change);
      const judged = isFirst && to !== UNKNOWN ? texts(to).filter((name) => !names.includes(name)) : to;
      return attribute.finds(from, judged, place);
    },
  };
}

/** A pool that the same plan makes has no users yet, and its id is not known. */
function isOfNewPool(change: ResourceChange): boolean {
  return after(change, "user_pool_id") === UNKNOWN;
}

const readAttributes = beginsWith(
  kept(
    "client-attributes",
    (more) => `The application could also read ${more} of every user.`,
    (less) => `The application could no longer read ${less} of its users, in their tokens either.`,
    ...["email", "email_verified", "name", "nickname", "picture"],
  ),
  ...[...STANDARD, "phone_number_verified"],
);

/** What the client may write already it may also read. */
const readable: Attribute = {
  ...readAttributes,
  finds: (from, to, place) => {
    const written = place.isNew ? [] : texts(at(place.change.before, "write_attributes"));
    const gained = texts(to).filter((name) => written.includes(name));
    return readAttributes.finds([...texts(from), ...gained], to, place);
  },
};

const explicitFlows = kept(
  "client-flows",
  (more) => `Users could also sign in by ${more}, past what the application asks today.`,
  (less) => `An application that signs users in, or keeps them signed in, by ${less} would be refused.`,
  ...["ALLOW_USER_PASSWORD_AUTH", "ALLOW_USER_SRP_AUTH", REFRESH],
);

/** Where refresh tokens are good for one use only, they are renewed in another way. */
const flows: Attribute = {
  ...explicitFlows,
  finds: (from, to, place) => {
    const isRotated = at(place.change.after, "refresh_token_rotation", 0, "feature") === "ENABLED";
    const needed = texts(from).filter((flow) => !(isRotated && flow === REFRESH && !texts(to).includes(flow)));
    return explicitFlows.finds(from === UNKNOWN ? from : needed, to, place);
  },
};

export const USER_POOL_CLIENT: ResourceType = {
  type: "aws_cognito_user_pool_client",
  lost: () => [found("client-lost", LOST)],
  forgotten: found(
    "forgotten",
    "The client stays in the pool, with its secret, but nothing plans or checks it here, and the next deployment makes another one.",
  ),
  attributes: {
    ...COMMON,
    name: FREE,
    client_secret: COMPUTED,
    user_pool_id: reference("client-lost", LOST, "aws_cognito_user_pool", "id"),
    // A client that was taken over into the state does not say whether it has a secret.
    generate_secret: must(
      when(
        "guarded",
        "client-without-secret",
        "Anyone could use the client without a secret: it is no longer the application alone that signs users in.",
        (from, to, { isNew, change }) =>
          isNew && change.importing === undefined
            ? to === true || isOfNewPool(change)
            : isUnset(from) && (to === true || isUnset(to)) && !(isNew && isUnset(at(change.before, "client_secret"))),
      ),
    ),

    callback_urls: filled(callbackUrls, NO_PAGES),
    logout_urls: logoutUrls,
    default_redirect_uri: redirectUri,
    allowed_oauth_flows: filled(
      kept(
        "client-flows",
        (more) =>
          `The client would also accept ${more}: an implicit flow hands tokens to the browser's address bar, client credentials need no user.`,
        (less) => `Sign-ins on the hosted pages by ${less} would be refused.`,
        "code",
      ),
      NO_PAGES,
    ),
    allowed_oauth_flows_user_pool_client: only("client-flows", NO_PAGES, true),
    allowed_oauth_scopes: filled(
      beginsWith(
        kept(
          "client-scopes",
          (more) =>
            `Tokens of this client would also be good for ${more}, which lets their holder read or change more.`,
          (less) => `Sign-ins that ask for ${less} would be refused: the application can no longer begin one.`,
          ...["email", "openid", "profile"],
        ),
        "phone",
      ),
      NO_PAGES,
    ),
    explicit_auth_flows: filled(
      flows,
      "Cognito would take its own list of ways to sign in, with `ALLOW_CUSTOM_AUTH` in it.",
      true,
    ),
    supported_identity_providers: { kind: "guarded", rule: "client-identity-providers", finds: identityProviders },
    prevent_user_existence_errors: must(
      only(
        "client-existence-errors",
        "Sign-in and recovery would tell any caller whether an account exists.",
        "ENABLED",
      ),
    ),
    enable_token_revocation: must(
      only(
        "client-revocation",
        "Sessions could no longer be ended: a stolen refresh token works until it expires.",
        true,
      ),
    ),
    "refresh_token_rotation.feature": rising(
      "client-revocation",
      "A refresh token could be used again and again, also a stolen one.",
      ["DISABLED", "ENABLED"],
      "DISABLED",
    ),
    "refresh_token_rotation.retry_grace_period_seconds": smaller(
      "client-revocation",
      "A refresh token that was used already would work for longer.",
      60,
    ),
    read_attributes: filled(
      readable,
      "The application could read every attribute of every user: that is what Cognito takes an empty list for.",
      true,
    ),
    write_attributes: filled(
      beginsWith(
        kept(
          "client-attributes",
          (more) => `Users, and any holder of a token of theirs, could also write ${more} themselves.`,
          (less) => `Sign-ups, and users themselves, could no longer say ${less}: what sends it is refused.`,
          ...["email", "name", "nickname", "picture"],
        ),
        ...STANDARD,
      ),
      "Users, and any holder of a token of theirs, could write every attribute: that is what Cognito takes an empty list for.",
      true,
    ),
    enable_propagate_additional_user_context_data: only(
      "client-context",
      "The application could tell Cognito which address a user comes from: threat protection would believe it.",
      false,
    ),
    analytics_configuration: fixed(
      "client-analytics",
      "Data about users and their sign-ins would be sent to an analytics project, or no longer.",
    ),
    access_token_validity: must(lifetime("access_token")),
    id_token_validity: must(lifetime("id_token")),
    refresh_token_validity: must(lifetime("refresh_token")),
    "token_validity_units.access_token": lifetime("access_token"),
    "token_validity_units.id_token": lifetime("id_token"),
    "token_validity_units.refresh_token": lifetime("refresh_token"),
    auth_session_validity: smaller(
      "client-longer-tokens",
      "A sign-in that was begun could be finished for longer, also by another person.",
      3,
    ),
  },
};

/** The number counts in a unit that may change as well, so both are judged as seconds. */
function lifetime(token: Token): Attribute {
  return when(
    "safer",
    "client-longer-tokens",
    `The ${token.replace("_", " ")} would be good for longer: a stolen one works for longer.`,
    (_, to, { change, isNew, plan, template }) => {
      // Of something new that says nothing, AWS fills it in.
      if (to === UNKNOWN && !(isNew && template === undefined)) return false;
      const most = isNew ? longest(token, plan) : seconds(token, change.before);
      return seconds(token, change.after) <= most;
    },
  );
}

/** Of a new client: as long as the present ones, and never longer than where nothing is said. */
function longest(token: Token, plan: Plan): number {
  const present = presentOf(plan, "aws_cognito_user_pool_client").map((client) => seconds(token, client));
  return Math.min(TOKENS[token].standard, present.length === 0 ? Number.POSITIVE_INFINITY : Math.max(...present));
}

function seconds(token: Token, side: Value): number {
  const { unit, standard } = TOKENS[token];
  const count = Number(at(side, `${token}_validity`) ?? 0);
  const named = at(side, "token_validity_units", 0, token);
  return count === 0
    ? standard
    : count * (UNITS[typeof named === "string" && named !== "" ? named : unit] ?? Number.NaN);
}

const NAME = "supported_identity_providers";

function identityProviders(from: Value, to: Value, { plan, isNew }: At) {
  if (to === UNKNOWN)
    return [
      found(
        "client-identity-providers",
        "Which identity providers users can come from is only known once it is applied.",
      ),
    ];
  const [old, now] = [isNew ? [] : texts(from), texts(to)];
  const clients = presentOf(plan, "aws_cognito_user_pool_client");
  const offered = ["COGNITO", ...old, ...clients.flatMap((client) => texts(at(client, NAME)))];
  const less = old.filter((name) => !now.includes(name));
  const more = now.filter((name) => !offered.includes(name));
  return [
    ...(less.length === 0
      ? []
      : [found("client-identity-providers", `Users who sign in through ${listed(less)} could no longer do so.`)]),
    ...(more.length === 0 || clients.length === 0 || !isLinking(plan)
      ? []
      : [
          found(
            "client-identity-providers",
            `Sign-ups are linked to accounts that are there: ${listed(more)} could take over any account by saying that it has its e-mail address.`,
          ),
        ]),
  ];
}
