import type { PageEvent } from "../api";
import { byId, h, timeOf, verdictMark } from "./dom";
import { shown } from "./form";

/** Shows events as they happen, the newest first, and calls `onEvent` after each. */
export function showEvents(onEvent: () => void, onReconnected: () => void): void {
  byId("events-section", HTMLElement).hidden = false;
  const list = byId("events", HTMLOListElement);
  const source = new EventSource("/api/events");
  let opened = 0;
  source.addEventListener("open", () => {
    opened += 1;
    if (opened > 1) onReconnected();
    // The server says all it knows again.
    list.replaceChildren();
  });
  source.addEventListener("message", ({ data }) => {
    list.prepend(itemOf(JSON.parse(String(data)) as PageEvent));
    onEvent();
  });
}

function itemOf(event: PageEvent): HTMLElement {
  const time = h("time", { datetime: new Date(event.at).toISOString() }, timeOf(event.at));
  if (event.kind === "message") {
    return h(
      "li",
      { class: "letter" },
      time,
      h("div", {}, h("b", {}, "Cognito would have sent"), h("pre", {}, ...lines(event.text))),
    );
  }
  const { functionName, trigger, refusal } = event;
  return h(
    "li",
    {},
    time,
    h(
      "div",
      {},
      refusal === undefined ? verdictMark("admitted", "Allowed") : verdictMark("refused"),
      " ",
      h("code", {}, trigger),
      " ",
      h("span", { class: "quiet" }, functionName),
      refusal !== undefined && h("p", {}, refusal),
    ),
  );
}

/** Without the blanks with which the terminal sets them apart. */
const lines = (text: string) =>
  text.split("\n").flatMap((line) => [...shown(line.trimStart()), document.createTextNode("\n")]);
