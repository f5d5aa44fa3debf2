import { MigrationError } from "../migration-error";
import { isSamePerson } from "./carry";
import type { Directory, Invitations, PoolDescription } from "./directory";
import type { MoveEntry, MoveJournal, MoveProgress, Step } from "./progress";
import type { ToMake } from "./work";

export interface MoveOptions {
  readonly to: Directory;
  readonly target: PoolDescription;
  readonly work: AsyncIterable<ToMake>;
  readonly journal: MoveJournal;
  /** What the journal says already; kept up to date. */
  readonly progress: MoveProgress;
  readonly invitations: Invitations;
  /** Accounts that are worked on at once. */
  readonly parallel: number;
  readonly onAccount: (report: MoveReport) => void;
}

export interface Failed {
  readonly sub: string;
  readonly username: string;
  readonly step: Step;
  readonly reason: string;
}

export interface MoveReport {
  /** Accounts that an earlier run had finished. */
  before: number;
  /** Accounts that were made. */
  made: number;
  /** Accounts that turned out to be in the new pool: a stopped run's, or made by the person meanwhile. */
  found: number;
  readonly failed: Failed[];
}

/**
 * Makes the accounts. Before every call it is written down that it is made, and after it what came of it. A call that was
 * begun and whose end nobody knows is made again, and that is safe: Cognito makes an account, and invites, once, and then
 * says that the username exists; putting somebody into a group or disabling them twice is the same as once.
 *
 * What goes wrong with one account does not stop the others. What would go wrong with each of them does: no permission, no
 * such pool, no network.
 */
export async function move(options: MoveOptions): Promise<MoveReport> {
  const report: MoveReport = { before: 0, made: 0, found: 0, failed: [] };
  const work = options.work[Symbol.asyncIterator]();
  let stopped = false;
  const worker = async () => {
    while (!stopped) {
      const { value, done } = await work.next();
      if (done) return;
      await one(value, options, report);
      options.onAccount(report);
    }
  };
  const ended = await Promise.allSettled(
    Array.from({ length: options.parallel }, () =>
      worker().catch((error: unknown) => {
        stopped = true;
        throw error;
      }),
    ),
  );
  // Only when nobody writes into the journal any more.
  for (const end of ended) if (end.status === "rejected") throw end.reason;
  return report;
}

async function one(account: ToMake, options: MoveOptions, report: MoveReport): Promise<void> {
  const { sub, carried } = account;
  const { progress, to, journal } = options;
  let running: Step = "create";
  const step = async (name: Exclude<Step, "create">, call: () => Promise<void>) => {
    if (progress.done.get(sub)?.steps.has(name)) return;
    running = name;
    await journal.append({ sub, step: name, state: "begun" });
    await call();
    await note({ sub, step: name, state: "done" }, options);
  };
  try {
    const before = progress.done.get(sub);
    if (before) report.before++;
    const { found } = before ?? (await create(account, options));
    // Somebody uses an account that was found: what it may do is not for a move to change.
    if (!found) {
      for (const group of carried.groups) await step(`join ${group}`, () => to.addToGroup(carried.username, group));
      if (!carried.enabled) await step("disable", () => to.disable(carried.username));
    }
    if (!before) report[found ? "found" : "made"]++;
  } catch (error) {
    const reason = reasonOf(error);
    if (reason === undefined) throw error;
    report.failed.push({ sub, username: carried.username, step: running, reason });
    await journal.append({ sub, step: running, state: "failed", reason });
  }
}

async function note(entry: MoveEntry, { journal, progress }: MoveOptions): Promise<void> {
  await journal.append(entry);
  progress.add(entry);
}

async function create({ sub, carried }: ToMake, options: MoveOptions): Promise<{ found: boolean }> {
  const { to, journal, invitations } = options;
  await journal.append({ sub, step: "create", state: "begun" });
  // Nobody invites somebody who is kept out.
  const made = to.create(carried, carried.enabled ? invitations : "suppressed");
  const { newSub, found } = await made.then(
    (newSub) => ({ newSub, found: false }),
    (error: Error) => existing(sub, carried, error, options),
  );
  await note({ sub, step: "create", state: "done", newSub, ...(found ? { found } : {}) }, options);
  return { found };
}

/**
 * What Cognito says when an account is there: itself, or through the Pre-SignUp function, to which an account that a
 * stopped run has made is somebody else's.
 */
const MAY_BE_THERE = new Set(["UsernameExistsException", "AliasExistsException", "UserLambdaValidationException"]);

async function existing(sub: string, carried: ToMake["carried"], refusal: Error, options: MoveOptions) {
  const { to, target, progress } = options;
  if (!MAY_BE_THERE.has(refusal.name)) throw refusal;
  const there = await to.get(carried.username).catch((error: Error) => {
    throw error.name === "UserNotFoundException" ? refusal : error;
  });
  if (!isSamePerson(carried, there, target)) {
    throw new Failing("the new pool has this username for somebody else: plan again, and decide.");
  }
  // A run that was stopped may have made it, and the person have come in since.
  const ours = there.status === "FORCE_CHANGE_PASSWORD" || progress.begun.has(sub);
  return { newSub: there.sub, found: !ours };
}

/** Why one account cannot be moved, and others can. */
class Failing extends Error {}

/** Errors that every account would meet. */
const EVERYBODYS = new Set([
  "AccessDeniedException",
  "CredentialsProviderError",
  "ExpiredTokenException",
  "IncompleteSignature",
  "InvalidSignatureException",
  "ResourceNotFoundException",
  "UnrecognizedClientException",
]);

/** Why it failed, where that is the account's own affair. */
function reasonOf(error: unknown): string | undefined {
  if (error instanceof Failing) return error.message;
  const { name, message, $metadata } = error as Error & { $metadata?: { httpStatusCode?: number } };
  if (error instanceof MigrationError || EVERYBODYS.has(name) || $metadata?.httpStatusCode === undefined)
    return undefined;
  return `${name}: ${message}`;
}
