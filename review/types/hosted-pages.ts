import { UNKNOWN } from "../value";
import { COMMON, COMPUTED, FREE, fixed, found, type ResourceType, reference, when } from "./type";

const NO_PAGES = "Users of this client would be shown an error instead of the sign-in page.";
const OTHER_POOL = "The hosted pages of another pool, or of another client, would change.";

export const MANAGED_LOGIN_BRANDING: ResourceType = {
  type: "aws_cognito_managed_login_branding",
  // Other images make it anew, within seconds.
  lost: ({ change }) => (change.action === "delete" ? [found("pages-lost", NO_PAGES)] : []),
  forgotten: found("forgotten", "The style stays, but nothing plans or checks it here from now on."),
  attributes: {
    ...COMMON,
    user_pool_id: reference("pages-lost", OTHER_POOL, "aws_cognito_user_pool", "id"),
    client_id: reference("pages-lost", OTHER_POOL, "aws_cognito_user_pool_client", "id"),
    // Colours, places and images: no link, and nothing that runs.
    settings: FREE,
    asset: FREE,
    use_cognito_provided_values: FREE,
    settings_all: COMPUTED,
    managed_login_branding_id: COMPUTED,
  },
};

export const UI_CUSTOMIZATION: ResourceType = {
  type: "aws_cognito_user_pool_ui_customization",
  isSetting: true,
  attributes: {
    ...COMMON,
    user_pool_id: reference("pages-style", OTHER_POOL, "aws_cognito_user_pool", "id"),
    client_id: fixed("pages-style", OTHER_POOL, "ALL"),
    css: when(
      "safer",
      "pages-style",
      "The sign-in page would load something from elsewhere, whose owner learns of every sign-in.",
      (_, to) => to !== UNKNOWN && !(typeof to === "string" && /@|\\|<|url\s*\(/i.test(to)),
    ),
    image_file: FREE,
    css_version: COMPUTED,
    image_url: COMPUTED,
    creation_date: COMPUTED,
    last_modified_date: COMPUTED,
  },
};
