import { AtomicFile } from "../../migration/atomic-file";
import { csvLine } from "../../migration/csv";
import { isVerified } from "../../migration/pool/user";
import { type DuplicateAccounts, kindOf } from "../../migration/users/audit";
import { visible } from "../print";

/** Writes the groups of an audit in a format. */
export interface GroupSink {
  add(group: DuplicateAccounts): void;
  /** Ends the file. */
  commit(): void;
  /** Leaves the file as it was. */
  discard(): void;
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
    commit: () => output.commit(),
    discard: () => output.discard(),
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
    commit() {
      output.write(separator === ",\n" ? "\n]\n" : "[]\n");
      output.commit();
    },
    discard: () => output.discard(),
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

function outputTo(file: string): Pick<AtomicFile, "write" | "commit" | "discard"> {
  if (file !== "-") return new AtomicFile(file);
  const { stdout } = process;
  // A pipe gets the values as they are; a terminal would take some for commands.
  const write = (text: string) => void stdout.write(stdout.isTTY ? visible(text) : text);
  return { write, commit() {}, discard() {} };
}
