/** The tables of a store. Times are ISO 8601; pages, items and attributes are JSON. A change of this text needs another version: store.ts. */
export const SCHEMA = `
-- What the store was made for: for example the pools of a move. A command with other values is refused.
CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

-- Accounts of a pool, or of a file, as they were read. source: "from" and "to" in a move; "from" in an audit. attributes: a JSON object.
-- The canonical username and e-mail address are what accounts are compared by. Their indexes are made after the last account: accounts.ts.
CREATE TABLE account (
  number INTEGER PRIMARY KEY,
  source TEXT NOT NULL,
  sub TEXT NOT NULL,
  username TEXT NOT NULL,
  attributes TEXT NOT NULL,
  status TEXT NOT NULL,
  enabled INTEGER NOT NULL,
  created TEXT NOT NULL,
  modified TEXT NOT NULL,
  canonical_username TEXT NOT NULL,
  canonical_email TEXT
) STRICT;

-- Accounts that share an identifier with another one, directly or through others. leader: the smallest number of the group.
CREATE TABLE duplicate (leader INTEGER NOT NULL, account INTEGER NOT NULL, PRIMARY KEY (leader, account)) STRICT, WITHOUT ROWID;

-- How far a pool was read. token: where the next page begins; NULL after the last page.
CREATE TABLE reading (source TEXT PRIMARY KEY, token TEXT, accounts INTEGER NOT NULL) STRICT, WITHOUT ROWID;

-- The planned action for an account of the old pool, as JSON; accounts that need a decision together have the same line.
CREATE TABLE plan (line INTEGER PRIMARY KEY, action TEXT NOT NULL, body TEXT NOT NULL) STRICT;

-- The calls for each account of a move. state: begun, done, failed.
CREATE TABLE step (
  sub TEXT NOT NULL,
  step TEXT NOT NULL,
  state TEXT NOT NULL,
  reason TEXT,
  at TEXT NOT NULL,
  PRIMARY KEY (sub, step)
) STRICT, WITHOUT ROWID;

-- Accounts that the new pool has: by a move (found = 0), or before it.
CREATE TABLE made (
  sub TEXT PRIMARY KEY,
  new_sub TEXT NOT NULL,
  found INTEGER NOT NULL,
  uninvited INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- A round of rewriting reads every table three times.
CREATE TABLE round (number INTEGER PRIMARY KEY, segments INTEGER NOT NULL, started TEXT NOT NULL) STRICT;

-- How far a segment of a table was read in a stage of a round. next: the key after which it continues; NULL after the last page. tally: JSON.
CREATE TABLE part (
  round INTEGER NOT NULL,
  stage TEXT NOT NULL,
  "table" TEXT NOT NULL,
  segment INTEGER NOT NULL,
  next TEXT,
  tally TEXT NOT NULL,
  PRIMARY KEY (round, stage, "table", segment)
) STRICT, WITHOUT ROWID;

-- Names of attributes that a table's items have.
CREATE TABLE attribute ("table" TEXT NOT NULL, name TEXT NOT NULL, PRIMARY KEY ("table", name)) STRICT, WITHOUT ROWID;

-- Changes of items, with the values before and after them, in DynamoDB's JSON. state: begun, written, not written, restored.
CREATE TABLE item (
  number INTEGER PRIMARY KEY,
  round INTEGER NOT NULL,
  "table" TEXT NOT NULL,
  segment INTEGER NOT NULL,
  kind TEXT NOT NULL,
  kept TEXT NOT NULL,
  "from" TEXT NOT NULL,
  "to" TEXT NOT NULL,
  state TEXT NOT NULL
) STRICT;
CREATE INDEX item_open ON item ("table", segment) WHERE state = 'begun';

-- Items that a round skipped. They keep their old ids.
CREATE TABLE skipped (
  round INTEGER NOT NULL,
  "table" TEXT NOT NULL,
  key TEXT NOT NULL,
  reason TEXT NOT NULL,
  detail TEXT NOT NULL,
  PRIMARY KEY (round, "table", key)
) STRICT, WITHOUT ROWID;

-- How far a backfill of a table of reservations has got. token: where the pool's next page begins. counts: JSON.
CREATE TABLE backfill ("table" TEXT PRIMARY KEY, token TEXT NOT NULL, counts TEXT NOT NULL) STRICT, WITHOUT ROWID;

-- What it leaves to a person: collisions (JSON), and reservations that it skipped (a reason), by their keys.
CREATE TABLE backfill_left (
  "table" TEXT NOT NULL,
  kind TEXT NOT NULL,
  key TEXT NOT NULL,
  detail TEXT NOT NULL,
  PRIMARY KEY ("table", kind, key)
) STRICT, WITHOUT ROWID;
`;
