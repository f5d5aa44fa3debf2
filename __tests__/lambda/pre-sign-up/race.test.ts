import { dynamoTable } from "../../../lambda/uniqueness/table";
import type { Accounts } from "../../support/accounts";
import { baseline, type Decide, RACES, reserving, winners } from "../../support/race";
import { Chance } from "../explorer/chance";
import { DynamoDb } from "../explorer/dynamodb";
import { callOver, NO_FAULTS } from "../explorer/network";
import { inVirtualTime, type Virtual } from "../explorer/virtual-time";

// In virtual time, so that the load of the machine does not matter. The end-to-end tests race against an emulated DynamoDB.
const ROUNDS = 10;

function raced(racers: Parameters<typeof winners>[0], decider: (accounts: Accounts, virtual: Virtual) => Decide) {
  return inVirtualTime(1, Date.UTC(2026, 0, 1), (virtual) =>
    winners(racers, ROUNDS, (accounts) => decider(accounts, virtual)),
  );
}

function tableIn(virtual: Virtual) {
  const dynamoDb = new DynamoDb(() => {});
  const execute = (target: string, input: object) => dynamoDb.execute(target, input);
  const chance = new Chance(virtual.random);
  return dynamoTable(
    callOver(virtual, chance, NO_FAULTS, { dead: false }, execute, () => {}),
    "reservations",
  );
}

describe.each(RACES)("%s", (_, racers) => {
  it("with reservations admit exactly one in every round", async () => {
    const counts = await raced(racers, (accounts, virtual) => reserving({ table: tableIn(virtual) }, accounts));
    expect(counts).toEqual({ 1: ROUNDS });
  });

  it("by look-ups only admit more than one, which proves the test harness", async () => {
    const counts = await raced(racers, baseline);
    expect(
      Object.keys(counts)
        .map(Number)
        .every((won) => won > 1),
    ).toBe(true);
  });
});
