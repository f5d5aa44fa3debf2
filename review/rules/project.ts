import { isObject } from "../json";
import type { Plan } from "../plan";
import { after, at, before, listed, quoted, UNKNOWN } from "../value";

/** Tags that every resource has, and that say whose it is. */
const WHOSE = ["project", "environment"] as const;

/**
 * A state that another project, or another environment, has written: applied, it would delete what is theirs. It is wrong as a
 * whole, so no address can be allowed.
 */
export function otherProject(plan: Plan): string[] {
  const { resources } = plan;
  const strange = ofOthers(plan);
  if (strange.length > 0) return strange;
  return WHOSE.flatMap((tag) => {
    const moves = resources
      .filter(({ mode, action }) => mode === "managed" && action !== "none")
      .flatMap((change) => {
        const old = before(change, "tags_all", tag);
        const now = change.after === null ? undefined : after(change, "tags_all", tag);
        if (typeof old !== "string" || old === "" || change.after === null) return [];
        return now === old ? [] : [{ old, now: now === UNKNOWN ? "(known after apply)" : (now ?? "nothing") }];
      });
    const [first] = moves;
    if (first) {
      return [
        `This state is of another ${tag}: what it holds has the tag ${tag} ${listed([first.old])}, and would get ${listed([first.now])}. Applied, the plan takes or deletes what is that ${tag}'s.`,
      ];
    }
    // Everything of the other project goes, everything of this one is made.
    const [had, has] = [
      resources.map((change) => before(change, "tags_all", tag)),
      resources.map((change) => at(change.after, "tags_all", tag)),
    ].map((side) => new Set(side.filter((value) => typeof value === "string" && value !== "")));
    const strangers = [...(had ?? [])].filter((value) => !has?.has(value));
    return strangers.length === 0 || has?.size === 0
      ? []
      : [
          `This state is of another ${tag}: it holds resources of ${listed(strangers)}. Applied, the plan deletes what is that ${tag}'s.`,
        ];
  });
}

/** What is imported, and is tagged as another project's or environment's, or not at all. */
function ofOthers(plan: Plan): string[] {
  const imported = plan.resources.filter(({ mode, importing }) => mode === "managed" && importing !== undefined);
  return WHOSE.flatMap((tag) => {
    const own = tag === "environment" ? plan.workspace : projectOf(plan);
    if (own === undefined) return [];
    return imported.flatMap((change) => {
      if (!isObject(change.after) || !("tags_all" in change.after)) return [];
      const [old, now] = [before(change, "tags_all", tag), after(change, "tags_all", tag)];
      if ((old === undefined || old === null || old === own) && now === own) return [];
      const whose = typeof old === "string" ? `has the tag ${tag} ${quoted(old)}` : `has no tag ${tag}`;
      return [
        `${change.address} would be taken over, and ${whose}, not ${quoted(own)}: what is another ${tag}'s would be changed, and deleted, by this stack.`,
      ];
    });
  });
}

/** The project that the provider tags everything with. */
function projectOf({ configuration }: Plan): string | undefined {
  const provider = configuration?.providers.find(({ key }) => key === "aws");
  const project = at(provider?.expressions, "default_tags", 0, "tags", "constant_value", "project");
  return typeof project === "string" && !project.includes("${") ? project : undefined;
}
