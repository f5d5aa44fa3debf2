import { createHmac, randomUUID } from "node:crypto";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import type { IncomingMessage } from "node:http";
import https from "node:https";
import type { AddressInfo } from "node:net";
import type { Certificate } from "./certificate";
import type { Repository } from "./repository";

export const OWNER = "your-organization";
export const NAME = "one-person-one-account";
const BOT = "atlantis";

interface Review {
  readonly user: string;
  state: "APPROVED" | "DISMISSED";
}

export interface PullRequest {
  readonly number: number;
  readonly branch: string;
  readonly author: string;
  state: "open" | "closed";
  readonly reviews: Review[];
  readonly comments: { readonly user: string; readonly body: string }[];
  /** Commit status by its context, of the last commit. */
  readonly statuses: Map<string, string>;
}

/** The two boxes of a branch's protection that docs/atlantis.md names. */
export interface Protection {
  /** "Dismiss stale pull request approvals when new commits are pushed". */
  dismissStale: boolean;
  /** "Require review from Code Owners". */
  codeOwners: boolean;
}

/** As much of GitHub's API, its webhooks and its protected branches as Atlantis uses, in front of a bare repository. */
export class GitHub {
  readonly pulls: PullRequest[] = [];
  readonly protection: Protection = { dismissStale: true, codeOwners: true };
  /** Team → its members. */
  readonly teams = new Map<string, readonly string[]>();
  /** The owners of the files that CODEOWNERS names. */
  readonly codeOwners: readonly string[] = ["ana"];
  private readonly server: https.Server;
  private webhooks = "";
  private secret = "";

  constructor(
    private readonly repository: Repository,
    certificate: Certificate,
  ) {
    this.server = https.createServer(
      { key: readFileSync(certificate.key), cert: readFileSync(certificate.certificate) },
      async (request, response) => {
        const answer = await this.answer(request).catch((error: Error) => [500, { message: error.message }] as const);
        const [code, body] = answer;
        response.writeHead(code, { "content-type": "application/json" }).end(JSON.stringify(body));
      },
    );
  }

  async start(): Promise<void> {
    this.server.listen(0, "127.0.0.1");
    await once(this.server, "listening");
  }

  get host(): string {
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Sends webhooks from now on. */
  notify(url: string, secret: string): void {
    this.webhooks = url;
    this.secret = secret;
  }

  open(branch: string, author = "dev"): PullRequest {
    const number = this.pulls.length + 1;
    const pull: PullRequest = { number, branch, author, state: "open", reviews: [], comments: [], statuses: new Map() };
    this.pulls.push(pull);
    return pull;
  }

  /** Says that a pull request is there. */
  opened(pull: PullRequest): Promise<void> {
    const event = { action: "opened", number: pull.number, pull_request: this.pullJson(pull) };
    return this.send("pull_request", event, pull.author);
  }

  /** Says that the branch has a new commit. */
  async pushed(pull: PullRequest): Promise<void> {
    pull.statuses.clear();
    if (this.protection.dismissStale) for (const review of pull.reviews) review.state = "DISMISSED";
    const event = { action: "synchronize", number: pull.number, pull_request: this.pullJson(pull) };
    await this.send("pull_request", event, pull.author);
  }

  approve(pull: PullRequest, user: string): void {
    pull.reviews.push({ user, state: "APPROVED" });
  }

  async merge(pull: PullRequest): Promise<void> {
    this.repository.merge(pull.branch);
    await this.closed(pull);
  }

  closed(pull: PullRequest): Promise<void> {
    pull.state = "closed";
    const event = { action: "closed", number: pull.number, pull_request: this.pullJson(pull) };
    return this.send("pull_request", event, "ana");
  }

  async comment(pull: PullRequest, user: string, body: string): Promise<void> {
    pull.comments.push({ user, body });
    await this.send(
      "issue_comment",
      {
        action: "created",
        issue: { number: pull.number, pull_request: {} },
        comment: { id: pull.comments.length, body, user: { login: user } },
      },
      user,
    );
  }

  /** What Atlantis has written to a pull request. */
  written(pull: PullRequest): string[] {
    return pull.comments.filter(({ user }) => user === BOT).map(({ body }) => body);
  }

  close(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  private async send(event: string, payload: object, sender: string): Promise<void> {
    const body = JSON.stringify({ ...payload, repository: this.repositoryJson(), sender: { login: sender } });
    const signature = createHmac("sha256", this.secret).update(body).digest("hex");
    const { status } = await fetch(this.webhooks, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        "x-github-event": event,
        "x-github-delivery": randomUUID(),
        "x-hub-signature-256": `sha256=${signature}`,
      },
      body,
    });
    if (status !== 200) throw new Error(`Atlantis answered ${status} to ${event}`);
  }

  private async answer(request: IncomingMessage): Promise<readonly [number, unknown]> {
    const { pathname } = new URL(request.url ?? "", "https://github");
    const body = await json(request);
    if (pathname === "/api/graphql") return [200, this.graphql(body)];
    const route = `${request.method} ${pathname.replace(`/api/v3/repos/${OWNER}/${NAME}/`, "")}`;
    const [, number] = /^\w+ (?:pulls|issues)\/(\d+)/.exec(route) ?? [];
    const pull = this.pulls[Number(number) - 1];

    if (route.startsWith("POST statuses/")) return [201, this.setStatus(route, body)];
    if (/^POST issues\/comments\/\d+\/reactions$/.test(route)) return [201, {}];
    if (pull === undefined) return [404, { message: `no route ${route}` }];
    switch (route.replace(/\d+/, "N")) {
      case "GET pulls/N":
        return [200, this.pullJson(pull)];
      case "GET pulls/N/files":
        return [200, this.repository.changed(pull.branch).map((filename) => ({ filename, status: "modified" }))];
      case "GET pulls/N/reviews":
        return [
          200,
          pull.reviews.map(({ user, state }) => ({ user: { login: user }, state, submitted_at: SOME_TIME })),
        ];
      case "POST issues/N/comments":
        pull.comments.push({ user: BOT, body: body.body });
        return [201, { id: pull.comments.length }];
      default:
        return [404, { message: `no route ${route}` }];
    }
  }

  /** The one query that is made here: the teams of an account. */
  private graphql({ variables }: { variables: { userLogins?: readonly string[] } }): object {
    const [login = ""] = variables.userLogins ?? [];
    const slugs = [...this.teams].filter(([, members]) => members.includes(login)).map(([slug]) => slug);
    const edges = slugs.map((slug) => ({ node: { name: slug, slug } }));
    return { data: { organization: { teams: { edges, pageInfo: { endCursor: "", hasNextPage: false } } } } };
  }

  private setStatus(route: string, { context, state }: { context: string; state: string }): object {
    const sha = route.split("/")[1];
    const pull = this.pulls.find(({ branch }) => this.repository.commitOf(branch) === sha);
    pull?.statuses.set(context, state);
    return {};
  }

  private pullJson(pull: PullRequest): object {
    return {
      number: pull.number,
      html_url: `https://${this.host}/${OWNER}/${NAME}/pull/${pull.number}`,
      state: pull.state,
      draft: false,
      user: { login: pull.author },
      head: { ref: pull.branch, sha: this.repository.commitOf(pull.branch), repo: this.repositoryJson() },
      base: { ref: "main", sha: this.repository.commitOf("main"), repo: this.repositoryJson() },
      mergeable_state: this.mayBeMerged(pull) ? "clean" : "blocked",
    };
  }

  /** An approval is required; of a code owner, where the box is ticked. */
  private mayBeMerged({ reviews }: PullRequest): boolean {
    const approvals = reviews.filter(({ state }) => state === "APPROVED").map(({ user }) => user);
    return this.protection.codeOwners ? approvals.some((user) => this.codeOwners.includes(user)) : approvals.length > 0;
  }

  private repositoryJson(): object {
    const url = `https://${this.host}/${OWNER}/${NAME}`;
    return {
      name: NAME,
      full_name: `${OWNER}/${NAME}`,
      owner: { login: OWNER },
      html_url: url,
      clone_url: `${url}.git`,
    };
  }
}

const SOME_TIME = "2026-01-01T00:00:00Z";

// biome-ignore lint/suspicious/noExplicitAny: whatever a client sends
async function json(request: IncomingMessage): Promise<any> {
  let text = "";
  for await (const part of request.setEncoding("utf8")) text += part;
  return text === "" ? {} : JSON.parse(text);
}
