import { IDENTIFIERS } from "../identity/account";
import { lookUpProblem } from "../identity/spellings";
import { spellingFilters } from "./directory";
import { clearExpired, type ExpiredConfig } from "./expired";
import { counts, type Uniqueness } from "./uniqueness";
import { spellingRefusal } from "./wanted";

/**
 * Uniqueness by looking first, without any infrastructure. Two sign-ups at the same moment can both find no account; what
 * holds then is the pool itself, for usernames and for verified e-mail addresses. Refused are spellings that no look-up would
 * find later: here, nothing else remembers how an identifier was typed.
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
