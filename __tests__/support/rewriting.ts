import { mkdtempSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { type BackOutReport, backOut } from "../../migration/ids/back-out";
import type { Ids } from "../../migration/ids/ids";
import { Progress, type Share, type Skipped, type TableResult, textOfShare, WHOLE } from "../../migration/ids/progress";
import { rewriteTables } from "../../migration/ids/rewriting";
import { Store } from "../../migration/store/store";
import type { TestTable } from "./id-tables";

export type Rewritten = Omit<TableResult, "skipped"> & { readonly skipped: ReadonlyMap<string, Skipped> };

/** Rewrites one table, repeatedly, with a store of its own. */
export class Rewriting {
  private readonly folder = mkdtempSync(path.join(tmpdir(), "rewriting-"));
  readonly file = path.join(this.folder, "move.db");

  constructor(
    private readonly table: TestTable,
    private readonly ids: Ids,
    private readonly share: Share = WHOLE,
  ) {}

  async run({ client, segments = 2 }: { client?: DynamoDBClient; segments?: number } = {}): Promise<Rewritten> {
    const table = await this.table.toRewrite(client);
    return this.withProgress(async (progress) => {
      const { ids, share } = this;
      await rewriteTables({ tables: [table], ids, segments, share, progress, onPage: () => {} });
      const skipped = new Map(progress.skippedOf(table.name).map((one) => [one.key, one]));
      const result = progress.resultOf(table.name);
      expect(result.skipped).toBe(skipped.size);
      return { ...result, skipped };
    });
  }

  async backOut(apply = true): Promise<BackOutReport> {
    const tables = [await this.table.toRewrite()];
    return this.withProgress((progress) => backOut({ tables, ids: this.ids, progress, apply, onItems: () => {} }));
  }

  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true });
  }

  private async withProgress<T>(work: (progress: Progress) => Promise<T>): Promise<T> {
    const store = Store.open(this.file);
    const of = { tables: JSON.stringify([this.table.name]), mapping: "", part: textOfShare(this.share) };
    return work(new Progress(store, this.file, of)).finally(() => store.close());
  }
}
