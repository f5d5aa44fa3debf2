import { IDENTIFIERS } from "../identity/account";
import { lookUpProblem } from "../identity/spellings";
import { spellingFilters } from "./directory";
import { clearExpired, type ExpiredConfig } from "./expired";
import { counts, type Uniqueness } from "./uniqueness";
import { spellingRefusal } from "./wanted";

/**
 * Uniqueness by look-ups only, without a table. Two concurrent sign-ups can both find no account; then only the pool itself
 * keeps usernames and verified e-mail addresses unique. Spellings that no later look-up would find are refused, because
 * nothing else stores the typed spelling.
 */
export function byDirectory(config: ExpiredConfig): Uniqueness {
  const { directory } = config;
  return {
    async claim(signUp, wanted, deadline) {
      for (const name of wanted) {
        const problem = lookUpProblem(name, signUp[name]);
        if (problem) throw spellingRefusal(name, problem);
      }
      const { userPoolId } = signUp;
      const look = async (name: (typeof IDENTIFIERS)[number]) => {
        const { canonical } = signUp[name];
        const filters = spellingFilters(name, signUp[name]);
        return { name, ...(await directory.holders(userPoolId, name, canonical, filters, deadline)) };
      };
      const looks = await Promise.all(wanted.map(look));
      const taken = IDENTIFIERS.find((name) => looks.some((held) => held.name === name && held.owners.length > 0));
      if (taken) return { taken };
      const expired = looks.flatMap((held) => held.expired);
      const cleared = await clearExpired(config, expired, { signUp, deadline, lock: async () => {} });
      const incomplete = looks.find((held) => held.incomplete)?.incomplete;
      if (incomplete) throw incomplete;
      return cleared.owned ? { taken: "email" } : counts(cleared);
    },
  };
}
