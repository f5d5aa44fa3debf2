import { ARGUMENTS } from "./arguments";

/** A resource that belongs to a pool: its type, and its arguments as the provider reads them. */
export interface Found {
  readonly type: string;
  readonly values: Readonly<Record<string, unknown>>;
}

type Why = (values: Found["values"]) => string | undefined;

const NEEDS_NEWER: Why = () => "it needs a newer version of hashicorp/aws";

/** The settings that manage resources of these types, and why a setting cannot take over one that is there; undefined where it can. */
const SETTINGS: Readonly<Record<string, readonly [setting: string, why: Why]>> = {
  aws_wafv2_web_acl_association: ["waf", whyNotWebAcl],
  aws_cognito_user_pool_ui_customization: ["uiCustomization", whyNotStyle],
  aws_cognito_risk_configuration: ["riskConfiguration", whyNotRisks],
  aws_cognito_managed_login_branding: ["managedLogin", NEEDS_NEWER],
  aws_cognito_log_delivery_configuration: ["logDelivery", NEEDS_NEWER],
  aws_cognito_identity_pool: ["identityPool", () => "it makes another one"],
};

/** Why a resource is not taken over; undefined where it is. */
export function whyOutside({ type, values }: Found): string | undefined {
  const known = SETTINGS[type];
  if (known === undefined) return Object.hasOwn(ARGUMENTS, type) ? undefined : "no setting";
  const [setting, whyNot] = known;
  const why = whyNot(values);
  return why && `${setting}: ${why}`;
}

/** A resource that stays as it is: what it is, which arguments it has, and why it is not taken over. */
export function outsideLine(what: string, found: Found): string {
  const { values } = found;
  const has = Object.keys(values).filter((name) => !NAMES.includes(name) && isSaid(values[name]));
  return `${what}: ${has.join(", ") || "nothing"} (${whyOutside(found)})`;
}

/** What could not be read: it may be there, or not. */
export function unreadLine(type: string, what: string, error: unknown): string {
  return `${what}: not read (${(error as Error).name}), so look whether there is one before you set ${SETTINGS[type]?.[0]}`;
}

/** "ManagedByFirewallManager" of WebACL, AWS WAF API reference. */
function whyNotWebAcl({ managed_by_firewall_manager: isManaged }: Found["values"]): string | undefined {
  return isManaged === true ? "AWS Firewall Manager puts it there" : undefined;
}

/** The provider never reads `image_file`: "aws_cognito_user_pool_ui_customization", documentation of hashicorp/aws 5.100. */
function whyNotStyle(values: Found["values"]): string | undefined {
  if (isOfOneClient(values)) return "it is for all clients";
  return isSaid(values.image_file) || isSaid(values.image_url)
    ? "the provider does not read the image, and would change the style without it. Store the image as a file, and set { css, logoFile } as they are: the first deployment writes them once more"
    : undefined;
}

function whyNotRisks(values: Found["values"]): string | undefined {
  if (isOfOneClient(values)) return "it is for all clients";
  const { risk_exception_configuration: exceptions } = values;
  // Left out, it would be a change in every plan.
  if (Array.isArray(exceptions) && exceptions.length > 0 && !isSaid(exceptions)) {
    return "the provider cannot write an empty risk_exception_configuration";
  }
  const missing = missingIn(values);
  return missing.length > 0 ? `the provider requires ${missing.join(", ")}` : undefined;
}

/** The provider writes ALL, or no client, for what is for all of them. */
function isOfOneClient({ client_id: client }: Found["values"]): boolean {
  return isSaid(client) && client !== "ALL";
}

/** What hashicorp/aws 5.100 requires of a risk configuration, and Cognito does not, by the block that it is in. */
const TEXTS = ["html_body", "text_body"];
const REQUIRED: Readonly<Record<string, readonly string[]>> = {
  account_takeover_risk_configuration: ["notify_configuration"],
  block_email: TEXTS,
  mfa_email: TEXTS,
  no_action_email: TEXTS,
};

function missingIn(values: Found["values"]): string[] {
  return Object.entries(values).flatMap(([name, inner]) => {
    const [block] = Array.isArray(inner) ? inner : [];
    if (typeof block !== "object" || block === null) return [];
    const missing = (REQUIRED[name] ?? []).filter((argument) => !isSaid(block[argument]));
    return [...missing.map((argument) => `${name}.${argument}`), ...missingIn(block)];
  });
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
export function isSaid(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(isSaid);
  if (typeof value === "object" && value !== null) return Object.values(value).some(isSaid);
  return value !== undefined && value !== null && value !== "" && value !== false;
}
