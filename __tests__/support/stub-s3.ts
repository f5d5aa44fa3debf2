import { createHash } from "node:crypto";
import http from "node:http";
import { closeServer, openServer, urlOf } from "./local-server";

/**
 * S3 and STS, as far as states need them, that hold every call to the account that a bucket has to belong to: the emulator
 * does not.
 */
export class StubS3 {
  readonly objects = new Map<string, string>();
  readonly tags: Record<string, string> = {};
  /** `x-amz-expected-bucket-owner` of every call of S3. */
  readonly owners: Array<string | undefined> = [];
  /** Account that the buckets belong to. */
  owner = "111122223333";
  private readonly server = http.createServer((request, response) => void this.answer(request, response));

  static async start(): Promise<StubS3> {
    const stub = new StubS3();
    await openServer(stub.server);
    return stub;
  }

  get endpoint(): string {
    return urlOf(this.server);
  }

  async stop(): Promise<void> {
    await closeServer(this.server);
  }

  private async answer(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString();
    const end = (status: number, text = "", headers: Record<string, string> = {}) =>
      response.writeHead(status, { "content-type": "application/xml", ...headers }).end(text);
    const { pathname, searchParams } = new URL(request.url ?? "", this.endpoint);
    if (body.includes("GetCallerIdentity")) return void end(200, IDENTITY);

    const owner = request.headers["x-amz-expected-bucket-owner"];
    this.owners.push(typeof owner === "string" ? owner : undefined);
    if (owner !== this.owner) return void end(403, error("AccessDenied"));
    const key = decodeURIComponent(pathname).split("/").slice(2).join("/");
    const present = this.objects.get(key);
    const headers = present === undefined ? {} : { etag: tagOf(present) };
    if (searchParams.has("tagging")) return void end(200, tagSet(this.tags));
    if (searchParams.has("versions")) return void end(200, VERSIONS);
    if (request.method === "HEAD") return void end(200);
    if (request.method === "DELETE") {
      this.objects.delete(key);
      return void end(204, "", { "x-amz-delete-marker": "true" });
    }
    if (request.method === "PUT") {
      const [none, match] = [request.headers["if-none-match"], request.headers["if-match"]];
      const refused = none === "*" ? present !== undefined : match !== undefined && match !== headers.etag;
      if (refused) return void end(412, error("PreconditionFailed"));
      this.objects.set(key, plainBody(body));
      return void end(200, "", { etag: tagOf(plainBody(body)) });
    }
    if (present === undefined) return void end(404, error("NoSuchKey"));
    end(200, present, headers as Record<string, string>);
  }
}

/** The SDK sends a body in chunks, with its checksum behind it. */
function plainBody(body: string): string {
  const chunk = /^([0-9a-f]+)(?:;[^\r\n]*)?\r\n/.exec(body);
  return chunk ? body.slice(chunk[0].length, chunk[0].length + Number.parseInt(chunk[1] ?? "0", 16)) : body;
}

const tagOf = (text: string) => `"${createHash("md5").update(text).digest("hex")}"`;
const error = (code: string) => `<Error><Code>${code}</Code><Message>no</Message></Error>`;
const tagSet = (tags: Record<string, string>) =>
  `<Tagging><TagSet>${Object.entries(tags)
    .map(([key, value]) => `<Tag><Key>${key}</Key><Value>${value}</Value></Tag>`)
    .join("")}</TagSet></Tagging>`;
const VERSIONS = "<ListVersionsResult><IsTruncated>false</IsTruncated></ListVersionsResult>";
const IDENTITY = `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>
<Arn>arn:aws:iam::111122223333:user/ana</Arn><UserId>A</UserId><Account>111122223333</Account>
</GetCallerIdentityResult><ResponseMetadata><RequestId>1</RequestId></ResponseMetadata></GetCallerIdentityResponse>`;
