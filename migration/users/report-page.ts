import type { AccountSummary } from "./plan";

/** What the page of a move shows. Lists may be cut: `…InAll` says how many there are. */
export interface Report {
  readonly from: string;
  readonly to: string;
  /** When the page was made, and when the plan was: ISO 8601. */
  readonly made: string;
  readonly planned: string;
  /** Whether nothing is left: no decision, no account to create, no failure. */
  readonly isDone: boolean;
  /** Whether a plan, or a verification, was stopped while it read the pools: the counts of their accounts are too small. */
  readonly isPartlyRead: boolean;
  readonly counts: ReadonlyArray<{ readonly what: string; readonly accounts: number }>;
  readonly groups: readonly ReportGroup[];
  readonly groupsInAll: number;
  readonly failures: readonly ReportFailure[];
  readonly failuresInAll: number;
  /** Accounts of the old pool by the month in which they were created (`2024-03`), without gaps. */
  readonly created: readonly Bar[];
  /** Accounts by the day on which the move created them (`2026-11-27`), without gaps. */
  readonly moved: readonly Bar[];
}

export interface ReportGroup {
  readonly because: string;
  readonly accounts: ReadonlyArray<AccountSummary & { readonly decision: string }>;
}

export interface ReportFailure {
  readonly sub: string;
  readonly username: string;
  readonly step: string;
  readonly reason: string;
}

export interface Bar {
  readonly label: string;
  readonly accounts: number;
}

/** What is said where {@link Report.isPartlyRead}. */
export const PARTLY_READ =
  "The pools were not read to their end, so their counts are too small: run `users plan` again, or `users verify`.";

/** The report as one HTML page, which loads nothing. Every text of a pool is escaped, control and formatting characters are made visible. */
export function reportPage(report: Report): string {
  const { from, to, made, planned, isDone, isPartlyRead, counts, groups, groupsInAll, failures, failuresInAll } =
    report;
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Move from ${from} to ${to}</title>
<style>${raw(STYLE)}</style>
</head>
<body>
<main>
<h1>Move of users</h1>
<p>From <code>${from}</code> to <code>${to}</code>. Planned ${timeOf(planned)}, reported ${timeOf(made)}.</p>
<p class="${isDone ? "done" : "open"}">${isDone ? "Nothing is left to do." : "Something is left to do: see below."}</p>
${isPartlyRead ? markup`<p class="open">${PARTLY_READ}</p>` : raw("")}
<p class="note">This page has usernames and addresses: keep it as you keep the pool.</p>
<section><h2>Accounts</h2>
${table(
  ["What", "Accounts"],
  counts.map(({ what, accounts }) => [what, number(accounts)]),
)}</section>
<section><h2>Decisions</h2>
<p>${groupsInAll === 0 ? "No account needs a decision." : `${counted(groupsInAll, "group")} of accounts in conflict, each with its decisions.`}${cut(groups, groupsInAll)}</p>
${groups.map(groupOf)}</section>
<section><h2>Failures</h2>
<p>${failuresInAll === 0 ? "No call failed." : `${counted(failuresInAll, "account")} with a call that failed; the next move makes it again.`}${cut(failures, failuresInAll)}</p>
${
  failures.length > 0
    ? table(
        ["Username", "Id", "Step", "Reason"],
        failures.map(({ username, sub, step, reason }) => [username, sub, step, reason]),
      )
    : raw("")
}</section>
<section><h2>Accounts over time</h2>
${chart("Accounts of the old pool, by the month of their creation", report.created)}
${chart("Accounts that the move created, by day", report.moved)}</section>
</main>
</body>
</html>
`.html;
}

function groupOf({ because, accounts }: ReportGroup): Markup {
  const rows = accounts.map(({ username, email, verified, status, created, modified, decision }) => [
    username,
    email === "" ? "none" : `${email} (${verified ? "verified" : "not verified"})`,
    status,
    created.slice(0, 10),
    modified.slice(0, 10),
    decision,
  ]);
  const heads = ["Username", "E-mail", "Status", "Created", "Last modified", "Decision"];
  return markup`<h3>${because}</h3>${table(heads, rows)}`;
}

function table(heads: readonly string[], rows: ReadonlyArray<readonly string[]>): Markup {
  return markup`<div class="wide" tabindex="0"><table><thead><tr>${heads.map((head) => markup`<th scope="col">${head}</th>`)}</tr></thead>
<tbody>${rows.map((cells) => markup`<tr>${cells.map((cell) => markup`<td>${cell}</td>`)}</tr>\n`)}</tbody></table></div>`;
}

const WIDTH = 720;
const HEIGHT = 160;

/** Bars in SVG; the figures are also a table for readers that see no bars. */
function chart(title: string, bars: readonly Bar[]): Markup {
  const most = Math.max(1, ...bars.map(({ accounts }) => accounts));
  const [first, last] = [bars[0], bars.at(-1)];
  if (!first || !last) return markup`<figure><figcaption>${title}: none.</figcaption></figure>`;
  const step = WIDTH / bars.length;
  const shapes = bars.map(({ label, accounts }, index) => {
    const height = (accounts / most) * HEIGHT;
    const [x, y] = [index * step, HEIGHT - height].map((value) => value.toFixed(2)) as [string, string];
    const width = Math.max(0.5, step * 0.85).toFixed(2);
    return markup`<rect x="${x}" y="${y}" width="${width}" height="${height.toFixed(2)}"><title>${label}: ${number(accounts)}</title></rect>`;
  });
  const figures = table(
    ["When", "Accounts"],
    bars.map(({ label, accounts }) => [label, number(accounts)]),
  );
  return markup`<figure><figcaption>${title}: at most ${number(most)}</figcaption>
<svg viewBox="0 0 ${String(WIDTH)} ${String(HEIGHT)}" role="img" aria-label="${title}, from ${first.label} to ${last.label}">${shapes}</svg>
<p class="ends"><span>${first.label}</span><span>${last.label}</span></p>
<details><summary>Figures</summary>${figures}</details></figure>`;
}

const counted = (times: number, what: string) => `${number(times)} ${times === 1 ? what : `${what}s`}`;
const number = (value: number) => value.toLocaleString("en-US");

function cut(shown: readonly unknown[], inAll: number): string {
  return shown.length < inAll ? ` The first ${number(shown.length)} are below.` : "";
}

function timeOf(iso: string): string {
  return `${iso.slice(0, 16).replace("T", " ")} UTC`;
}

/** HTML that may be written as it is. */
interface Markup {
  readonly html: string;
}

function raw(html: string): Markup {
  return { html };
}

/** A template of HTML: every text in it is escaped. */
function markup(pieces: TemplateStringsArray, ...values: ReadonlyArray<string | Markup | readonly Markup[]>): Markup {
  const written = values.map((value) =>
    typeof value === "string"
      ? escaped(value)
      : [value]
          .flat()
          .map((one) => (one as Markup).html)
          .join(""),
  );
  return raw(String.raw({ raw: pieces }, ...written));
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Formatting characters reverse a line (U+202E), or make two names look alike: they are shown as `\u{202e}`. */
function escaped(text: string): string {
  return text
    .replaceAll(/[\p{Cc}\p{Cf}\p{Cs}]/gu, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`)
    .replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? "");
}

const STYLE = `
:root { color-scheme: light dark; --line: #8886; --good: #1a7f37; --bad: #b35900; --bar: #2f6fdb; }
@media (prefers-color-scheme: dark) { :root { --good: #4ac26b; --bad: #f0a04b; --bar: #79a8ff; } }
body { font: 16px/1.5 system-ui, sans-serif; margin: 0; background: Canvas; color: CanvasText; }
main { max-width: 60rem; margin: 0 auto; padding: 1rem; }
h1, h2, h3 { line-height: 1.2; } h3 { font-size: 1rem; overflow-wrap: anywhere; }
.done { color: var(--good); font-weight: 600; } .open { color: var(--bad); font-weight: 600; } .note { opacity: .8; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; } th, td { text-align: left; padding: .3rem .6rem; border-bottom: 1px solid var(--line); vertical-align: top; }
code { overflow-wrap: anywhere; } td { overflow-wrap: break-word; min-width: 4rem; max-width: 24rem; }
figure { margin: 1rem 0 2rem; } svg { width: 100%; height: auto; border-bottom: 1px solid var(--line); } rect { fill: var(--bar); }
.ends { display: flex; justify-content: space-between; margin: 0; font-size: .85rem; }
`;
