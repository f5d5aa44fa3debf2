import type { Field, PoolInfo, SignUpReport, Trial } from "../api";
import { byId, h, oneAtATime, SIGNS } from "./dom";

type SignUp = (values: Record<string, string>) => Promise<SignUpReport | undefined>;

/** The form, and the sign-ups to try. */
export function showForm({ fields, trials }: PoolInfo, signUp: SignUp): void {
  const form = byId("form", HTMLFormElement);
  byId("fields", HTMLDivElement).replaceChildren(...fields.map(fieldOf));
  const submit = oneAtATime(byId("submit", HTMLButtonElement), async () => {
    await signUp(valuesIn(form, fields));
    // In a narrow window the answer is below the form.
    byId("verdict", HTMLElement).scrollIntoView({ block: "nearest" });
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void submit();
  });
  byId("trials-block", HTMLDivElement).hidden = trials.length === 0;
  byId("trials", HTMLOListElement).replaceChildren(...trials.map((trial) => trialOf(trial, form, signUp)));
}

function fieldOf({ name, label, kind, required, value, longest }: Field): HTMLElement {
  const id = `field-${name}`;
  // Of type text, whatever it is for: a browser would correct an address before it is sent.
  const input = h("input", {
    id,
    name,
    type: "text",
    inputmode: kind,
    required,
    value,
    maxlength: longest,
    autocomplete: "off",
    autocapitalize: "none",
    spellcheck: "false",
  });
  return h("div", { class: "field" }, h("label", { for: id }, label), input);
}

function valuesIn(form: HTMLFormElement, fields: readonly Field[]): Record<string, string> {
  const data = new FormData(form);
  return Object.fromEntries(fields.map(({ name }) => [name, String(data.get(name) ?? "")]));
}

function trialOf({ what, values }: Trial, form: HTMLFormElement, signUp: SignUp): HTMLElement {
  const result = h("span", { class: "result" });
  const typed = h("span", { class: "typed" }, ...shown(values.username ?? ""), " · ", ...shown(values.email ?? ""));
  const button = h("button", { type: "button", class: "trial" }, h("span", { class: "what" }, what), typed, result);
  const attempt = oneAtATime(button, async () => {
    for (const input of form.querySelectorAll("input")) input.value = values[input.name] ?? "";
    const report = await signUp(values);
    if (report === undefined) return;
    result.className = `result mark ${report.verdict}`;
    result.replaceChildren(h("span", { "aria-hidden": "true" }, SIGNS[report.verdict]), ` ${report.verdict}`);
  });
  button.addEventListener("click", () => void attempt());
  return h("li", { class: "try" }, button);
}

/** A text, with what cannot be seen as its code point. */
export function shown(text: string): Node[] {
  return text
    .split(/([\p{Default_Ignorable_Code_Point}\p{C}])/u)
    .filter((part) => part !== "")
    .map((part) =>
      /^[\p{Default_Ignorable_Code_Point}\p{C}]$/u.test(part)
        ? h("span", { class: "unseen" }, codePoint(part))
        : document.createTextNode(part),
    );
}

const codePoint = (character: string) =>
  `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
