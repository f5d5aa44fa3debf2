import type { Cast } from "./cast";
import { type Answer, LISTED_WITHIN, type ProofPool, signInName } from "./pool";

/** What a run has seen, for what is assumed. */
export interface Seen {
  readonly pool: ProofPool;
  readonly cast: Cast;
  /** Answers of the cast's cases, in their order. */
  readonly answers: readonly Answer[];
  /** Answers to all sign-ups that were made one after the other. */
  readonly inTurn: readonly Answer[];
}

/** Something that this project assumes of Cognito and no document promises. */
export interface Assumption {
  readonly assumed: string;
  /** Source files that rely on it. */
  readonly code: readonly string[];
  /** Pages that rely on it, each with words that stand there. */
  readonly pages: Readonly<Record<string, string | readonly string[]>>;
  /** Looks for it without sending a message; a text says how an operator does, where no run can. */
  readonly look: string | ((seen: Seen) => Promise<Look>);
}

interface Look {
  /** Undefined where this pool cannot show it. */
  readonly isSo: boolean | undefined;
  readonly seen: string;
}

export interface SeenAssumption {
  readonly assumed: string;
  /** Source files and pages. */
  readonly reliedOnBy: readonly string[];
  readonly state: "as assumed" | "otherwise" | "only by hand" | "not seen";
  readonly seen: string;
}

const NO_USERNAMES: Look = { isSo: undefined, seen: "Users of this pool have no username of their own." };
const isMade = ({ pool: { pool } }: Seen) => (pool.UsernameAttributes ?? []).length > 0;

export const ASSUMPTIONS: readonly Assumption[] = [
  {
    assumed: "A username that is taken reaches the function, or Cognito refuses it itself: it is never admitted.",
    code: ["lambda/uniqueness/reservations.ts", "lambda/uniqueness/holder.ts"],
    pages: {
      "docs/uniqueness.md": "Cognito itself refuses a sign-up with it, after the function has reserved the address.",
    },
    look: async ({ cast, answers }) => {
      const answer = answers[cast.cases.findIndex(({ promise }) => promise === "the same username is refused")];
      if (answer === undefined) return NO_USERNAMES;
      const order = { function: "The function is called first.", cognito: "Cognito checks first." };
      const { kind, text } = answer;
      return {
        isSo: kind === "failed" ? undefined : kind !== "admitted",
        seen: kind === "function" || kind === "cognito" ? order[kind] : text,
      };
    },
  },
  {
    assumed:
      "A case-insensitive pool may lower-case usernames, also in the trigger's input; it never maps two to one account.",
    code: ["lambda/identity/reservation.ts", "lambda/pre-sign-up/federated.ts"],
    pages: {
      "docs/uniqueness.md": "Cognito lower-cases usernames for triggers",
      "docs/decisions/6-migrating-on-sign-in.md": "Cognito may pass the username in lower case there",
      "docs/security.md": "is refused and counted if Cognito may have lower-cased it",
    },
    look: async (seen) => {
      if (isMade(seen)) return NO_USERNAMES;
      const { capitals } = seen.cast;
      const { kind, text } = await seen.pool.create(capitals);
      if (kind !== "admitted") return { isSo: undefined, seen: text };
      const made = (await seen.pool.read(capitals.username))?.username ?? "no account";
      return { isSo: made.toLowerCase() === capitals.username.toLowerCase(), seen: `Stored as ${made}.` };
    },
  },
  {
    assumed: "An account is found by the spelling that it was made with.",
    code: ["lambda/identity/spellings.ts", "lambda/uniqueness/holder.ts"],
    pages: { "docs/uniqueness.md": "Cognito stores the typed spelling, and its filters match exact spellings." },
    look: async (seen) => {
      const admitted = seen.cast.cases.filter((_, number) => seen.answers[number]?.kind === "admitted");
      const missing = [];
      for (const { signUp } of admitted) if ((await seen.pool.listed(signUp)) === undefined) missing.push(signUp.email);
      if (admitted.length === 0) return { isSo: undefined, seen: "No sign-up was admitted." };
      return {
        isSo: missing.length === 0,
        seen:
          missing.length === 0
            ? `${admitted.length} of ${admitted.length} found.`
            : `Not found: ${missing.join(", ")}.`,
      };
    },
  },
  {
    assumed: "Where users sign in with an address or a number, Cognito makes the username: a UUID.",
    code: ["lambda/uniqueness/attempt.ts"],
    pages: { "docs/uniqueness.md": "Cognito makes another username for every call of SignUp" },
    look: async (seen) => {
      if (!isMade(seen)) return { isSo: undefined, seen: "Users of this pool have usernames of their own." };
      const first = seen.cast.cases[0]?.signUp;
      const made = first && (await seen.pool.read(signInName(seen.pool.pool, first)))?.username;
      if (made === undefined) return { isSo: undefined, seen: "The first sign-up has no account." };
      return { isSo: /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(made), seen: `Username ${made}.` };
    },
  },
  {
    assumed: `ListUsers shows an account within ${LISTED_WITHIN / 1000} seconds of its creation.`,
    code: ["lambda/identity/reservation.ts"],
    pages: {
      "docs/uniqueness.md": "ListUsers is eventually consistent; AWS does not say by how much.",
    },
    look: async ({ pool, cast }) => {
      const { kind, text } = await pool.create(cast.listed);
      if (kind !== "admitted") return { isSo: undefined, seen: text };
      const milliseconds = await pool.listed(cast.listed);
      return {
        isSo: milliseconds !== undefined,
        seen: milliseconds === undefined ? "Not listed in that time." : `Listed after ${milliseconds} ms.`,
      };
    },
  },
  {
    assumed: "Cognito creates an account within 5 seconds of the function's response.",
    code: ["lambda/identity/reservation.ts"],
    pages: { "docs/uniqueness.md": "AWS documents no case of more than a few seconds." },
    look: async ({ inTurn }) => {
      const slowest = Math.max(
        ...inTurn.filter(({ kind }) => kind === "admitted").map(({ milliseconds }) => milliseconds),
      );
      if (!Number.isFinite(slowest)) return { isSo: undefined, seen: "No sign-up was admitted." };
      // The function has 3.5 seconds of its own.
      return {
        isSo: slowest < 8_500,
        seen: `The slowest admitted sign-up took ${Math.round(slowest)} ms, the function included.`,
      };
    },
  },
  {
    assumed: "Cognito takes an address with a quoted local part, or refuses it: it never changes it.",
    code: ["lambda/identity/canonical.ts"],
    pages: { "docs/uniqueness.md": "Cognito stores the typed spelling" },
    look: async ({ pool, cast: { quoted } }) => {
      const { kind, text } = await pool.create(quoted);
      if (kind !== "admitted") return { isSo: kind === "failed" ? undefined : true, seen: text };
      const stored = (await pool.read(signInName(pool.pool, quoted)))?.attributes.get("email");
      return { isSo: stored === quoted.email, seen: `Stored as ${stored}.` };
    },
  },
  {
    assumed: "Cognito may call the Pre-SignUp function for an account that the user-migration function answered with.",
    code: ["lambda/identity/reservation.ts", "lambda/uniqueness/attempt.ts"],
    pages: {
      "docs/decisions/6-migrating-on-sign-in.md":
        "AWS does not document whether Cognito calls Pre-SignUp for a migrated account",
      "docs/migrating-on-sign-in.md": [
        "Cognito may call the pool's Pre-SignUp function after this one",
        "AWS does not document it)",
      ],
      "docs/uniqueness.md": "Cognito may also call this function for the account, with a different spelling",
    },
    look: "because an old pool is needed: sign in with an account of it, and look for PreSignUp in the log of the function",
  },
  {
    assumed: "The user-migration function may answer with another username than the typed one.",
    code: ["lambda/user-migration/account.ts"],
    pages: {
      "docs/migrating-on-sign-in.md":
        "AWS does not document that a migrated account can have a username other than the typed one",
    },
    look: "because an old pool is needed: sign in with the e-mail address of an account of it, and look for its username with admin-get-user",
  },
  {
    assumed: "Cognito ends the first sign-in after AdminLinkProviderForUser with an error, and takes the second one.",
    code: ["lambda/pre-sign-up/federated.ts"],
    pages: { "docs/uniqueness.md": "Cognito is known to end the very first sign-in after a link" },
    look: 'because an identity provider is needed: with federated: "link", sign in twice through it with the address of a confirmed account',
  },
  {
    assumed: "AdminCreateUser leaves the account where its invitation cannot be delivered.",
    code: ["migration/pool/directory.ts", "migration/users/move.ts"],
    pages: { "docs/moving-users.md": "Where Cognito created an account and could not send its invitation" },
    look: "because a message is sent: create an account with an address that your sender refuses, then look for it with admin-get-user",
  },
  {
    assumed: "ConfirmSignUp with ForceAliasCreation moves an address away from the account that has it verified.",
    code: ["lambda/uniqueness/expired.ts"],
    pages: {
      "docs/uniqueness.md": "would even move the address away from the account that has it by then",
      "docs/decisions/4-reservations.md": "AWS does not say whether a disabled account can be confirmed",
    },
    look: "because a code is sent: sign up twice with your own address in a pool without the trigger, confirm both, the second with ForceAliasCreation",
  },
  {
    assumed: "Cognito itself keeps two accounts from having one preferred username, in any letter case.",
    code: ["lambda/uniqueness/wanted.ts"],
    pages: { "docs/uniqueness.md": "Cognito itself decides whether two accounts may have one preferred username" },
    look: "because it is set after the sign-up: give two accounts one preferred_username with admin-update-user-attributes",
  },
];

/** Looks for every assumption. */
export async function seenAssumptions(seen: Seen): Promise<SeenAssumption[]> {
  const found: SeenAssumption[] = [];
  for (const { assumed, code, pages, look } of ASSUMPTIONS) {
    found.push({ assumed, reliedOnBy: [...code, ...Object.keys(pages)], ...(await lookedFor(look, seen)) });
  }
  return found;
}

async function lookedFor(look: Assumption["look"], seen: Seen): Promise<Pick<SeenAssumption, "state" | "seen">> {
  if (typeof look === "string") return { state: "only by hand", seen: look };
  try {
    const { isSo, seen: text } = await look(seen);
    return { state: isSo === undefined ? "not seen" : isSo ? "as assumed" : "otherwise", seen: text };
  } catch (error) {
    return { state: "not seen", seen: `${(error as Error).name}: ${(error as Error).message}` };
  }
}
