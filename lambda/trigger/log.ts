const LEVELS = ["DEBUG", "INFO", "WARN", "ERROR"] as const;
export type Level = (typeof LEVELS)[number];

/** Writes one line of JSON. Fields never hold an e-mail address, a username, a password or the event. */
export type Log = (level: Level, message: string, fields: Readonly<Record<string, string | number | boolean>>) => void;

/** A log without lines below the level `least`; an unknown level means INFO. */
export function logTo(write: (line: string) => void, least: string | undefined): Log {
  const threshold = Math.max(LEVELS.indexOf(least as Level), least === "DEBUG" ? 0 : 1);
  return (level, message, fields) => {
    if (LEVELS.indexOf(level) < threshold) return;
    // Lambda filters by `level` and CloudWatch sorts by `timestamp`.
    write(`${JSON.stringify({ timestamp: new Date().toISOString(), level, message, ...fields })}\n`);
  };
}
