import { IDENTIFIERS, type IdentifierName } from "../identity/account";
import { lookUpProblem } from "../identity/spellings";
import { spellingFilters } from "./directory";
import { clearExpired, type ExpiredConfig } from "./expired";
import { counts, type Uniqueness } from "./uniqueness";
import { identifierOf, spellingRefusal } from "./wanted";

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
        const problem = lookUpProblem(name, identifierOf(signUp, name));
        if (problem) throw spellingRefusal(name, problem);
      }
      const { userPoolId } = signUp;
      const look = async (name: IdentifierName) => {
        const identifier = identifierOf(signUp, name);
        const { canonical } = identifier;
        const filters = spellingFilters(name, identifier);
        return { name, ...(await directory.holders(userPoolId, name, canonical, filters, deadline)) };
      };
      const looks = await Promise.all(wanted.map(look));
      const taken = IDENTIFIERS.find((name) => looks.some((held) => held.name === name && held.owners.length > 0));
      if (taken) return { taken };
      const total = { deleted: 0, kept: 0 };
      for (const { name, expired } of looks) {
        const cleared = await clearExpired(config, name, expired, { signUp, deadline, lock: async () => {} });
        if (cleared.owned) return { taken: name };
        total.deleted += cleared.deleted;
        total.kept += cleared.kept;
      }
      const incomplete = looks.find((held) => held.incomplete)?.incomplete;
      if (incomplete) throw incomplete;
      return counts(total);
    },
  };
}
