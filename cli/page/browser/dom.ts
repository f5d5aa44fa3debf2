type Child = Node | string | undefined | false;
type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;

/** An element with attributes and children. Texts become text, never markup: what users type is shown here. */
export function h<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== undefined) element.setAttribute(name, String(value));
  }
  element.append(...children.filter((child) => child !== undefined && child !== false));
  return element;
}

/** The element of index.html with this id. */
export function byId<Kind extends HTMLElement>(id: string, kind: new () => Kind): Kind {
  const element = document.getElementById(id);
  if (!(element instanceof kind)) throw new Error(`index.html has no such element: ${id}`);
  return element;
}

/** Does what a button is for, and ignores clicks until it has ended. It stays in the order of the keyboard, unlike a disabled one. */
export function oneAtATime(button: HTMLButtonElement, work: () => Promise<void>): () => Promise<void> {
  return async () => {
    if (button.getAttribute("aria-disabled") === "true") return;
    button.setAttribute("aria-disabled", "true");
    try {
      await work();
    } finally {
      button.removeAttribute("aria-disabled");
    }
  };
}

/** A table with a caption, in a box that scrolls by itself where it is too wide, also with the keyboard. */
export function table(
  caption: string,
  head: readonly string[],
  rows: ReadonlyArray<readonly (Node | string)[]>,
  empty = "",
): HTMLElement {
  const header = h("tr", {}, ...head.map((text) => h("th", { scope: "col" }, text)));
  const body = rows.map((cells) => h("tr", {}, ...cells.map((cell) => h("td", {}, cell))));
  const none = h("tr", {}, h("td", { colspan: head.length, class: "quiet" }, empty));
  return h(
    "div",
    { class: "scroll", tabindex: 0, role: "region", "aria-label": caption },
    h(
      "table",
      {},
      h("caption", {}, caption),
      h("thead", {}, header),
      h("tbody", {}, ...(body.length > 0 || empty === "" ? body : [none])),
    ),
  );
}

export const SIGNS = { admitted: "✓", refused: "✕", failed: "!" } as const;
export type Verdict = keyof typeof SIGNS;
const WORDS = { admitted: "Admitted", refused: "Refused", failed: "Failed" } as const;

/** A verdict as a sign, a word and a colour: none of them alone. */
export function verdictMark(verdict: Verdict, word: string = WORDS[verdict]): HTMLElement {
  return h("span", { class: `mark ${verdict}` }, h("span", { "aria-hidden": "true" }, SIGNS[verdict]), ` ${word}`);
}

/** Milliseconds for people. */
export function milliseconds(value: number): string {
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ms`;
}

export function timeOf(moment: number): string {
  return new Date(moment).toLocaleTimeString("en-GB");
}
