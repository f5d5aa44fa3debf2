import { mkdtempSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { type BackOutReport, backOut } from "../../migration/ids/back-out";
import type { Entry } from "../../migration/ids/entries";
import type { Ids } from "../../migration/ids/ids";
import { rewriteTables } from "../../migration/ids/rewriting";
import { State, type TableState } from "../../migration/ids/state";
import { Journal, type JournalOf } from "../../migration/journal";
import type { TestTable } from "./id-tables";

const OF: JournalOf = { kind: "rewrite-ids", parameters: {} };

/** Rewrites one table, repeatedly, with a journal of its own. */
export class Rewriting {
  private readonly folder = mkdtempSync(path.join(tmpdir(), "rewriting-"));
  readonly file = path.join(this.folder, "journal.jsonl");

  constructor(
    private readonly table: TestTable,
    private readonly ids: Ids,
  ) {}

  async run({ client, segments = 2 }: { client?: DynamoDBClient; segments?: number } = {}): Promise<TableState> {
    const table = await this.table.toRewrite(client);
    return this.withJournal(async (journal, state) => {
      const options = { tables: [table], ids: this.ids, segments, journal, state, onPage: () => {} };
      const done = (await rewriteTables(options)).get(table.name);
      if (!done) throw new Error("the table has no result");
      return done;
    });
  }

  async backOut(apply = true): Promise<BackOutReport> {
    const tables = [await this.table.toRewrite()];
    return this.withJournal((journal, state) =>
      backOut({
        tables,
        ids: this.ids,
        journal,
        state,
        file: this.file,
        of: OF,
        apply,
        onStart: () => {},
        onItems: () => {},
      }),
    );
  }

  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true });
  }

  private async withJournal<T>(work: (journal: Journal<Entry>, state: State) => Promise<T>): Promise<T> {
    const state = new State();
    const journal = await Journal.open<Entry>(this.file, OF, (entry) => state.add(entry));
    return work(journal, state).finally(() => journal.close());
  }
}
