import type { ChildProcess } from "node:child_process";
import { performance } from "node:perf_hooks";

/** Exit codes of a command that was interrupted: 128 and the signal's number. */
const EXIT_CODES = { SIGHUP: 129, SIGINT: 130, SIGQUIT: 131, SIGTERM: 143 } as const;
type Signal = keyof typeof EXIT_CODES;
const SIGNALS = Object.keys(EXIT_CODES) as Signal[];

/**
 * Milliseconds within which signals count as one: Ctrl-C in a terminal reaches this process, and npm, which passes it on
 * to this process; a terminal that closes sends two signals. Terraform takes a second one for the order to exit without
 * saving its state.
 */
const ONE_SIGNAL = 1_000;

/** A signal has told this command to end. */
export class Interrupted extends Error {
  override readonly name = "Interrupted";
  readonly exitCode: number;

  constructor(
    readonly signal: Signal,
    message = `Interrupted (${signal}).`,
  ) {
    super(message);
    this.exitCode = EXIT_CODES[signal];
  }
}

interface Running {
  readonly child: ChildProcess;
  /** Whether signals go to the processes that it has started, too. */
  readonly group: boolean;
}

const running = new Set<Running>();
let first: Signal | undefined;
let last = Number.NEGATIVE_INFINITY;
let endsWithoutChild = false;
let listening = false;

/**
 * From now on a signal ends this process, with what is to be removed at its end removed; but while a child process runs,
 * the child is told, and this process ends when the child has ended.
 */
export function endOnSignals(): void {
  endsWithoutChild = true;
  listen();
  if (process.env.npm_lifecycle_event !== undefined) watchParent();
}

/** npm passes SIGINT and SIGTERM on (to this process, because the scripts begin with `exec`), but no SIGHUP. */
function watchParent(): void {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    received("SIGHUP");
  }, 500);
  timer.unref();
}

/** Throws {@link Interrupted} once a signal has been received: nothing new is begun. */
export function throwIfInterrupted(): void {
  if (first) throw new Interrupted(first);
}

export function isInterrupted(): boolean {
  return first !== undefined;
}

/** Passes signals on to a child until it has ended. */
export function passSignalsTo(child: ChildProcess, { group }: { readonly group: boolean }): void {
  const entry = { child, group };
  running.add(entry);
  listen();
  const ended = () => {
    running.delete(entry);
    if (running.size === 0 && !endsWithoutChild) stopListening();
  };
  child.once("close", ended);
  child.once("error", ended);
}

function received(signal: Signal): void {
  const now = performance.now();
  // What is not the first signal's kind is no second Ctrl-C: pipelines send SIGTERM some seconds after SIGINT.
  if (first !== undefined && (now - last < ONE_SIGNAL || signal !== first)) return;
  first ??= signal;
  last = now;
  if (running.size === 0) process.exit(EXIT_CODES[first]);
  for (const each of running) tell(each, signal);
}

function tell({ child, group }: Running, signal: Signal): void {
  // Terraform ends at once on a SIGHUP or SIGQUIT, and leaves its lock.
  const passedOn = signal === "SIGHUP" || signal === "SIGQUIT" ? "SIGTERM" : signal;
  if (child.pid === undefined) return;
  try {
    process.kill(group ? -child.pid : child.pid, passedOn);
  } catch {
    // It has just ended.
  }
}

function listen(): void {
  if (listening) return;
  listening = true;
  for (const signal of SIGNALS) process.on(signal, received);
}

function stopListening(): void {
  listening = false;
  for (const signal of SIGNALS) process.off(signal, received);
}
