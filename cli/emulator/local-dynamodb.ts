import { once } from "node:events";
import http from "node:http";
import type { AddressInfo } from "node:net";
import dynalite from "dynalite";

interface Write {
  readonly Put?: Record<string, unknown>;
  readonly Delete?: Record<string, unknown>;
}

interface Creation {
  readonly TableName: string;
  readonly KeySchema?: ReadonlyArray<{ readonly AttributeName: string }>;
}

/** Milliseconds, of a process that may be busy with something else. */
const LONGEST_CALL = 20_000;

/**
 * DynamoDB's API on a free port of this machine: dynalite, which knows everything needed here but transactions, and
 * those in front of it. One request is answered at a time, so that a transaction is alone.
 */
export class LocalDynamoDb {
  private readonly tables: http.Server;
  private readonly server = http.createServer((request, response) => void this.queue(request, response));
  private last: Promise<void> = Promise.resolve();
  /** The names of tables' key attributes. */
  private readonly keys = new Map<string, readonly string[]>();

  /** `folder` keeps the tables. @default they are in memory */
  constructor(folder?: string) {
    this.tables = dynalite({ createTableMs: 0, ...(folder && { path: folder }) });
  }

  /** Opens the port; answers the endpoint's URL. */
  async listen(): Promise<string> {
    for (const server of [this.tables, this.server]) {
      // Never: a connection that is closed while a request is on its way to it would be a call without an answer.
      server.keepAliveTimeout = 0;
      server.listen(0, "127.0.0.1");
      await once(server, "listening");
    }
    return `http://127.0.0.1:${portOf(this.server)}`;
  }

  async close(): Promise<void> {
    for (const server of [this.tables, this.server]) {
      server.closeAllConnections();
      server.close();
    }
  }

  private async queue(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const body = await textOf(request);
    const target = String(request.headers["x-amz-target"]);
    this.last = this.last.then(async () => {
      // Whatever happens, the next one has its turn.
      const { status, answer } = await this.answer(target, body, request.headers).catch(broken);
      response.writeHead(status, { "content-type": "application/x-amz-json-1.0" }).end(answer);
    });
  }

  private async answer(target: string, body: string, headers: http.IncomingHttpHeaders): Promise<Answer> {
    const send = (operation: string, input: object) =>
      this.send(headers, `DynamoDB_20120810.${operation}`, JSON.stringify(input));
    if (target.endsWith(".CreateTable")) {
      const { TableName, KeySchema = [] } = JSON.parse(body) as Creation;
      this.keys.set(
        TableName,
        KeySchema.map(({ AttributeName }) => AttributeName),
      );
    }
    if (!target.endsWith(".TransactWriteItems")) return this.send(headers, target, body);

    const { TransactItems } = JSON.parse(body) as { TransactItems: readonly Write[] };
    const undo: Array<() => Promise<Answer>> = [];
    const reasons: object[] = [];
    for (const { Put, Delete } of TransactItems) {
      const { ReturnValuesOnConditionCheckFailure: _, ...write } = { ...(Put ?? Delete) } as Record<string, unknown>;
      const {
        TableName,
        Item,
        Key = this.keyOf(String(write.TableName), Item ?? {}),
      } = write as {
        [key: string]: object;
      };
      const { Item: old } = JSON.parse((await send("GetItem", { TableName, Key, ConsistentRead: true })).answer);
      const { status, answer } = await send(Put ? "PutItem" : "DeleteItem", write);
      if (status === 200) {
        reasons.push({ Code: "None" });
        undo.push(() => (old ? send("PutItem", { TableName, Item: old }) : send("DeleteItem", { TableName, Key })));
      } else if (answer.includes("ConditionalCheckFailedException")) {
        reasons.push({ Code: "ConditionalCheckFailed", ...(old && { Item: old }) });
      } else return { status, answer };
    }
    if (undo.length === TransactItems.length) return { status: 200, answer: "{}" };
    for (const back of undo.reverse()) await back();
    const __type = "com.amazonaws.dynamodb.v20120810#TransactionCanceledException";
    return { status: 400, answer: JSON.stringify({ __type, CancellationReasons: reasons }) };
  }

  /** What an item has in its table's key attributes. */
  private keyOf(table: string, item: object): object {
    const names = this.keys.get(table) ?? [];
    return Object.fromEntries(Object.entries(item).filter(([name]) => names.includes(name)));
  }

  private async send(headers: http.IncomingHttpHeaders, target: string, body: string): Promise<Answer> {
    const request = http.request({
      port: portOf(this.tables),
      host: "127.0.0.1",
      method: "POST",
      headers: {
        "content-type": "application/x-amz-json-1.0",
        "x-amz-target": target,
        authorization: headers.authorization,
        "x-amz-date": headers["x-amz-date"],
      },
      signal: AbortSignal.timeout(LONGEST_CALL),
    });
    request.end(body);
    const [response] = (await once(request, "response")) as [http.IncomingMessage];
    return { status: response.statusCode ?? 500, answer: await textOf(response) };
  }
}

interface Answer {
  readonly status: number;
  readonly answer: string;
}

function broken(error: Error): Answer {
  const __type = "com.amazonaws.dynamodb.v20120810#InternalServerError";
  return { status: 500, answer: JSON.stringify({ __type, message: error.message }) };
}

async function textOf(stream: http.IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}

function portOf(server: http.Server): number {
  return (server.address() as AddressInfo).port;
}
