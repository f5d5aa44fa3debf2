import { castOf, RACERS } from "../../../cli/prove/cast";
import type { Answer, ProofPool } from "../../../cli/prove/pool";
import { countsOf, says, Trials } from "../../../cli/prove/trials";
import type { Identifiers } from "../../../lambda/identity/account";
import { MESSAGES } from "../../../lambda/trigger/messages";
import { withoutFullStop } from "../../../lambda/trigger/refusal";

const IDENTIFIERS: Identifiers = { username: "required", email: "required" };
const CAST = castOf("abcdefghij", IDENTIFIERS);
const answer = (kind: Answer["kind"], text = ""): Answer => ({ kind, text, milliseconds: 1 });
const refused = (reason: keyof typeof MESSAGES) => answer("function", withoutFullStop(MESSAGES[reason]));
const admitted = answer("admitted");

interface Behaviour {
  /** Answers to the cases, in their order; the last one goes on. @default as promised */
  readonly answers?: readonly Answer[];
  readonly race?: (racer: number) => Answer;
  /** Accounts that a race makes. */
  readonly made?: number;
  readonly listed?: number;
  readonly isAsked?: boolean;
  readonly isReserved?: boolean;
}

const PROMISED = CAST.cases.map(({ expected }) => (expected === "admitted" ? admitted : refused(expected)));

function trials({ answers = PROMISED, race, made = 1, listed = 0, isAsked = false, isReserved = true }: Behaviour) {
  let call = 0;
  const racers = CAST.races.flat();
  const pool = {
    create: async (signUp: object) => {
      const racer = racers.indexOf(signUp as never);
      if (racer >= 0 && race) return race(racer);
      return answers[call++] ?? answers.at(-1) ?? admitted;
    },
    count: async () => made,
    listed: async () => (listed < 0 ? undefined : listed),
  };
  return new Trials(pool as unknown as ProofPool, CAST, IDENTIFIERS, MESSAGES, isAsked, isReserved);
}
const statesOf = async (behaviour: Behaviour) => (await trials(behaviour).cases()).map(({ state }) => state);

it("every case is held where the pool answers as promised", async () => {
  expect(new Set(await statesOf({}))).toEqual(new Set(["held"]));
});

it("what is admitted and was to be refused is broken, each by its name", async () => {
  const results = await trials({ answers: [admitted] }).cases();
  const broken = results.filter(({ state }) => state === "broken").map(({ promise }) => promise);
  expect(broken).toEqual(CAST.cases.filter(({ expected }) => expected !== "admitted").map(({ promise }) => promise));
});

it("another message is broken, a refusal by Cognito itself is held, and no answer is not seen", async () => {
  const second = async (one: Answer) => (await statesOf({ answers: [admitted, one] }))[1];
  expect(await second(refused("emailTaken"))).toBe("broken");
  expect(await second(answer("cognito", "UsernameExistsException: User already exists"))).toBe("held");
  expect(await second(answer("failed", "TooManyRequestsException: Rate exceeded"))).toBe("not seen");
});

it("nothing is repeated where the first sign-up is not admitted", async () => {
  const all = trials({ answers: [refused("unavailable")] });
  const states = (await all.cases()).map(({ state }) => state);
  expect(states[0]).toBe("broken");
  expect(new Set(states.slice(1))).toEqual(new Set(["not seen"]));
  expect(all.inTurn).toHaveLength(1);
  expect(await all.race()).toMatchObject({ state: "not seen" });
  expect((await all.reservations(undefined)).map(({ state }) => state)).toEqual(["not seen", "not seen"]);
});

it("a refusal that another function may have made is not seen", async () => {
  expect((await statesOf({ answers: [answer("function", "Not of acme.com")], isAsked: true }))[0]).toBe("not seen");
});

it("without reservations an admission proves nothing while ListUsers is behind", async () => {
  expect((await statesOf({ answers: [admitted], isReserved: false, listed: -1 }))[1]).toBe("not seen");
  expect((await statesOf({ answers: [admitted], isReserved: false, listed: 5 }))[1]).toBe("broken");
});

describe("a race", () => {
  const raceOf = async (behaviour: Behaviour) => {
    const all = trials(behaviour);
    await all.cases();
    return all.race();
  };

  it("is held where one account is made and others are refused", async () => {
    const race = (racer: number) => (racer % RACERS === 7 ? admitted : refused("emailTaken"));
    expect(await raceOf({ race })).toMatchObject({ state: "held", answer: expect.stringContaining("31 were refused") });
  });

  it("is broken where more accounts are made, whatever was answered", async () => {
    expect(await raceOf({ race: () => answer("failed", "Timeout"), made: 2 })).toMatchObject({ state: "broken" });
  });

  it("is run again where none was admitted, and is not seen in the end", async () => {
    let calls = 0;
    const none = () => {
      calls++;
      return refused("unavailable");
    };
    expect(await raceOf({ race: none, made: 0 })).toMatchObject({ state: "not seen" });
    expect(calls).toBe(3 * RACERS);
  });
});

it("a message is only itself, or quoted by an emulator", () => {
  const message = "The email is already registered";
  expect(says(message, message)).toBe(true);
  expect(says(`{"errorMessage": "${message}"}`, message)).toBe(true);
  expect(says(`${message} here`, message)).toBe(false);
});

it("the function has to have counted what it admitted and refused, not what it could not decide", () => {
  const answers = [admitted, refused("emailTaken"), refused("unavailable"), answer("failed"), answer("cognito")];
  expect(countsOf(answers, MESSAGES)).toEqual({ admitted: 1, refused: 1 });
});
