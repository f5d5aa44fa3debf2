import type { Call } from "./client";
import { AwsError, type Credentials, isRetryable, type Response, type signedPost, withRetries } from "./request";

export interface AssumeRoleConfig {
  /** Sends to STS, signed with the function's own credentials. */
  readonly post: ReturnType<typeof signedPost>;
  readonly roleArn: string;
  /** External id for the role's trust policy. It prevents the confused-deputy problem. */
  readonly externalId?: string | undefined;
  /** Appears in the other account's CloudTrail: 2 to 64 letters, digits or `=,.@_-`. */
  readonly sessionName: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** Milliseconds before they expire that credentials are no longer used for a new call. */
const MARGIN = 60_000;

/**
 * A role's credentials, cached until shortly before they expire. STS uses AWS's query protocol: the request is a form, the
 * response is XML. Throws {@link AwsError} with the prefix `AssumeRole.` in its code, for example `AssumeRole.AccessDenied`.
 */
export function assumeRole({ post, roleArn, externalId, sessionName, now }: AssumeRoleConfig) {
  const form = new URLSearchParams({
    Action: "AssumeRole",
    Version: "2011-06-15",
    RoleArn: roleArn,
    RoleSessionName: sessionName,
    ...(externalId && { ExternalId: externalId }),
  }).toString();
  const headers = { "content-type": "application/x-www-form-urlencoded; charset=utf-8" };
  let kept: Expiring | undefined;

  return async function credentials(deadline: number): Promise<Credentials> {
    if (!kept || kept.expiresAt - MARGIN <= now()) {
      kept = await withRetries(async (timeout) => readAnswer(await post(headers, form, timeout)), deadline);
    }
    return kept.credentials;
  };
}

/** Signs each call with the current credentials, which may change between calls. */
export function signedWith(
  credentials: (deadline: number) => Promise<Credentials>,
  client: (credentials: Credentials) => Call,
): Call {
  let current: { readonly credentials: Credentials; readonly call: Call } | undefined;
  return async (target, input, deadline) => {
    const valid = await credentials(deadline);
    if (current?.credentials !== valid) current = { credentials: valid, call: client(valid) };
    return current.call(target, input, deadline);
  };
}

interface Expiring {
  readonly credentials: Credentials;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

/** "AssumeRole", STS API reference. The fields that are read contain no characters that XML escapes. */
export function readAnswer({ status, text }: Response): Expiring {
  const field = (name: string) => new RegExp(`<${name}>\\s*([^<&\\s]+)\\s*</${name}>`).exec(text)?.[1];
  if (status !== 200) {
    const code = field("Code") ?? "BadResponse";
    throw new AwsError(`AssumeRole.${code}`, isRetryable(status, code));
  }
  const [accessKeyId, secretAccessKey, sessionToken] = ["AccessKeyId", "SecretAccessKey", "SessionToken"].map(field);
  const expiresAt = Date.parse(field("Expiration") ?? "");
  if (!accessKeyId || !secretAccessKey || !sessionToken || Number.isNaN(expiresAt)) {
    throw new AwsError("AssumeRole.BadResponse", true);
  }
  return { credentials: { accessKeyId, secretAccessKey, sessionToken }, expiresAt };
}
