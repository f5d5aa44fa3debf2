import type { RecordedCall } from "../emulator/local-lambda";
import type { Step } from "./api";

/** A call of AWS's API by the function, in words. `start` is when the function was called, in milliseconds since 1970. */
export function stepOf(call: RecordedCall, start: number): Step {
  const operation = call.target.replace(/^.*\./, "");
  const input = JSON.parse(call.input) as Input;
  const { kind, about, resultOf } = OPERATIONS[operation] ?? OTHER;
  const answer = call.answer === undefined ? undefined : (JSON.parse(call.answer) as Answer);
  const result =
    answer === undefined || call.status === undefined
      ? "not waited for: it was decided by then"
      : resultOf(answer, call.status, input);
  return {
    kind,
    operation,
    about: about(input),
    result,
    from: call.startedAt - start,
    to: call.endedAt === undefined ? undefined : call.endedAt - start,
  };
}

/** What the calls of the Pre-SignUp function hold, as far as it is shown. */
interface Input {
  readonly Filter?: string;
  readonly Username?: string;
  readonly Key?: { readonly pk?: { readonly S?: string } };
  readonly TransactItems?: ReadonlyArray<{
    readonly Put?: { readonly Item: { readonly pk?: { readonly S?: string } } };
  }>;
}

interface Answer {
  readonly Users?: readonly unknown[];
  readonly CancellationReasons?: ReadonlyArray<{ readonly Code?: string }>;
  readonly __type?: string;
}

interface Operation {
  readonly kind: Step["kind"];
  readonly about: (input: Input) => string;
  readonly resultOf: (answer: Answer, status: number, input: Input) => string;
}

const keysOf = ({ TransactItems = [] }: Input) => TransactItems.map(({ Put }) => Put?.Item.pk?.S ?? "");
const errorOr = (done: string) => (answer: Answer, status: number) =>
  status === 200 ? done : String(answer.__type ?? status).replace(/^.*#/, "");

const OTHER: Operation = { kind: "other", about: ({ Username = "" }) => Username, resultOf: errorOr("done") };

const OPERATIONS: Readonly<Record<string, Operation>> = {
  ListUsers: {
    kind: "look-up",
    about: ({ Filter = "" }) => Filter,
    resultOf: (answer, status) => {
      const found = answer.Users?.length ?? 0;
      return errorOr(found === 0 ? "no account" : found === 1 ? "1 account" : `${found} accounts`)(answer, status);
    },
  },
  TransactWriteItems: {
    kind: "reservation",
    about: (input) => keysOf(input).join(", "),
    resultOf: (answer, status, input) => {
      const keys = keysOf(input);
      const present = keys.filter((_, index) => answer.CancellationReasons?.[index]?.Code === "ConditionalCheckFailed");
      if (present.length > 0) return `nothing written: there already is ${present.join(" and ")}`;
      return errorOr(keys.length === 1 ? "written" : "all written, in one transaction")(answer, status);
    },
  },
  DeleteItem: {
    kind: "release",
    about: ({ Key }) => Key?.pk?.S ?? "",
    resultOf: errorOr("removed, because the sign-up is refused"),
  },
};
