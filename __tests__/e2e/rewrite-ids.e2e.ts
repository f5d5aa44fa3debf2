import { itemOf, textOf } from "../../migration/ids/item";
import { itemsOf } from "../support/id-shapes";
import { dynamoDbAt, idsOf, TestTable } from "../support/id-tables";
import { Rewriting } from "../support/rewriting";
import { describeE2e } from "./support/describe-e2e";

const id = (era: "a" | "e", person: number) => `${era}0b1c2d3-1111-4aaa-8bbb-${String(person).padStart(12, "0")}`;
const PEOPLE = Array.from({ length: 5 }, (_, person) => person);

// The unit tests' emulator does not know transactions, nor what is in a list or map: both are added to it. This one does.
describeE2e("ids in a table of another emulator", () => {
  it("are rewritten in every place, and restored", async () => {
    const table = await TestTable.create(dynamoDbAt(process.env.E2E_ENDPOINT ?? ""));
    const [olds, news] = (["a", "e"] as const).map((era) => PEOPLE.map((person) => id(era, person))) as [
      string[],
      string[],
    ];
    await table.put(...itemsOf("composite", 60, olds));
    const before = await table.content();
    const rewriting = new Rewriting(
      table,
      idsOf(Object.fromEntries(olds.map((old, person) => [old, news[person] ?? ""]))),
    );
    try {
      expect(await rewriting.run()).toMatchObject({
        moved: 24,
        updated: 30,
        before: { items: 60, found: 54 },
        after: { items: 60, found: 0 },
      });
      expect(await table.content()).toEqual(
        before.map((text) => textOf(itemOf(text.replace(/a0b1c2d3/g, "e0b1c2d3")))).sort(),
      );
      expect(await rewriting.run()).toMatchObject({ moved: 0, updated: 0 });
      expect(await rewriting.backOut()).toEqual({ restored: 54, skipped: [] });
      expect(await table.content()).toEqual(before);
    } finally {
      await rewriting.remove();
    }
  });
});
