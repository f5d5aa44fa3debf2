import { randomBytes } from "node:crypto";
import { baseline, RACES, reserving, winners } from "../support/race";
import { type Tables, tables } from "../support/tables";
import { describeE2e } from "./support/describe-e2e";

const ROUNDS = 30;

describeE2e(`${ROUNDS} rounds of races, through the handler, with an emulated DynamoDB`, () => {
  let table: Tables;
  beforeAll(async () => {
    table = await tables(process.env.E2E_ENDPOINT ?? "", `race-${randomBytes(4).toString("hex")}`);
  });

  describe.each(RACES)("%s", (what, racers) => {
    it("exactly one sign-up is admitted in every round; the baseline admits more", async () => {
      const reserved = await winners(racers, ROUNDS, (accounts) => reserving(table, accounts));
      const looked = await winners(racers, ROUNDS, baseline);
      process.stdout.write(
        `${what}, admitted in ${ROUNDS} rounds: ${counted(reserved)} with reservations; ${counted(looked)} with the baseline\n`,
      );
      expect(reserved).toEqual({ 1: ROUNDS });
      expect(looked).not.toHaveProperty("1");
    });
  });
});

/** `{ 1: 30 }` as "1 (30 times)". */
function counted(counts: Record<number, number>): string {
  return Object.entries(counts)
    .map(([won, times]) => `${won} (${times} times)`)
    .join(", ");
}
