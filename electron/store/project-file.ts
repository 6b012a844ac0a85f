import { closeSync, openSync, rmSync, statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { Failure } from '../../shared/contract/failure.ts';
import { applicationId, columns, formatVersion, schemaObjects } from './schema.ts';

/** How long a writer waits for another process to finish its own append. */
const busyTimeoutMs = 5_000;

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

export const invalid = (path: string, detail: string, cause?: unknown): Failure =>
  new Failure('PROJECT_INVALID', { path, detail }, { cause });

/** https://sqlite.org/rescode.html, primary codes: the file is damaged or never was a database. */
const damaged = new Set([11 /* CORRUPT */, 26 /* NOTADB */]);

/** What SQLite threw, as the failure a person can act on. */
export function failureOf(error: unknown, path: string): Failure {
  if (error instanceof Failure) return error;
  const code = error instanceof Error && 'errcode' in error ? Number(error.errcode) & 0xff : undefined;
  if (code === undefined) return Failure.from(error);
  if (damaged.has(code)) return invalid(path, `it is damaged: ${wordsOf(error)}`, error);
  if (code === 5 /* BUSY */) {
    return new Failure('PROJECT_IN_USE', { path }, { cause: error });
  }
  return new Failure('FILE_UNWRITABLE', { path, detail: wordsOf(error) }, { cause: error });
}

/** How a project file is held while it is open. */
export interface Holding {
  /**
   * Nobody else reads or writes it. Two hosts with one job would each number its wizards by itself and work with the
   * same units. The lock is the operating system's: it ends with the process, however that ends.
   */
  exclusive: boolean;
}

/** Another host keeps its lock for hours; waiting for that is no use. */
const exclusiveTimeoutMs = 500;

/** The mode is set before the first access: only then is the write-ahead log held exclusively from the start. */
function connect(path: string, { exclusive }: Holding): DatabaseSync {
  const database = new DatabaseSync(path, {
    timeout: exclusive ? exclusiveTimeoutMs : busyTimeoutMs,
    allowExtension: false,
    enableForeignKeyConstraints: true,
  });
  if (exclusive) database.exec('PRAGMA locking_mode = EXCLUSIVE');
  return database;
}

/** In exclusive mode a lock once taken is kept (https://sqlite.org/pragma.html#pragma_locking_mode). */
function hold(database: DatabaseSync, { exclusive }: Holding): void {
  if (exclusive) database.exec('BEGIN EXCLUSIVE; COMMIT;');
}

/**
 * WAL with synchronous=FULL: an append is one fsync and is on the disk when it returns; NORMAL would lose the last
 * appends at a power cut (https://sqlite.org/pragma.html#pragma_synchronous). fullfsync is heeded by macOS alone,
 * where a plain fsync leaves the data in the drive's cache.
 */
function tune(database: DatabaseSync): void {
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;');
  database.exec('PRAGMA fullfsync = ON; PRAGMA checkpoint_fullfsync = ON; PRAGMA trusted_schema = OFF;');
}

const pragma = (database: DatabaseSync, name: string): unknown =>
  Object.values(database.prepare(`PRAGMA ${name}`).get() ?? {})[0];

/** Makes the file, its tables and (by `first`) its first event, all or nothing. Never overwrites. */
export function createProjectFile(
  path: string,
  first: (database: DatabaseSync) => void,
  holding: Holding,
): DatabaseSync {
  try {
    closeSync(openSync(path, 'wx'));
  } catch (error) {
    const exists = error instanceof Error && 'code' in error && error.code === 'EEXIST';
    const detail = exists ? 'there is a file of this name already' : wordsOf(error);
    throw new Failure('FILE_UNWRITABLE', { path, detail }, { cause: error });
  }
  let database: DatabaseSync | undefined;
  try {
    database = connect(path, holding);
    database.exec(`BEGIN IMMEDIATE; PRAGMA application_id = ${applicationId};`);
    database.exec(`PRAGMA user_version = ${formatVersion};`);
    for (const { sql } of schemaObjects) database.exec(sql);
    first(database);
    database.exec('COMMIT');
    tune(database);
    hold(database, holding);
    return database;
  } catch (error) {
    database?.close();
    for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(path + suffix, { force: true });
    throw failureOf(error, path);
  }
}

function whyUnsound(database: DatabaseSync): string | undefined {
  if (pragma(database, 'application_id') !== applicationId) return 'it is not a Plumbline project';
  const version = Number(pragma(database, 'user_version'));
  if (version > formatVersion) {
    return `it was written by a newer Plumbline (format ${version}, this one reads ${formatVersion})`;
  }
  if (version !== formatVersion) return `its format ${version} is not known`;
  const found = database.prepare("SELECT name FROM pragma_table_info('events')").all();
  if (found.map((column) => column.name).join() !== columns.join())
    return 'its table of events is not as it should be';
  const check = pragma(database, 'quick_check(1)');
  if (check !== 'ok') return `it is damaged: ${String(check)}`;
  const count = database.prepare('SELECT count(*) AS n FROM events').get()?.n;
  return count === 0 ? 'it holds no events' : undefined;
}

/** Opens an existing project and looks whether it is one, before anything is written to it. */
export function openProjectFile(path: string, holding: Holding): DatabaseSync {
  // SQLite would make a missing file, and take an empty one for an empty database.
  const size = statSync(path, { throwIfNoEntry: false });
  if (size === undefined) throw invalid(path, 'there is no such file');
  if (!size.isFile()) throw invalid(path, 'it is not a file');
  if (size.size === 0) throw invalid(path, 'it is empty');
  let database: DatabaseSync | undefined;
  try {
    database = connect(path, holding);
    const reason = whyUnsound(database);
    if (reason !== undefined) throw invalid(path, reason);
    tune(database);
    hold(database, holding);
    return database;
  } catch (error) {
    database?.close();
    throw failureOf(error, path);
  }
}
