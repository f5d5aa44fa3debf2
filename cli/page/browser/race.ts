import type { Races, ShownRace, ShownRacer, Way } from "../api";
import { byId, h, milliseconds, SIGNS, table, verdictMark } from "./dom";

const TEXTS: Readonly<Record<Way, { readonly title: string; readonly how: string; readonly moment: string }>> = {
  reserved: {
    title: 'uniqueness: "reserved"',
    how: "The address is reserved before there is an account. One transaction succeeds; the others find it reserved.",
    moment: "the transaction was answered",
  },
  directory: {
    title: 'uniqueness: "directory"',
    how: "It looks for an account, then Cognito creates one. Those that looked before the first account was there get in.",
    moment: "the look-up was answered",
  },
};

/** Both races side by side, on one scale. */
export function showRaces(races: Races): void {
  const end = Math.max(...Object.values(races).flatMap(({ racers }) => racers.map(({ answered }) => answered)));
  const figures = (["reserved", "directory"] as const).map((way) => figureOf(way, races[way], end));
  byId("race", HTMLDivElement).replaceChildren(...figures);
  byId("race-status", HTMLParagraphElement).textContent = (["reserved", "directory"] as const)
    .map((way) => `${way}: ${races[way].admitted} of ${races[way].racers.length} admitted`)
    .join("; ");
}

function figureOf(way: Way, { racers, admitted, firstAdmission }: ShownRace, end: number): HTMLElement {
  const { title, how, moment } = TEXTS[way];
  const summary = `${title}: ${admitted} of ${racers.length} sign-ups admitted. The table below has each of them.`;
  const lanes = h(
    "div",
    { class: "lanes", role: "img", "aria-label": summary },
    ...racers.map((racer) => laneOf(racer, end)),
  );
  if (firstAdmission !== undefined) {
    const mark = h("span", { class: "first" }, h("span", {}, "first account"));
    place(mark, firstAdmission, firstAdmission, end);
    lanes.append(h("span", { class: "first-lane" }, mark));
  }
  return h(
    "figure",
    { class: "race" },
    h(
      "figcaption",
      {},
      h("h3", {}, title),
      h("p", { class: "score" }, h("b", {}, String(admitted)), ` of ${racers.length} admitted`),
      h(
        "p",
        { class: "quiet" },
        way === "directory" && admitted === 1 ? `${how} This time one alone did, by chance.` : how,
      ),
    ),
    lanes,
    h("p", { class: "axis" }, h("span", {}, "0 ms"), h("span", {}, milliseconds(end))),
    h(
      "p",
      { class: "quiet legend" },
      h("span", { class: "dot", "aria-hidden": "true" }),
      ` when ${moment}. A bar ends with the answer to the user.`,
    ),
    h(
      "details",
      {},
      h("summary", {}, "The same as a table"),
      table(
        `${title}: the sign-ups, those that were admitted first`,
        ["Username", "E-mail", "Verdict", "Decided", "Answered", "Message"],
        racers.map((racer) => [
          racer.username,
          racer.email,
          verdictMark(racer.verdict),
          racer.decided === undefined ? "–" : milliseconds(racer.decided),
          milliseconds(racer.answered),
          racer.message,
        ]),
      ),
    ),
  );
}

function laneOf({ username, verdict, start, decided, answered }: ShownRacer, end: number): HTMLElement {
  const bar = h("span", { class: "bar" });
  place(bar, start, answered, end);
  const track = h("span", { class: "track" }, bar);
  if (decided !== undefined) {
    const dot = h("span", { class: "dot" });
    place(dot, decided, decided, end);
    track.append(dot);
  }
  return h(
    "span",
    { class: `lane ${verdict}` },
    h("span", { class: "name" }, username.replace(/\..*/, "")),
    track,
    h("span", { class: "end" }, `${SIGNS[verdict]} ${verdict}`),
  );
}

/** By properties of the style, which the page's policy allows; an attribute it would not. */
function place(element: HTMLElement, from: number, to: number, end: number): void {
  element.style.setProperty("--from", `${(100 * from) / end}%`);
  element.style.setProperty("--length", `${(100 * (to - from)) / end}%`);
}
