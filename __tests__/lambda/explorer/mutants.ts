import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { build } from "esbuild";
import { BOUNDS, type explore } from "./explore";
import type { Kind } from "./pool";

/** The protocol with one fault in its source. */
export interface Mutant {
  readonly what: string;
  readonly file: string;
  readonly find: string;
  readonly replace: string;
  /** The first seed that found it. */
  readonly seed: number;
  /** @default email */
  readonly kind?: Kind;
}

const UNIQUENESS = "lambda/uniqueness";

export const MUTANTS: readonly Mutant[] = [
  {
    what: "two calls in the same millisecond have the same version",
    file: `${UNIQUENESS}/attempt.ts`,
    find: 'randomBytes(9).toString("base64url")',
    replace: "String(Date.now())",
    seed: 641,
  },
  {
    what: "a refused call removes reservations of any version",
    file: `${UNIQUENESS}/table.ts`,
    find: "Key: { pk: { S: key } }, ...isVersion(version) }",
    replace: "Key: { pk: { S: key } } }",
    seed: 74,
  },
  {
    what: "a reservation is taken over without a condition",
    file: `${UNIQUENESS}/table.ts`,
    find: "...(replaces ? isVersion(replaces) :",
    replace: "...(replaces ? {} :",
    seed: 78,
  },
  {
    what: "a new reservation is written without a condition",
    file: `${UNIQUENESS}/table.ts`,
    find: '{ ConditionExpression: "attribute_not_exists(pk)" }',
    replace: "{}",
    seed: 2,
  },
  {
    what: "no sign-up is in flight",
    file: "lambda/identity/reservation.ts",
    find: "IN_FLIGHT = 60_000",
    replace: "IN_FLIGHT = 0",
    seed: 4,
  },
  {
    what: "a sign-up is in flight for 20 seconds only",
    file: "lambda/identity/reservation.ts",
    find: "IN_FLIGHT = 60_000",
    replace: "IN_FLIGHT = 20_000",
    seed: 80,
  },
  {
    what: "a reservation keeps the time of a wrong clock",
    file: `${UNIQUENESS}/reservations.ts`,
    find: "if (!late) return",
    replace: "if (true) return",
    seed: 304,
  },
  {
    what: "a reservation from the future is in flight until its time comes",
    file: "lambda/identity/reservation.ts",
    find: "Math.abs(now - reservedAt)",
    replace: "now - reservedAt",
    seed: 1520,
  },
  {
    what: "the address is not looked up",
    file: `${UNIQUENESS}/reservations.ts`,
    find: "looks.find(({ owners }) => owners.length > 0)",
    replace: "looks.find(() => false)",
    seed: 1,
  },
  {
    what: "accounts are looked up in the spelling as typed only",
    file: `${UNIQUENESS}/directory.ts`,
    find: "spellingsToAsk(name, identifier).map(",
    replace: "[spellingsToAsk(name, identifier)[0] ?? identifier.typed].map(",
    seed: 14,
  },
  {
    what: "a holder is not looked up in its own spelling",
    file: `${UNIQUENESS}/holder.ts`,
    find: ", usersFilter(name, holder[name] ?? canonical)]",
    replace: "]",
    seed: 18,
  },
  {
    what: "a holder is not looked up at all",
    file: `${UNIQUENESS}/holder.ts`,
    find: "if (found.owners.length > 0) return true;",
    replace: "",
    seed: 2,
  },
  {
    what: "every sign-up in progress is treated as hopeless",
    file: `${UNIQUENESS}/holder.ts`,
    find: "return current !== undefined && stands(current);",
    replace: "return true;",
    seed: 21,
  },
  {
    what: "ListUsers decides about the account that blocks a sign-up",
    file: `${UNIQUENESS}/holder.ts`,
    find: "return current !== undefined && stands(current);",
    replace: "return older !== undefined;",
    seed: 21,
  },
  {
    what: "expired accounts are not deleted",
    file: `${UNIQUENESS}/expired.ts`,
    find: "await accounts.remove(userPoolId, username, deadline);",
    replace: "",
    seed: 1,
  },
  {
    what: "expired accounts are deleted only where the look-up finds them",
    file: `${UNIQUENESS}/holder.ts`,
    find: "const { owned } = await clear(name, found.expired, attempt, deadline);",
    replace: "const owned = false;",
    seed: 18,
  },
  {
    what: "ListUsers decides about an account that is to be deleted",
    file: `${UNIQUENESS}/expired.ts`,
    find: "if (owners.length > 0) return",
    replace: "if (false) return",
    seed: 53,
  },
  {
    what: "the username of an account that is deleted is not locked",
    file: `${UNIQUENESS}/expired.ts`,
    find: "await lock(account);",
    replace: "",
    seed: 1449,
  },
  {
    what: "an account with the sign-up's own username is deleted",
    file: `${UNIQUENESS}/expired.ts`,
    find: "canonicalUsername(username) !== own.canonical",
    replace: "true",
    seed: 2334,
  },
  {
    what: "a phone number is looked up in one spelling only",
    file: "lambda/identity/spellings.ts",
    find: "[...new Set([typed, ...phoneSpellings(canonical)])]",
    replace: "[typed]",
    seed: 2,
    kind: "phone_number",
  },
  {
    what: "without usernames, two sign-ups with one address are the same sign-up",
    file: `${UNIQUENESS}/attempt.ts`,
    find: "attemptOf(own, ",
    replace: 'attemptOf("", ',
    seed: 2,
    kind: "made",
  },
];

type Explore = typeof explore;

/** The explorer with this fault in the explored sources. */
export async function explorerOf(mutant: Mutant): Promise<Explore> {
  const name = createHash("sha256").update(JSON.stringify(mutant)).digest("hex").slice(0, 16);
  const outfile = path.resolve(".build/explorer", `${name}.cjs`);
  const mutated = path.resolve(mutant.file);
  await build({
    entryPoints: [path.resolve("__tests__/lambda/explorer/explore.ts")],
    outfile,
    bundle: true,
    platform: "node",
    target: "node20",
    format: "cjs",
    logLevel: "error",
    plugins: [
      {
        name: "mutant",
        setup({ onLoad }) {
          onLoad({ filter: /\.ts$/ }, async ({ path: file }) => {
            if (file !== mutated) return undefined;
            const source = await readFile(file, "utf8");
            const pieces = source.split(mutant.find);
            if (pieces.length !== 2) throw new Error(`${mutant.file} has ${pieces.length - 1} of: ${mutant.find}`);
            return { contents: pieces.join(mutant.replace), loader: "ts" };
          });
        },
      },
    ],
  });
  return createRequire(__filename)(outfile).explore as Explore;
}

/** The first of these seeds that finds the fault; undefined if none does. */
export async function foundBy(mutant: Mutant, seeds: Iterable<number>): Promise<number | undefined> {
  const exploreMutant = await explorerOf(mutant);
  for (const seed of seeds) {
    const { violations } = await exploreMutant(seed, BOUNDS, mutant.kind).catch(() => ({ violations: ["it broke"] }));
    if (violations.length > 0) return seed;
  }
  return undefined;
}

/** The seeds of so many runs. */
export function* seeds(runs: number): Generator<number> {
  for (let seed = 1; seed <= runs; seed++) yield seed;
}
