import fc from "fast-check";
import { readPlan } from "../../review/plan";
import { review } from "../../review/report";
import { resourceType } from "../../review/types/all";
import { planJson } from "../support/plans/fixture";
import { HARMLESS } from "../support/plans/harmless";
import type { Block } from "../support/stack";

/** Harmless plans that change a resource, which gets something more. */
const PLANS = HARMLESS.filter(({ verdict = "changes" }) => verdict === "changes").flatMap(
  ({ name, stack = "prod" }) => {
    const changes: Block[] = planJson(name).resource_changes;
    return changes.some(isChange) ? [{ name, stack }] : [];
  },
);

function isChange({ change, mode }: Block): boolean {
  return mode === "managed" && ["create", "update"].includes(change.actions.join());
}

const verdictOf = (json: Block, stack: string) => {
  try {
    return review(readPlan(json), stack).verdict;
  } catch {
    return "unreadable";
  }
};

/** Each of them is read and judged anew. */
const RUNS = { numRuns: 50 };

const plan = fc.constantFrom(...PLANS);
const name = fc.stringMatching(/^[a-z][a-z_]{2,30}$/);
/** Anything but what counts as not set. */
const value: fc.Arbitrary<unknown> = fc.oneof(
  fc.string({ minLength: 1 }),
  fc.integer(),
  fc.constant(true),
  fc.array(fc.string({ minLength: 1 }), { minLength: 1 }),
  fc.dictionary(name, fc.string({ minLength: 1 }), { minKeys: 1 }),
);

it("an undescribed attribute blocks every plan", () => {
  fc.assert(
    fc.property(plan, fc.nat(), name, value, ({ name: file, stack }, index, attribute, set) => {
      const json = planJson(file);
      const changes = (json.resource_changes as Block[]).filter(isChange);
      const { change, type } = changes[index % changes.length] as Block;
      if (Object.keys(resourceType(type)?.attributes ?? {}).some((path) => path.split(".")[0] === attribute)) return;
      change.after = { ...change.after, [attribute]: set };
      expect([file, attribute, verdictOf(json, stack)]).toEqual([file, attribute, "blocked"]);
    }),
    RUNS,
  );
});

it("an undescribed attribute that is known only after apply blocks every change", () => {
  fc.assert(
    fc.property(plan, name, ({ name: file, stack }, attribute) => {
      const json = planJson(file);
      const found = (json.resource_changes as Block[]).find(
        ({ change, mode }) => mode === "managed" && change.actions.join() === "update",
      );
      if (!found || Object.hasOwn(resourceType(found.type)?.attributes ?? {}, attribute)) return;
      found.change.after_unknown = { ...found.change.after_unknown, [attribute]: true };
      expect([file, attribute, verdictOf(json, stack)]).toEqual([file, attribute, "blocked"]);
    }),
    RUNS,
  );
});

it("an undescribed type blocks every plan, whatever the action is", () => {
  const actions = fc.constantFrom(
    ["create"],
    ["update"],
    ["delete"],
    ["delete", "create"],
    ["create", "delete"],
    ["forget"],
  );
  fc.assert(
    fc.property(plan, name, actions, fc.boolean(), ({ name: file, stack }, suffix, what, isAws) => {
      const type = isAws ? `aws_${suffix}` : suffix;
      if (resourceType(type)) return;
      const json = planJson(file);
      const change = { actions: what, before: {}, after: {}, after_unknown: {} };
      json.resource_changes.push({ address: `${type}.other`, mode: "managed", type, name: "other", change });
      expect([file, type, verdictOf(json, stack)]).toEqual([file, type, "blocked"]);
    }),
    RUNS,
  );
});

it("an action, a mode, a part of the plan or of a change that is not known passes no plan", () => {
  const edits = fc.constantFrom<(json: Block, word: string) => void>(
    (json, word) => {
      json[`x_${word}`] = [{ type: word }];
    },
    (json, word) => {
      json.resource_changes[0].change.actions = [`x_${word}`];
    },
    (json, word) => {
      json.resource_changes[0].mode = `x_${word}`;
    },
    (json, word) => {
      json.resource_changes[0].change[`x_${word}`] = true;
    },
    (json, word) => {
      json.resource_changes[0][`x_${word}`] = { y: 1 };
    },
    (json, word) => {
      json.configuration.provider_config[`x_${word}`] = { name: word };
    },
    (json, word) => {
      json.configuration.root_module.resources.push({ address: `data.x_${word}.y`, mode: "data", type: `x_${word}` });
    },
    (json, word) => {
      json.configuration.root_module.module_calls = { [word]: { source: `./${word}` } };
    },
    (json, word) => {
      json.configuration.root_module.resources[0].provisioners = [{ type: word }];
    },
    (json) => {
      delete json.configuration;
    },
  );
  fc.assert(
    fc.property(plan, edits, name, ({ name: file, stack }, edit, word) => {
      const json = planJson(file);
      edit(json, word);
      expect([file, verdictOf(json, stack)]).toEqual([file, expect.stringMatching(/^(?:blocked|unreadable)$/)]);
    }),
    RUNS,
  );
});
