import { castOf, DOMAIN, keysOf, newRun, RACERS, signUpsOf } from "../../../cli/prove/cast";
import { canonicalOf, type Identifiers } from "../../../lambda/identity/account";
import { canonicalEmail } from "../../../lambda/identity/canonical";

const KINDS: Readonly<Record<string, Identifiers>> = {
  "username and address": { username: "required", email: "required" },
  "username only": { username: "required" },
  "address only": { email: "required" },
  "phone number only": { phone_number: "required" },
  "address or phone number": { email: "optional", phone_number: "optional" },
  everything: { username: "required", email: "required", phone_number: "optional", preferred_username: "optional" },
};

describe.each(Object.entries(KINDS))("the cast of a pool whose users sign in with %s", (_, identifiers) => {
  const run = newRun();
  const cast = castOf(run, identifiers);
  const signUps = signUpsOf(cast);

  it("has no address but of the reserved domain, with the letters of the run", () => {
    const wrong = signUps.filter(({ email }) => {
      const address = canonicalEmail(email);
      return !address.endsWith(`@${DOMAIN}`) || !address.includes(run);
    });
    expect(wrong).toEqual([]);
  });

  it("has numbers that are given to no customer", () => {
    const numbers = signUps.flatMap(({ phone_number }) => phone_number ?? []);
    expect(numbers.filter((number) => !/^\+440?7700900\d{3}$/.test(number))).toEqual([]);
    expect(numbers.length > 0).toBe(identifiers.phone_number !== undefined);
  });

  it("lists the key of everything that can be reserved", () => {
    const keys = new Set(keysOf(signUps, identifiers));
    for (const signUp of signUps) {
      if (identifiers.username) expect(keys).toContain(`USERNAME#${canonicalOf("username", signUp.username)}`);
      if (identifiers.email) expect(keys).toContain(`EMAIL#${canonicalOf("email", signUp.email)}`);
    }
    expect([...keys].some((key) => key.startsWith("EMAIL#"))).toBe(identifiers.email !== undefined);
  });

  it("has races of sign-ups that share one identifier and nothing else, and differ from race to race", () => {
    const shared = cast.races.map((racers) => {
      expect(racers).toHaveLength(RACERS);
      const names = (["username", "email", "phone_number"] as const).filter((name) => identifiers[name]);
      const common = names.filter(
        (name) => new Set(racers.map((racer) => canonicalOf(name, racer[name] ?? ""))).size === 1,
      );
      expect(common).toHaveLength(1);
      const [name = "username"] = common;
      return canonicalOf(name, racers[0]?.[name] ?? "");
    });
    expect(new Set(shared).size).toBe(shared.length);
  });

  it("begins with a sign-up that is admitted, and has other runs' names nowhere", () => {
    expect(cast.cases[0]?.expected).toBe("admitted");
    const other = new Set(signUpsOf(castOf(newRun(), identifiers)).flatMap(({ username, email }) => [username, email]));
    expect(signUps.filter(({ username, email }) => other.has(username) || other.has(email))).toEqual([]);
  });
});
