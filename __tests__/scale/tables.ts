import { performance } from "node:perf_hooks";
import { itemOf, textOf } from "../../migration/ids/item";
import { loadMapping } from "../../migration/mapping";
import { itemsOf } from "../support/id-shapes";
import { contentOf, createTable, localDynamoDb, putItems, SCHEMAS, type Schema } from "../support/id-tables";
import { users } from "../support/users-command";

/** Two tables, with so many items in all. */
const TABLES: ReadonlyArray<{ readonly name: string; readonly schema: Schema; readonly items: number }> = [
  { name: "orders", schema: "composite", items: 60_000 },
  { name: "devices", schema: "simple", items: 40_000 },
];
const ITEMS = TABLES.reduce((sum, { items }) => sum + items, 0);

/** Tables that name users in every way that a table can, before they move; and what has to be so after they did. */
export class ScaleTables {
  private constructor(private readonly dynamoDb: Awaited<ReturnType<typeof localDynamoDb>>) {}

  static async start(oldIds: readonly string[]): Promise<ScaleTables> {
    const dynamoDb = await localDynamoDb();
    for (const { name, schema, items } of TABLES) {
      await createTable(dynamoDb.client, schema, name);
      await putItems(dynamoDb.client, name, itemsOf(schema, items, oldIds));
    }
    return new ScaleTables(dynamoDb);
  }

  get endpoint(): string {
    return this.dynamoDb.endpoint;
  }

  /** Rewrites, with the command line as it is; throws if anything is not exactly as it should be. */
  async rewriteAndVerify(mappingFile: string, print: (text: string) => void): Promise<void> {
    const mapping = await loadMapping(mappingFile);
    const before = await this.content();
    const counts = TABLES.map(({ name, schema, items }) => ({
      name,
      items,
      ...countsOf(before.get(name) ?? [], schema, mapping),
    }));
    const written = counts.reduce((sum, { moved, updated }) => sum + moved + updated, 0);

    await this.run(
      mappingFile,
      [],
      counts.map(
        ({ moved, updated }) =>
          `${moved} would get another key, ${updated} would be changed in place, 0 would be skipped`,
      ),
    );
    const start = performance.now();
    const said = counts.flatMap(({ moved, updated, items, name }) => [
      `${name}: ${items} items before, ${moved + updated} with old ids`,
      `${moved} got another key, ${updated} were changed in place, 0 were skipped`,
      `${items} items after, 0 with old ids`,
    ]);
    await this.run(mappingFile, ["--apply"], said);
    const seconds = (performance.now() - start) / 1000;
    print(
      `rewrite-ids: ${ITEMS} items counted, ${written} rewritten, all counted again in ${seconds.toFixed(0)} s` +
        ` (${(written / seconds).toFixed(0)} rewritten a second, in an emulator that answers one call at a time)`,
    );

    const after = await this.content();
    // Read and written again: ids that are the names in a map are in another order now.
    const shouldBe = (text: string) => textOf(itemOf(rewritten(text, mapping)));
    const expected = new Map([...before].map(([name, texts]) => [name, texts.map(shouldBe)]));
    assertSame(after, expected, "after rewriting");
    await this.run(
      mappingFile,
      ["--apply"],
      counts.map(() => "0 got another key, 0 were changed in place, 0 were skipped"),
    );
    assertSame(await this.content(), after, "after a second run");
  }

  close(): Promise<void> {
    return this.dynamoDb.close();
  }

  private async run(mappingFile: string, args: readonly string[], expected: readonly string[]): Promise<void> {
    const names = TABLES.map(({ name }) => name).join(",");
    const { code, stdout, stderr } = await users(
      this.endpoint,
      ...[
        "rewrite-ids",
        "--table",
        names,
        "--mapping",
        mappingFile,
        "--region",
        "eu-west-1",
        "--rate",
        "40000",
        ...args,
      ],
    );
    if (code !== 0) throw new Error(`rewrite-ids ended with exit code ${code}: ${stderr}`);
    for (const text of expected)
      if (!stdout.includes(text)) throw new Error(`"${text}" is not in what it said:\n${stdout}`);
  }

  /** All items of each table, as texts. */
  private async content(): Promise<Map<string, string[]>> {
    const contents = new Map<string, string[]>();
    for (const { name } of TABLES) contents.set(name, await contentOf(this.dynamoDb.client, name));
    return contents;
  }
}

const ID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

function rewritten(text: string, mapping: ReadonlyMap<string, string>): string {
  return text.replace(ID, (id) => mapping.get(id) ?? id);
}

function countsOf(texts: readonly string[], schema: Schema, mapping: ReadonlyMap<string, string>) {
  const counts = { moved: 0, updated: 0 };
  for (const text of texts) {
    if (rewritten(text, mapping) === text) continue;
    const item = itemOf(text);
    const keys = SCHEMAS[schema].map((name) => item[name]?.S ?? "");
    if (keys.some((key) => rewritten(key, mapping) !== key)) counts.moved++;
    else counts.updated++;
  }
  return counts;
}

function assertSame(is: ReadonlyMap<string, string[]>, should: ReadonlyMap<string, string[]>, when: string): void {
  for (const { name } of TABLES) {
    const [sortedIs, sortedShould] = [is, should].map((contents) => (contents.get(name) ?? []).map(inOrder).sort());
    const first = sortedShould?.findIndex((text, index) => text !== sortedIs?.[index]) ?? 0;
    if (first < 0 && sortedIs?.length === sortedShould?.length) continue;
    throw new Error(`${name} ${when}: there should be ${sortedShould?.[first]}, and there is ${sortedIs?.[first]}`);
  }
}

/** Replacing ids in a text leaves names and members in another order, and members that became one twice. */
function inOrder(text: string): string {
  const distinct = text.replace(
    /"SS":(\[[^\]]*\])/g,
    (_, members) => `"SS":${JSON.stringify([...new Set(JSON.parse(members))])}`,
  );
  return textOf(itemOf(distinct));
}
