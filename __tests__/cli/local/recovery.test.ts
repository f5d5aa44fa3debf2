import { isLeftToAdministrators, recoveryOf } from "../../../cli/local/recovery";

const user = (attributes: Record<string, string>) => ({
  ...{ Username: "ana", Password: "Correct-Horse-1" },
  Attributes: Object.entries(attributes).map(([Name, Value]) => ({ Name, Value })),
});
const EMAIL = { email: "ana@example.com", email_verified: "true" };
const NUMBER = { phone_number: "+491701234567", phone_number_verified: "true" };
const pool = (...names: string[]) => ({
  account_recovery_setting: {
    recovery_mechanism: names.map((name, index) => ({ name, priority: index + 1 })).reverse(),
  },
});

it.each([
  [{}, { ...EMAIL, ...NUMBER }, "phone_number"],
  [{}, EMAIL, "email"],
  [{}, { ...EMAIL, email_verified: "false" }, undefined],
  [pool("verified_email", "verified_phone_number"), { ...EMAIL, ...NUMBER }, "email"],
  [pool("verified_email", "verified_phone_number"), { ...NUMBER, email: "ana@example.com" }, "phone_number"],
  [pool("verified_email"), NUMBER, undefined],
  [pool("admin_only"), EMAIL, undefined],
])("with the pool %j and the attributes %j the code goes to %j", (block, attributes, to) => {
  expect(recoveryOf(user(attributes), block)).toBe(to);
});

it("admin_only leaves it to administrators", () => {
  expect(isLeftToAdministrators(pool("admin_only"))).toBe(true);
  expect(isLeftToAdministrators({})).toBe(false);
});
