/** "PLMB": tells `file(1)` and us that this SQLite file is a Plumbline project. */
export const applicationId = 0x504c4d42;
/** Raised by every change of the layout below. A newer file is refused, never guessed at. */
export const formatVersion = 1;

/**
 * STRICT: SQLite would otherwise store text in an integer column and the hash of what is read would change.
 * The triggers keep an honest program from rewriting history; against a dishonest one there is the hash chain.
 * `events_in_order` also stops INSERT OR REPLACE, which deletes rows without firing a DELETE trigger
 * (https://sqlite.org/lang_conflict.html, unless recursive_triggers is on).
 */
export const schemaObjects: readonly { name: string; sql: string }[] = [
  {
    name: 'events',
    sql: `CREATE TABLE events (
  seq INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  kind TEXT NOT NULL,
  subject TEXT NOT NULL,
  body TEXT NOT NULL,
  previous TEXT NOT NULL,
  hash TEXT NOT NULL
) STRICT`,
  },
  {
    name: 'events_in_order',
    sql: `CREATE TRIGGER events_in_order BEFORE INSERT ON events
WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM events)
BEGIN SELECT RAISE(ABORT, 'events are appended in order'); END`,
  },
  {
    name: 'events_no_delete',
    sql: `CREATE TRIGGER events_no_delete BEFORE DELETE ON events
BEGIN SELECT RAISE(ABORT, 'events are never deleted'); END`,
  },
  {
    name: 'events_no_update',
    sql: `CREATE TRIGGER events_no_update BEFORE UPDATE ON events
BEGIN SELECT RAISE(ABORT, 'events are never changed'); END`,
  },
];

export const columns = ['seq', 'at', 'kind', 'subject', 'body', 'previous', 'hash'] as const;
