import type { AttributeType, UserType } from "@aws-sdk/client-cognito-identity-provider";

/** An account of a user pool, with everything that ListUsers returns. */
export interface User {
  readonly username: string;
  /** The account's id; empty if an export does not have it. */
  readonly sub: string;
  /** Attributes by name, `sub` and `email` among them. */
  readonly attributes: Readonly<Record<string, string>>;
  /** UNCONFIRMED, CONFIRMED, FORCE_CHANGE_PASSWORD, EXTERNAL_PROVIDER, …; empty if an export does not have it. */
  readonly status: string;
  readonly enabled: boolean;
  /** ISO 8601; empty if an export does not have it. */
  readonly created: string;
  /** ISO 8601; empty if an export does not have it. */
  readonly modified: string;
}

/** A user as ListUsers returns it: in the SDK's types, or as JSON of the AWS CLI or boto3, in which times are strings or seconds. */
export interface ListedUser extends Omit<UserType, "UserCreateDate" | "UserLastModifiedDate"> {
  /** In place of `Attributes`, in what AdminGetUser answers. */
  readonly UserAttributes?: AttributeType[];
  readonly UserCreateDate?: unknown;
  readonly UserLastModifiedDate?: unknown;
}

export function userFrom({ Username = "", Attributes, UserStatus, Enabled, ...times }: ListedUser): User {
  const attributes = attributesOf(Attributes);
  return {
    username: Username,
    sub: attributes.sub ?? "",
    attributes,
    status: UserStatus ?? "",
    enabled: Enabled !== false,
    created: time(times.UserCreateDate),
    modified: time(times.UserLastModifiedDate),
  };
}

export function attributesOf(attributes: readonly AttributeType[] = []): Record<string, string> {
  return Object.fromEntries(attributes.map(({ Name = "", Value = "" }) => [Name, Value]));
}

/** Texts of a store end at a NUL, and half of a surrogate pair becomes another character: two names would be equal there. */
const UNSTORABLE = /[\0\p{Cs}]/u;

/** Whether a store keeps a username, an address or an id as it is. */
export function isStorable(text: string): boolean {
  return !UNSTORABLE.test(text);
}

export function isVerified({ attributes }: User): boolean {
  return attributes.email_verified?.toLowerCase() === "true";
}

function time(value: unknown): string {
  if (value === undefined || value === null || value === "") return "";
  const date = new Date(typeof value === "number" ? value * 1000 : (value as string | Date));
  return Number.isNaN(date.getTime()) ? String(value) : date.toISOString();
}
