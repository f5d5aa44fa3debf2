import { closeSync, fchmodSync, openSync, writeSync } from "node:fs";
import { csvLine } from "../../migration/csv";
import { isVerified } from "../../migration/pool/user";
import { type DuplicateAccounts, kindOf } from "../../migration/users/audit";

/** Writes the groups of an audit in a format. */
export interface GroupSink {
  add(group: DuplicateAccounts): void;
  end(): void;
}

const COLUMNS = [
  ...["group", "because", "username", "id", "email", "email_verified"],
  ...["status", "enabled", "created", "last_modified"],
];

/** CSV with a row for every account. The file is readable by its owner only; "-" is standard output. */
export function csvSink(file: string): GroupSink {
  const output = outputTo(file);
  let number = 0;
  output.write(csvLine(COLUMNS));
  return {
    add(group) {
      number++;
      for (const account of accountsOf(group))
        output.write(csvLine([String(number), ...Object.values(account).map(String)]));
    },
    end: output.end,
  };
}

/** JSON: `[{ "because": [{ "name", "canonical" }], "accounts": [{ … }] }]`, with one group a line. */
export function jsonSink(file: string): GroupSink {
  const output = outputTo(file);
  let separator = "[\n";
  return {
    add(group) {
      const accounts = accountsOf(group).map(({ because: _, ...account }) => account);
      output.write(`${separator}${JSON.stringify({ because: group.because, accounts })}`);
      separator = ",\n";
    },
    end() {
      output.write(separator === ",\n" ? "\n]\n" : "[]\n");
      output.end();
    },
  };
}

function accountsOf(group: DuplicateAccounts) {
  const because = `same ${kindOf(group.because)}`;
  return group.users.map((user) => ({
    because,
    username: user.username,
    id: user.sub,
    email: user.attributes.email ?? "",
    email_verified: isVerified(user),
    status: user.status,
    enabled: user.enabled,
    created: user.created,
    last_modified: user.modified,
  }));
}

function outputTo(file: string): { write(text: string): void; end(): void } {
  if (file === "-") return { write: (text) => void process.stdout.write(text), end() {} };
  const opened = openSync(file, "w", 0o600);
  // A file that is there already keeps the mode it has.
  fchmodSync(opened, 0o600);
  return { write: (text) => void writeSync(opened, text), end: () => closeSync(opened) };
}
