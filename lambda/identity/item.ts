import type { Reservation, Version } from "./reservation";

/** A reservation as an item in DynamoDB. */
export type Item = Readonly<Record<string, { readonly S?: string | undefined; readonly N?: string | undefined }>>;

export function toItem({ key, username, email, phone_number, attempt, reservedAt, nonce }: Reservation) {
  return {
    pk: { S: key },
    username: { S: username },
    email: { S: email },
    ...(phone_number !== undefined && { phone_number: { S: phone_number } }),
    attempt: { S: attempt },
    reservedAt: { N: String(reservedAt) },
    ...(nonce !== undefined && { nonce: { S: nonce } }),
  };
}

/** The reservation in an item; undefined if the item does not identify its sign-up. */
export function fromItem({
  pk,
  username,
  email,
  phone_number,
  attempt,
  reservedAt,
  nonce,
}: Item): Reservation | undefined {
  if (pk?.S === undefined || username?.S === undefined || email?.S === undefined) return undefined;
  if (!attempt?.S || !reservedAt?.N) return undefined;
  return {
    key: pk.S,
    username: username.S,
    email: email.S,
    ...(phone_number?.S !== undefined && { phone_number: phone_number.S }),
    attempt: attempt.S,
    reservedAt: Number(reservedAt.N),
    ...(nonce?.S !== undefined && { nonce: nonce.S }),
  };
}

/** The condition that an item has exactly this version. */
export function isVersion({ attempt, reservedAt, nonce }: Version) {
  const same = nonce === undefined ? "attribute_not_exists(nonce)" : "nonce = :nonce";
  return {
    ConditionExpression: `attempt = :attempt AND reservedAt = :reservedAt AND ${same}`,
    ExpressionAttributeValues: {
      ":attempt": { S: attempt },
      ":reservedAt": { N: String(reservedAt) },
      ...(nonce !== undefined && { ":nonce": { S: nonce } }),
    },
  };
}
