import { at, texts, type Value } from "../value";
import { COMMON, COMPUTED, FREE, found, identity, type ResourceType, reference } from "./type";

const LOST =
  "Clients can no longer be allowed the resource server's scopes: machines that sign in with them are refused, and so is its API.";

export const RESOURCE_SERVER: ResourceType = {
  type: "aws_cognito_resource_server",
  lost: () => [found("resource-server-lost", LOST)],
  forgotten: found("forgotten", "The resource server stays, but nothing plans or checks its scopes here from now on."),
  attributes: {
    ...COMMON,
    name: FREE,
    identifier: identity("resource-server-lost", LOST),
    user_pool_id: reference("resource-server-lost", LOST, "aws_cognito_user_pool", "id"),
    scope: {
      kind: "safer",
      rule: "resource-server-scopes",
      finds: (from, to, { isNew }) => {
        const gone = isNew ? [] : scopesOf(from).filter((name) => !scopesOf(to).includes(name));
        return gone.map((name) =>
          found("resource-server-scopes", `Clients lose the scope ${name}: what asks for it is refused.`),
        );
      },
    },
    scope_identifiers: COMPUTED,
  },
};

function scopesOf(scopes: Value): string[] {
  return Array.isArray(scopes) ? texts(scopes.map((scope) => at(scope, "scope_name") ?? null)) : [];
}
