import type { Character, FunctionCall, ShownIdentifier, SignUpReport, Step } from "../api";
import { byId, h, milliseconds, table, verdictMark } from "./dom";
import { shown } from "./form";

/** What happened in a sign-up. */
export function showReport(report: SignUpReport): void {
  const verdict = byId("verdict", HTMLParagraphElement);
  verdict.className = `verdict ${report.verdict}`;
  verdict.replaceChildren(verdictMark(report.verdict), h("span", { class: "message" }, report.message));
  byId("happened", HTMLDivElement).replaceChildren(
    block(
      "How it reads them",
      "Two spellings with one canonical form are one identifier. Dots and +tags of an address are kept: a.b@… and ab@… can be two users.",
      ...report.identifiers.map(identifierOf),
    ),
    ...(report.call
      ? callOf(report.call, report.milliseconds)
      : [h("p", {}, "The function was not called: Cognito had refused the sign-up before.")]),
  );
}

/** Something went wrong with the page itself. */
export function showProblem(text: string): void {
  const verdict = byId("verdict", HTMLParagraphElement);
  verdict.className = "verdict failed";
  verdict.replaceChildren(verdictMark("failed"), h("span", { class: "message" }, text));
  byId("happened", HTMLDivElement).replaceChildren();
}

function block(title: string, text: string, ...children: readonly Node[]): HTMLElement {
  return h("section", { class: "block" }, h("h3", {}, title), h("p", { class: "quiet" }, text), ...children);
}

function identifierOf({ label, typed, canonical, characters, key }: ShownIdentifier): HTMLElement {
  const noted = notes(characters);
  return h(
    "div",
    { class: "identifier" },
    h("h4", {}, label),
    typed === ""
      ? h("p", { class: "quiet" }, "left out")
      : h(
          "div",
          { class: "strip", role: "img", "aria-label": `${typed} becomes ${canonical}` },
          ...characters.map((character) => cell(character)),
        ),
    h(
      "p",
      { class: "becomes" },
      "canonical form ",
      h("code", {}, ...shown(canonical)),
      key ? ", key of its reservation " : "",
      key ? h("code", {}, ...shown(key)) : "",
    ),
    noted.length > 0 &&
      table(
        `${label}: characters that are changed, refused or not ASCII`,
        ["Character", "Code point", "Name", "Becomes"],
        noted,
      ),
  );
}

/** Those whose letter case is folded, of ASCII, have a row together: they are the most, and the least to say about. */
function notes(characters: readonly Character[]): (Node | string)[][] {
  const distinct = [...new Map(characters.map((character) => [JSON.stringify(character), character])).values()];
  const isCase = ({ typed, change, refused }: Character) =>
    change === "letter case" && !refused && /^[A-Z]$/.test(typed);
  const capitals = distinct.filter(isCase);
  const others = distinct.filter(
    (character) =>
      !isCase(character) && (character.refused || character.change !== "kept" || /[^ -~]/.test(character.typed)),
  );
  const [first, ...more] = capitals;
  if (first === undefined) return others.map(noteOf);
  if (more.length === 0) return [noteOf(first), ...others.map(noteOf)];
  const codes = (texts: readonly string[]) => h("code", {}, texts.join(" "));
  const together = [
    codes(capitals.map(({ typed }) => typed)),
    capitals.flatMap(({ codePoints }) => codePoints.map(({ codePoint }) => codePoint)).join(" "),
    `${capitals.length} LATIN CAPITAL LETTERS`,
    h("span", {}, codes(capitals.map(({ becomes }) => becomes)), " (letter case)"),
  ];
  return [...others.map(noteOf), together];
}

function cell({ typed, becomes, change, refused }: Character): HTMLElement {
  const changed = change !== "kept";
  return h(
    "span",
    { class: `cell ${refused ? "refused" : changed ? "changed" : "kept"}` },
    h("span", { class: "from" }, ...glyph(typed)),
    h("span", { class: "to" }, ...(refused ? ["✕"] : changed ? (becomes === "" ? ["–"] : glyph(becomes)) : [""])),
  );
}

const glyph = (text: string): Node[] => (text === " " ? [document.createTextNode("␣")] : shown(text));

function noteOf({ typed, becomes, codePoints, change, refused }: Character): (Node | string)[] {
  const lines = (texts: readonly string[]) =>
    h("span", { class: "lines" }, ...texts.map((text) => h("span", {}, text)));
  // A whole domain has too many: its code points are in its spelling.
  const isLong = codePoints.length > 4;
  return [
    h("code", {}, ...glyph(typed)),
    isLong ? "" : lines(codePoints.map(({ codePoint }) => codePoint)),
    isLong ? `${codePoints.length} characters` : lines(codePoints.map(({ name }) => name)),
    outcomeOf({ typed, becomes, change, refused }),
  ];
}

function outcomeOf({ typed, becomes, change, refused }: Omit<Character, "codePoints">): Node | string {
  if (refused) return h("span", { class: "refusal" }, h("strong", {}, "✕ refused: "), refused);
  if (change === "left out") return change;
  if (change !== "kept") return h("span", {}, h("code", {}, ...glyph(becomes)), ` (${change})`);
  const isForeign = /\p{L}/u.test(typed) && !/\p{Script=Latin}/u.test(typed);
  return isForeign ? "kept: what looks the same is another letter" : "kept";
}

const KINDS: Readonly<Record<Step["kind"], string>> = {
  "look-up": "Look-up",
  reservation: "Reservation",
  release: "Release",
  other: "Call",
};

function callOf(call: FunctionCall, whole: number): HTMLElement[] {
  const { steps, log, metrics, functionName } = call;
  const took = `${functionName} decided in ${milliseconds(call.milliseconds)}; the whole sign-up took ${milliseconds(whole)}.`;
  const counts = metrics.flatMap((metric) => Object.entries(metric.counts));
  return [
    block(
      "What it asked and reserved",
      steps.length > 0 ? took : `Nothing: the spelling alone decides. ${took}`,
      h("ol", { class: "steps" }, ...steps.map(stepOf)),
    ),
    block(
      "What it logged and counted",
      "No e-mail address, username or password is in it.",
      h("pre", { tabindex: 0, "aria-label": "Log line" }, log.join("\n")),
      h(
        "p",
        { class: "counts" },
        ...counts.map(([name, count]) => h("span", { class: "count" }, `${name} `, h("b", {}, String(count)))),
      ),
      h(
        "details",
        {},
        h("summary", {}, "The metrics as they were written"),
        h("pre", { tabindex: 0, "aria-label": "Metrics" }, metrics.map(({ line }) => line).join("\n")),
      ),
    ),
  ];
}

function stepOf({ kind, operation, about, result, from, to }: Step): HTMLElement {
  const when = to === undefined ? milliseconds(from) : `${milliseconds(from)} – ${milliseconds(to)}`;
  return h(
    "li",
    {},
    h("span", { class: "kind" }, KINDS[kind]),
    h("span", { class: "doing" }, h("span", { class: "operation" }, operation), " ", h("code", {}, ...shown(about))),
    h("span", { class: "result" }, `→ ${result}`),
    h("span", { class: "when" }, when),
  );
}
