import { articles, RACES, reserving, winners } from "../../support/race";
import { localTables } from "../../support/tables";

// A few rounds against a table in this process. The end-to-end tests run many more, against an emulated DynamoDB.
const ROUNDS = 2;

let tables: Awaited<ReturnType<typeof localTables>>;
beforeAll(async () => {
  tables = await localTables();
});
afterAll(() => tables.close());

describe.each(RACES)("%s", (_, racers) => {
  it("with reservations admit exactly one, every time", async () => {
    expect(await winners(racers, ROUNDS, (accounts) => reserving(tables, accounts))).toEqual({ 1: ROUNDS });
  }, 60_000);

  it("the article's way admit more than one: the harness can tell", async () => {
    const counts = await winners(racers, ROUNDS, articles);
    expect(
      Object.keys(counts)
        .map(Number)
        .every((won) => won > 1),
    ).toBe(true);
  }, 60_000);
});
