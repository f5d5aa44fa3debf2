import { LIMITS } from "../../catalogue/limits/all";
import api from "../../catalogue/limits/api.json";
import { type Constraints, type Limit, projectWith, regExpOf } from "../../catalogue/limits/limit";
import { SettingsError } from "../../settings/problems";
import { loadProject } from "../../settings/project";

const model: Readonly<Record<string, Constraints>> = api.limits;

/** What the model says of a member, of its items, or of its keys and values. */
function constraintsOf({ api }: Limit): Constraints {
  const [, ref = "", part] = /^([\w.]+)(\[\]|\{key\}|\{value\})?$/.exec(api) ?? [];
  const found = part === "{key}" ? model[ref]?.keys : part ? model[ref]?.of : model[ref];
  if (!found) throw new Error(`${api} is not in api.json: npm run limits`);
  return found;
}

function accepts({ settings }: Limit, value: unknown): boolean {
  try {
    loadProject(projectWith(settings(value as never)));
    return true;
  } catch (error) {
    if (error instanceof SettingsError) return false;
    throw error;
  }
}

const titled = (limits: readonly Limit[]) => limits.map((limit) => [`${limit.setting} (${limit.api})`, limit] as const);
const of = (test: (constraints: Constraints) => boolean) =>
  titled(LIMITS.filter((limit) => test(constraintsOf(limit))));
const hasText = ({ type, enum: values }: Constraints) => type === "string" && values === undefined;

it("the model holds what the settings are compared with, and nothing else", () => {
  const wanted = LIMITS.map(({ api }) => api.replace(/(?:\[\]|\{\w+\})$/, ""));
  expect(Object.keys(model).sort()).toEqual([...new Set(wanted)].sort());
});

it.each(of((constraints) => constraints.enum !== undefined))(
  "%s takes every value of the API, and no other",
  (_, limit) => {
    const { enum: values = [] } = constraintsOf(limit);
    const offered = values.filter((value) => accepts(limit, value));
    const left = limit.narrower?.values ?? [];
    expect(offered).toEqual(values.filter((value) => !left.includes(value)));
    expect(left.filter((value) => !values.includes(value))).toEqual([]);
    expect(accepts(limit, "ANYTHING_ELSE")).toBe(false);
  },
);

describe("the smallest and largest of the API", () => {
  const numbers = of(({ type }) => type === "integer" || type === "list");
  const texts = of(hasText);

  it.each(numbers)("%s", (_, limit) => boundsAgree(limit, (amount) => amount));
  it.each(texts)("%s", (_, limit) => boundsAgree(limit, limit.text ?? ((length) => "a".repeat(length))));

  function boundsAgree(limit: Limit, value: (amount: number) => unknown): void {
    const { min = 0, max, type } = constraintsOf(limit);
    const { least = min, most = max } = limit.narrower ?? {};
    // Narrower is not wider.
    expect(least).toBeGreaterThanOrEqual(min);
    if (most !== undefined && max !== undefined) expect(most).toBeLessThanOrEqual(max);
    // A list has no fewer than 0 values, and no text is shorter.
    const below =
      type === "integer" || (least > 0 && !(type === "list" && limit.narrower === undefined)) ? [least - 1] : [];
    for (const amount of below) expect([amount, accepts(limit, value(amount))]).toEqual([amount, false]);
    if (least > 0 || type === "integer") expect([least, accepts(limit, value(least))]).toEqual([least, true]);
    if (most === undefined) return;
    expect([most, accepts(limit, value(most))]).toEqual([most, true]);
    expect([most + 1, accepts(limit, value(most + 1))]).toEqual([most + 1, false]);
  }
});

/** ASCII, and a character of each kind that patterns tell apart: letters, marks, signs, blanks, line ends, what is invisible. */
const CHARACTERS = [
  ...Array.from({ length: 0x7f - 0x20 }, (_, index) => String.fromCodePoint(0x20 + index)),
  ..."\t\n\r\u00a0éあ\u0301€😀٣\u2028\u2029\u200b\u3000",
];

it.each(of(hasText))("%s takes the characters of the API", (_, limit) => {
  const { pattern = "(?s).*", min = 0 } = constraintsOf(limit);
  const text = (limit.text ?? ((length: number) => "a".repeat(length)))(Math.max(min, limit.narrower?.least ?? 0, 12));
  const allowed = regExpOf(pattern);
  const own = limit.narrower?.characters;
  const { at = (character) => `${text}${character}a` } = limit;
  const difference = CHARACTERS.filter((character) => {
    const inApi = allowed.test(at(character)) && !own?.test(character);
    return inApi !== accepts(limit, at(character));
  });
  expect(difference).toEqual([]);
});
