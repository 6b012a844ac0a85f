import { existsSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { canonical } from './canonical-json.ts';
import { beforeFirst, brokenLink, firstKind, hashOf, type StoredEvent, type StoredRow } from './chain.ts';
import { createProjectFile, failureOf, type Holding, invalid, openProjectFile } from './project-file.ts';
import { schemaObjects } from './schema.ts';

export type { StoredEvent } from './chain.ts';

const shared: Holding = { exclusive: false };

export interface EventFilter {
  kind?: string;
  subject?: string;
  afterSeq?: number;
}

export type Verification =
  | { ok: true; events: number; head: string }
  /** `seq` is the first event that is not as it was written; 0 when the fault is not in an event. */
  | { ok: false; seq: number; reason: string };

/** A project file: the append-only record of one job. */
export interface JobStore {
  readonly path: string;
  /**
   * Durable when it returns. Bodies hold null, booleans, text, safe integers, arrays and plain objects; anything
   * else is INTERNAL. FILE_UNWRITABLE when it cannot be written, PROJECT_INVALID when the last event was altered.
   */
  append(event: { kind: string; subject: string; body: unknown }): StoredEvent;
  /** In order of seq. Read in pages: it holds no lock, and sees events that are appended while it runs. */
  events(filter?: EventFilter): Iterable<StoredEvent>;
  /**
   * Recomputes the whole chain. It finds any change, removal or insertion of an event except the removal of the
   * last ones: nothing follows them that could miss them. Whoever needs that compares the head with a report's.
   */
  verify(): Verification;
  /** The newest event: what a report prints, to pin down everything before it. */
  head(): { seq: number; hash: string };
  close(): void;
}

const rowOf = (row: Record<string, unknown>): StoredRow => row as unknown as StoredRow;
const eventOf = (row: StoredRow): StoredEvent => ({ ...row, body: JSON.parse(row.body) as unknown });

const newest = (database: DatabaseSync): StoredRow | undefined => {
  const row = database.prepare('SELECT * FROM events ORDER BY seq DESC LIMIT 1').get();
  return row && rowOf(row);
};

/** Inside a write transaction: what is read as the last event stays the last until this one is in. */
function insert(
  database: DatabaseSync,
  path: string,
  event: { kind: string; subject: string; body: unknown },
): StoredRow {
  for (const name of ['kind', 'subject'] as const) {
    if (!/^[^\p{Cc}\p{Cs}]{1,200}$/u.test(event[name]))
      throw new TypeError(`${name} must be 1 to 200 printable characters`);
  }
  const last = newest(database);
  if (last !== undefined && hashOf(last) !== last.hash) {
    throw invalid(path, `event ${last.seq} was altered; nothing is added to it`);
  }
  const body = canonical(event.body, 'body');
  const seq = (last?.seq ?? 0) + 1;
  const link = {
    seq,
    at: Date.now(),
    kind: event.kind,
    subject: event.subject,
    body,
    previous: last?.hash ?? beforeFirst,
  };
  const row: StoredRow = { ...link, hash: hashOf(link) };
  database
    .prepare('INSERT INTO events VALUES (:seq, :at, :kind, :subject, :body, :previous, :hash)')
    .run({ ...row });
  return row;
}

function append(
  database: DatabaseSync,
  path: string,
  event: { kind: string; subject: string; body: unknown },
): StoredEvent {
  try {
    // IMMEDIATE takes the write lock before the last event is read, so that two processes cannot both follow it.
    database.exec('BEGIN IMMEDIATE');
    const row = insert(database, path, event);
    database.exec('COMMIT');
    return eventOf(row);
  } catch (error) {
    if (database.isOpen && database.isTransaction) database.exec('ROLLBACK');
    throw failureOf(error, path);
  }
}

function* rowsOf(
  database: DatabaseSync,
  path: string,
  filter: EventFilter,
  pageSize = 500,
): Generator<StoredRow> {
  let after = filter.afterSeq ?? 0;
  const wanted = `SELECT * FROM events WHERE seq > :after AND (:kind IS NULL OR kind = :kind)
    AND (:subject IS NULL OR subject = :subject) ORDER BY seq LIMIT ${pageSize}`;
  for (;;) {
    let rows: StoredRow[];
    try {
      const values = { after, kind: filter.kind ?? null, subject: filter.subject ?? null };
      rows = database.prepare(wanted).all(values).map(rowOf);
    } catch (error) {
      throw failureOf(error, path);
    }
    yield* rows;
    if (rows.length < pageSize) return;
    after = rows.at(-1)?.seq ?? after;
  }
}

function* events(database: DatabaseSync, path: string, filter: EventFilter): Generator<StoredEvent> {
  for (const row of rowsOf(database, path, filter)) {
    let event: StoredEvent;
    try {
      event = eventOf(row);
    } catch (error) {
      throw invalid(path, `event ${row.seq} cannot be read`, error);
    }
    yield event;
  }
}

function missingGuard(database: DatabaseSync): string | undefined {
  const found = database.prepare("SELECT name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%'").all();
  const texts = new Map(found.map((row) => [String(row.name), String(row.sql)]));
  const wrong = schemaObjects.find(({ name, sql }) => texts.get(name) !== sql);
  if (wrong !== undefined) return `${wrong.name} is missing or was changed`;
  return texts.size === schemaObjects.length ? undefined : 'something was added to its tables';
}

function verify(database: DatabaseSync, path: string): Verification {
  let seq = 0;
  let previous = beforeFirst;
  try {
    // One row a page: one that cannot even be read is then named by its own seq.
    for (const row of rowsOf(database, path, { afterSeq: Number.MIN_SAFE_INTEGER }, 1)) {
      seq += 1;
      const reason = brokenLink(row, { seq, previous });
      if (reason !== undefined) return { ok: false, seq, reason };
      previous = row.hash;
    }
    const reason = missingGuard(database);
    return reason === undefined ? { ok: true, events: seq, head: previous } : { ok: false, seq: 0, reason };
  } catch (error) {
    // A damaged page, or a figure too large to read, stops the walk at the event that comes next.
    return { ok: false, seq: seq + 1, reason: failureOf(error, path).message };
  }
}

function head(database: DatabaseSync, path: string): { seq: number; hash: string } {
  try {
    const last = newest(database);
    if (last === undefined) throw invalid(path, 'it holds no events');
    return { seq: last.seq, hash: last.hash };
  } catch (error) {
    throw failureOf(error, path);
  }
}

const storeOn = (database: DatabaseSync, path: string): JobStore => ({
  path,
  append: (event) => append(database, path, event),
  events: (filter = {}) => events(database, path, filter),
  head: () => head(database, path),
  verify: () => verify(database, path),
  close: () => {
    // The last connection to close folds the write-ahead log into the file and removes -wal and -shm.
    if (database.isOpen) database.close();
  },
});

/** A new project whose first event names the job. FILE_UNWRITABLE when there is a file of this name already. */
export function createJob(path: string, job: { name: string }, holding: Holding = shared): JobStore {
  const first = { kind: firstKind, subject: 'job', body: { name: job.name } };
  return storeOn(
    createProjectFile(path, (database) => insert(database, path, first), holding),
    path,
  );
}

/**
 * An existing project. PROJECT_INVALID says why a file is none (missing, foreign, damaged, newer); the chain itself
 * is left to `verify`, so that an altered project can still be read and shown.
 */
export function openJob(path: string, holding: Holding = shared): JobStore {
  return storeOn(openProjectFile(path, holding), path);
}

/** FILE_UNWRITABLE where `exclusive` is asked for and another program has the project open, or the other way round. */
export const openOrCreateJob = (path: string, job: { name: string }, holding: Holding = shared): JobStore =>
  existsSync(path) ? openJob(path, holding) : createJob(path, job, holding);
