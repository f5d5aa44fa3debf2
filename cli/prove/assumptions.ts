import type { CognitoIdentityProviderClient } from "@aws-sdk/client-cognito-identity-provider";
import { ListUsersCommand } from "@aws-sdk/client-cognito-identity-provider";
import type { Cast } from "./cast";
import type { Answer, ProofPool } from "./pool";

/** What a run has seen, for what is assumed. */
export interface Seen {
  readonly pool: ProofPool;
  readonly client: CognitoIdentityProviderClient;
  readonly cast: Cast;
  /** Answers of the cast's cases, in their order. */
  readonly answers: readonly Answer[];
}

/** Something that this project assumes of Cognito and no document promises. */
export interface Assumption {
  readonly assumed: string;
  /** Files that rely on it. */
  readonly reliedOnBy: readonly string[];
  /** Looks for it without sending a message; a text says how a person does, where no run can. */
  readonly look: string | ((seen: Seen) => Promise<{ readonly isSo: boolean; readonly seen: string }>);
}

export interface SeenAssumption {
  readonly assumed: string;
  readonly state: "as assumed" | "otherwise" | "only by hand" | "not seen";
  readonly seen: string;
}

const isMade = ({ pool }: Seen) => (pool.pool.UsernameAttributes ?? []).length > 0;

export const ASSUMPTIONS: readonly Assumption[] = [
  {
    assumed: "A username that is taken reaches the trigger, or Cognito refuses it itself: it is never admitted.",
    reliedOnBy: ["lambda/uniqueness/reservations.ts", "docs/uniqueness.md"],
    look: async ({ cast, answers }) => {
      const answer = answers[cast.cases.findIndex(({ promise }) => promise === "the same username is refused")];
      if (answer === undefined) return { isSo: true, seen: "Users have no username of their own." };
      const order = { function: "the trigger is called first", cognito: "Cognito checks first" };
      const text = answer.kind === "function" || answer.kind === "cognito" ? order[answer.kind] : answer.text;
      return { isSo: answer.kind !== "admitted", seen: text };
    },
  },
  {
    assumed:
      "A case-insensitive pool may lower-case usernames, also in the trigger's input; it never maps two to one account.",
    reliedOnBy: ["lambda/identity/reservation.ts", "lambda/pre-sign-up/federated.ts", "docs/uniqueness.md"],
    look: async (seen) => {
      if (isMade(seen)) return { isSo: true, seen: "Users have no username of their own." };
      const { capitals } = seen.cast;
      const { kind, text } = await seen.pool.create(capitals);
      if (kind !== "admitted") return { isSo: false, seen: text };
      const made = (await seen.pool.read(capitals.username))?.username ?? "no account";
      return { isSo: made.toLowerCase() === capitals.username.toLowerCase(), seen: `stored as ${made}` };
    },
  },
  {
    assumed: "Where users sign in with an address, Cognito makes the username: a UUID, not the address.",
    reliedOnBy: ["lambda/uniqueness/attempt.ts", "docs/uniqueness.md"],
    look: async (seen) => {
      if (!isMade(seen)) return { isSo: true, seen: "Users have usernames of their own." };
      const first = seen.cast.cases[0]?.signUp.email ?? "";
      const made = (await seen.pool.read(first))?.username ?? "no account";
      return { isSo: /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(made), seen: `username ${made}` };
    },
  },
  {
    assumed: "Where an address is an alias, a username cannot have the form of an address.",
    reliedOnBy: ["lambda/uniqueness/wanted.ts", "docs/uniqueness.md"],
    look: async (seen) => {
      if (!seen.pool.pool.AliasAttributes?.includes("email")) return { isSo: true, seen: "An address is no alias." };
      const { kind, text } = await seen.pool.create(seen.cast.addressAsName);
      return { isSo: kind === "cognito", seen: text };
    },
  },
  {
    assumed: "ListUsers shows an account within 35 seconds of its creation.",
    reliedOnBy: ["lambda/identity/reservation.ts", "docs/uniqueness.md"],
    look: async ({ client, pool, cast }) => {
      const email = cast.cases[0]?.signUp.email ?? "";
      const Filter = `email = "${email}"`;
      const { Users = [] } = await client.send(new ListUsersCommand({ UserPoolId: pool.pool.Id, Filter }));
      const created = Users[0]?.UserCreateDate;
      // The account is as old as the run by now.
      return {
        isSo: created !== undefined,
        seen: created === undefined ? "not listed" : "listed by the end of the run",
      };
    },
  },
  {
    assumed: "Cognito takes an address with a quoted local part, or refuses it: it never changes it.",
    reliedOnBy: ["lambda/identity/canonical.ts"],
    look: async ({ pool, cast }) => {
      const { kind, text } = await pool.create(cast.quoted);
      if (kind !== "admitted") return { isSo: kind === "cognito", seen: text };
      const stored = (await pool.read(isMade({ pool } as Seen) ? cast.quoted.email : cast.quoted.username))?.attributes;
      return { isSo: stored?.get("email") === cast.quoted.email, seen: `stored as ${stored?.get("email")}` };
    },
  },
  {
    assumed: "AdminCreateUser leaves no account where its invitation cannot be delivered.",
    reliedOnBy: ["docs/uniqueness.md"],
    look: "only by hand, because a message is sent: create an account with an address that your sender refuses, then look for it with admin-get-user",
  },
  {
    assumed: "ConfirmSignUp with ForceAliasCreation moves an address away from the account that has it verified.",
    reliedOnBy: ["lambda/uniqueness/expired.ts", "docs/uniqueness.md"],
    look: "only by hand, because a code is sent: sign up twice with your own address in a pool without the trigger, confirm both, the second with ForceAliasCreation",
  },
];

/** Looks for every assumption. */
export async function seenAssumptions(seen: Seen): Promise<SeenAssumption[]> {
  const found: SeenAssumption[] = [];
  for (const { assumed, look } of ASSUMPTIONS) {
    if (typeof look === "string") {
      found.push({ assumed, state: "only by hand", seen: look });
      continue;
    }
    try {
      const { isSo, seen: text } = await look(seen);
      found.push({ assumed, state: isSo ? "as assumed" : "otherwise", seen: `${isSo ? "" : "otherwise: "}${text}` });
    } catch (error) {
      found.push({ assumed, state: "not seen", seen: `${(error as Error).name}: ${(error as Error).message}` });
    }
  }
  return found;
}
