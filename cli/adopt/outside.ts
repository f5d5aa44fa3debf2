/** The setting that manages resources of a type which is not imported. */
const SETTINGS: Readonly<Record<string, string>> = {
  aws_cognito_user_pool_ui_customization: "uiCustomization",
  aws_cognito_managed_login_branding: "managedLogin",
  aws_cognito_risk_configuration: "riskConfiguration",
  aws_cognito_log_delivery_configuration: "logDelivery",
  aws_wafv2_web_acl_association: "waf",
  aws_cognito_identity_pool: "identityPool",
};

/** A resource that is there, and stays as it is: what it is, which arguments it has, and which setting would manage one. */
export function outsideLine(type: string, what: string, values: Readonly<Record<string, unknown>>): string {
  const has = Object.keys(values).filter((name) => !NAMES.includes(name) && isSaid(values[name]));
  const setting = SETTINGS[type];
  return `${what}: ${has.join(", ") || "nothing"} (${setting ?? "no setting"})`;
}

/** What a resource is called, and what it belongs to. */
const NAMES = [
  "id",
  "arn",
  "user_pool_id",
  "client_id",
  "css_version",
  "creation_date",
  "last_modified_date",
  "tags_all",
];

/** Whether a value says something: neither it nor anything in it is empty. */
function isSaid(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(isSaid);
  if (typeof value === "object" && value !== null) return Object.values(value).some(isSaid);
  return value !== undefined && value !== null && value !== "" && value !== false;
}

/** What could not be read: it may be there, or not. */
export function unreadLine(type: string, what: string, error: unknown): string {
  return `${what}: not read (${(error as Error).name}), so look whether there is one before you set ${SETTINGS[type]}`;
}
