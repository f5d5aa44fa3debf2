import { MigrationError } from "../migration-error";
import type { Directory, Invitations, PoolDescription } from "../pool/directory";
import { isSameUser } from "./carry";
import type { Made, Progress, Step } from "./progress";
import type { ToMake } from "./resolved-plan";

export interface MoveOptions {
  readonly to: Directory;
  readonly target: PoolDescription;
  readonly accounts: Iterable<ToMake>;
  readonly progress: Progress;
  readonly invitations: Invitations;
  /** Accounts that are processed in parallel. */
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
  /** Accounts that an earlier run finished. */
  before: number;
  /** Accounts that were created. */
  made: number;
  /** Accounts that the new pool already had, because the user has signed up there. */
  found: number;
  readonly failed: Failed[];
}

/**
 * Creates the accounts. Every call is recorded before it is made, and its result afterwards. A call without a
 * recorded result is made again. That is safe: Cognito creates and invites an account once and then reports that the username
 * exists; adding an account to a group and disabling it are idempotent. Where Cognito could not send an invitation, the account is a failed one, and
 * every run sends it again.
 *
 * An error of one account does not stop the others. An error that every account would get stops the move: a missing permission,
 * a missing pool, or no network.
 */
export async function move(options: MoveOptions): Promise<MoveReport> {
  const report: MoveReport = { before: 0, made: 0, found: 0, failed: [] };
  const accounts = options.accounts[Symbol.iterator]();
  let stopped = false;
  const worker = async () => {
    while (!stopped) {
      const { value, done } = accounts.next();
      if (done) return;
      await moveAccount(value, options, report);
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
  // Thrown only after all workers have stopped.
  for (const end of ended) if (end.status === "rejected") throw end.reason;
  return report;
}

async function moveAccount(account: ToMake, options: MoveOptions, report: MoveReport): Promise<void> {
  const { sub, carried } = account;
  const { progress, to, invitations } = options;
  let running: Step = "create";
  const step = async (name: Exclude<Step, "create">, call: () => Promise<void>) => {
    if (progress.is("done", sub, name)) return;
    running = name;
    progress.begin(sub, name);
    await call();
    progress.done(sub, name);
  };
  try {
    const before = progress.of(sub);
    if (before) report.before++;
    const { found, uninvited } = before ?? (await create(account, options));
    // A user already uses this account: the move does not change its groups or disable it.
    if (!found) {
      if (uninvited && invitations === "sent") await step("invite", () => to.invite(carried.username));
      for (const group of carried.groups) await step(`join ${group}`, () => to.addToGroup(carried.username, group));
      if (!carried.enabled) await step("disable", () => to.disable(carried.username));
    }
    if (!before) report[found ? "found" : "made"]++;
  } catch (error) {
    const reason = reasonOf(error);
    if (reason === undefined) throw error;
    report.failed.push({ sub, username: carried.username, step: running, reason });
    progress.failed(sub, running, reason);
  }
}

async function create({ sub, carried }: ToMake, options: MoveOptions): Promise<Made> {
  const { to, progress, invitations } = options;
  const isBegun = progress.is("begun", sub, "create");
  progress.begin(sub, "create");
  // Disabled accounts are created without an invitation.
  const made = await to.create(carried, carried.enabled ? invitations : "suppressed").then(
    (newSub): Made => ({ newSub, found: false, uninvited: false }),
    (error: Error) =>
      error.name === "CodeDeliveryFailureException"
        ? createdUninvited(sub, carried, options)
        : existing(sub, carried, error, isBegun, options),
  );
  progress.created(sub, made);
  return made;
}

/** "CodeDeliveryFailureException" of AdminCreateUser, Cognito API reference: the account is there all the same. */
async function createdUninvited(
  sub: string,
  { username }: ToMake["carried"],
  { to, progress }: MoveOptions,
): Promise<Made> {
  // First of all: a run that is killed, or fails, before it has the account's id leaves this for the next one.
  progress.failed(sub, "invite", "Cognito could not send the invitation");
  return { newSub: (await to.get(username)).sub, found: false, uninvited: true };
}

/**
 * Errors that can mean that the account exists already. The Pre-SignUp function also refuses an account that a stopped run has
 * created, because it cannot tell it from another user's account.
 */
const MAY_EXIST = new Set(["UsernameExistsException", "AliasExistsException", "UserLambdaValidationException"]);

async function existing(
  sub: string,
  carried: ToMake["carried"],
  refusal: Error,
  isBegun: boolean,
  { to, target, progress }: MoveOptions,
): Promise<Made> {
  if (!MAY_EXIST.has(refusal.name)) throw refusal;
  const there = await to.get(carried.username).catch((error: Error) => {
    throw error.name === "UserNotFoundException" ? refusal : error;
  });
  if (!isSameUser(carried, there, target)) {
    throw new AccountError("another user has this username in the new pool: plan again, and decide.");
  }
  // A stopped run may have created it, and the user may have signed in since.
  const ours = there.status === "FORCE_CHANGE_PASSWORD" || isBegun;
  return { newSub: there.sub, found: !ours, uninvited: ours && progress.is("failed", sub, "invite") };
}

/** An error that concerns one account only. */
class AccountError extends Error {}

/** Errors that every account would get. They stop the move. */
const GLOBAL_ERRORS = new Set([
  "AccessDeniedException",
  "CredentialsProviderError",
  "ExpiredTokenException",
  "IncompleteSignature",
  "InvalidSignatureException",
  "ResourceNotFoundException",
  "UnrecognizedClientException",
]);

/** The reason of an error that concerns one account only; undefined for other errors. */
function reasonOf(error: unknown): string | undefined {
  if (error instanceof AccountError) return error.message;
  const { name, message, $metadata } = error as Error & { $metadata?: { httpStatusCode?: number } };
  if (error instanceof MigrationError || GLOBAL_ERRORS.has(name) || $metadata?.httpStatusCode === undefined)
    return undefined;
  return `${name}: ${message}`;
}
