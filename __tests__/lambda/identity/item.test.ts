import { fromItem, isVersion, toItem } from "../../../lambda/identity/item";

const reservation = { key: "USERNAME#ana", username: "Ana", email: "ana@x", attempt: "hash", reservedAt: 5 };

it.each([[reservation], [{ ...reservation, nonce: "n" }], [{ ...reservation, email: "" }]])(
  "a reservation comes out of its item as it went in: %j",
  (given) => {
    expect(fromItem(toItem(given))).toEqual(given);
  },
);

it.each(["pk", "username", "email", "attempt", "reservedAt"])("an item without %s is no reservation", (name) => {
  const { [name as "pk"]: _, ...rest } = toItem(reservation);
  expect(fromItem(rest)).toBeUndefined();
});

it("a version without a nonce is not that of an item with one", () => {
  expect(isVersion(reservation).ConditionExpression).toContain("attribute_not_exists(nonce)");
  expect(isVersion({ ...reservation, nonce: "n" })).toEqual({
    ConditionExpression: "attempt = :attempt AND reservedAt = :reservedAt AND nonce = :nonce",
    ExpressionAttributeValues: { ":attempt": { S: "hash" }, ":reservedAt": { N: "5" }, ":nonce": { S: "n" } },
  });
});
