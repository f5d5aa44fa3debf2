import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { openForPlan, openPlanned } from "../../../migration/users/move-store";
import { planOf } from "../../../migration/users/plan-lines";
import { Progress } from "../../../migration/users/progress";
import { formerJournal } from "../../support/former-journal";

const POOLS = { from: "eu-west-1_Old", to: "eu-west-1_New" };
const LINES = [
  { action: "present", sub: "1", username: "ana", newSub: "new-1" },
  { action: "skip", sub: "2", username: "ben", reason: "is archived" },
];
const plan = (pools = POOLS) => [{ format: 1, ...pools }, ...LINES].map((line) => `${JSON.stringify(line)}\n`).join("");
const JOURNAL = formerJournal({ kind: "move", parameters: POOLS }, [
  { sub: "3", step: "create", state: "begun" },
  { sub: "3", step: "create", state: "done", newSub: "new-3", uninvited: true },
  { sub: "3", step: "invite", state: "failed", reason: "No." },
  { sub: "4", step: "create", state: "begun" },
]);

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "former-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const write = (name: string, text: string) => writeFileSync(path.join(folder, name), text);

it("the plan and the journal of a former version are taken over once", async () => {
  write("plan.jsonl", plan());
  write("journal.jsonl", JOURNAL);
  for (let run = 0; run < 2; run++) {
    const store = await openPlanned(folder, POOLS);
    const progress = new Progress(store);
    expect([...planOf(store)]).toEqual(LINES);
    expect(progress.of("3")).toEqual({ newSub: "new-3", found: false, uninvited: true });
    expect(progress.uninvited()).toEqual(new Set(["3"]));
    expect(progress.is("begun", "4", "create")).toBe(true);
    expect(progress.is("begun", "3", "create")).toBe(false);
    store.close();
  }
  expect(readdirSync(folder).sort()).toEqual(["journal.jsonl.imported", "move.db", "plan.jsonl.imported"]);
});

it.each([
  ["a plan of other pools", "plan.jsonl", plan({ ...POOLS, to: "eu-west-1_Other" }), "is a plan from eu-west-1_Old to"],
  ["an edited plan", "plan.jsonl", plan().replace('"skip"', '"skip'), "line 3: the line is not valid"],
  ["an edited journal", "journal.jsonl", JOURNAL.replace("new-3", "new-4"), "line 3: this line was changed"],
])("%s is refused, and nothing is taken over", async (_, name, text, refusal) => {
  write(name, text);
  for (let run = 0; run < 2; run++) await expect(openForPlan(folder, POOLS)).rejects.toThrow(refusal);
  expect(readdirSync(folder).sort()).toEqual([name, "move.db"].sort());
});

it("a plan for other pools is replaced, but not after a call was made", async () => {
  const other = { ...POOLS, to: "eu-west-1_Other" };
  (await openForPlan(folder, other)).close();
  const store = await openForPlan(folder, POOLS);
  new Progress(store).begin("1", "create");
  store.close();
  await expect(openForPlan(folder, other)).rejects.toThrow("is the move from eu-west-1_Old to eu-west-1_New, not from");
  await expect(openPlanned(folder, POOLS)).rejects.toThrow("There is no plan in");
});
