import { createDiffieHellmanGroup, createHash, createHmac, hkdfSync, randomBytes, timingSafeEqual } from "node:crypto";

/*
 * The server's side of Cognito's secure remote password protocol (SRP-6a with SHA-256): the emulated Cognito does not know it, and it is what Cognito's
 * libraries sign in with. It is for this machine only: the passwords are known here. RFC 5054; the rest is as in amazon-cognito-identity-js.
 */

/** The 3072-bit group of RFC 3526, which Cognito uses, with the generator 2. */
const N = BigInt(`0x${createDiffieHellmanGroup("modp15").getPrime("hex")}`);
const G = 2n;
const K = hashed(bytesOf(N), Buffer.from([2]));

/** One sign-in that has begun: the password is not sent, only proved. */
export class SrpChallenge {
  private readonly a: bigint;
  private readonly b = BigInt(`0x${randomBytes(32).toString("hex")}`);
  private readonly salt = BigInt(`0x${randomBytes(16).toString("hex")}`);
  private readonly verifier: bigint;
  private readonly publicB: bigint;
  readonly secretBlock = randomBytes(32).toString("base64");

  /** `srpA` is what the client has sent, in hexadecimal. Throws an Error where it is no number, or gives the password away. */
  constructor(
    private readonly poolId: string,
    readonly username: string,
    readonly password: string,
    srpA: string,
  ) {
    if (!/^[0-9a-f]+$/i.test(srpA)) throw new Error("SRP_A is no hexadecimal number");
    this.a = BigInt(`0x${srpA}`);
    if (this.a % N === 0n) throw new Error("SRP_A is a multiple of N");
    const identity = createHash("sha256").update(`${this.poolName}${username}:${password}`).digest();
    this.verifier = power(G, hashed(bytesOf(this.salt), identity));
    this.publicB = (K * this.verifier + power(G, this.b)) % N;
  }

  /** "ChallengeParameters" of the challenge PASSWORD_VERIFIER. */
  get parameters() {
    return {
      USER_ID_FOR_SRP: this.username,
      USERNAME: this.username,
      SRP_B: this.publicB.toString(16),
      SALT: this.salt.toString(16),
      SECRET_BLOCK: this.secretBlock,
    };
  }

  /** Whether the client knows the password: `signature` is base64 of an HMAC, `timestamp` is as the client has sent it. */
  isProved(timestamp: string, signature: string): boolean {
    const u = hashed(bytesOf(this.a), bytesOf(this.publicB));
    const shared = power(this.a * power(this.verifier, u), this.b);
    const key = Buffer.from(hkdfSync("sha256", bytesOf(shared), bytesOf(u), "Caldera Derived Key", 16));
    const expected = createHmac("sha256", key)
      .update(this.poolName)
      .update(this.username)
      .update(Buffer.from(this.secretBlock, "base64"))
      .update(timestamp)
      .digest();
    const given = Buffer.from(signature, "base64");
    return given.length === expected.length && timingSafeEqual(given, expected);
  }

  /** The part of the pool's id behind the Region. */
  private get poolName(): string {
    return this.poolId.slice(this.poolId.indexOf("_") + 1);
  }
}

function hashed(...parts: readonly Buffer[]): bigint {
  return BigInt(`0x${createHash("sha256").update(Buffer.concat(parts)).digest("hex")}`);
}

/** A number as signed big-endian bytes: one that would begin with a set bit begins with a zero. */
function bytesOf(number: bigint): Buffer {
  const hex = number.toString(16);
  const even = hex.length % 2 === 0 ? hex : `0${hex}`;
  return Buffer.from(/^[89a-f]/.test(even) ? `00${even}` : even, "hex");
}

/** base ** exponent modulo N. */
function power(base: bigint, exponent: bigint): bigint {
  let [result, factor] = [1n, base % N];
  for (let left = exponent; left > 0n; left >>= 1n) {
    if (left & 1n) result = (result * factor) % N;
    factor = (factor * factor) % N;
  }
  return result;
}
