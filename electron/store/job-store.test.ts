import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createJob, type JobStore, openJob, openOrCreateJob } from './job-store.ts';
import { schemaObjects } from './schema.ts';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'plumb-store-'));
  path = join(folder, 'job.plumb');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const filled = (count: number): JobStore => {
  const store = createJob(path, { name: 'Pump house 3' });
  for (let n = 2; n <= count; n++)
    store.append({ kind: 'step', subject: n % 2 ? 'odd' : 'even', body: { n } });
  return store;
};

test('what is appended is read back in order, after closing and opening', () => {
  filled(4).close();
  using closing = new DisposableStack();
  const store = closing.adopt(openJob(path), (opened) => opened.close());
  const all = [...store.events()];
  expect(all.map((event) => event.seq)).toEqual([1, 2, 3, 4]);
  expect(all[0]).toMatchObject({ kind: 'job.created', subject: 'job', body: { name: 'Pump house 3' } });
  expect(all.slice(1).map((event) => event.previous)).toEqual(all.slice(0, 3).map((event) => event.hash));
  expect([...store.events({ subject: 'even' })].map((event) => event.body)).toEqual([{ n: 2 }, { n: 4 }]);
  expect([...store.events({ kind: 'step', afterSeq: 3 })].map((event) => event.seq)).toEqual([4]);
  expect(store.verify()).toEqual({ ok: true, events: 4, head: all[3]?.hash });
  expect(store.head()).toEqual({ seq: 4, hash: all[3]?.hash });
});

test('more events than a page holds, with appends while reading', () => {
  const store = filled(1203);
  let seen = 0;
  for (const event of store.events()) {
    seen += 1;
    if (event.seq === 10) store.append({ kind: 'late', subject: 'job', body: null });
  }
  expect(seen).toBe(1204);
  expect(store.verify()).toMatchObject({ ok: true, events: 1204 });
  store.close();
});

test('closing leaves one file, and closing twice is harmless', () => {
  const store = filled(20);
  store.close();
  store.close();
  expect(readdirSync(folder)).toEqual(['job.plumb']);
});

test('a project is never overwritten', () => {
  filled(2).close();
  const before = readFileSync(path);
  expect(() => createJob(path, { name: 'other' })).toThrow(
    expect.objectContaining({ code: 'FILE_UNWRITABLE' }),
  );
  expect(readFileSync(path)).toEqual(before);
  const again = openOrCreateJob(path, { name: 'other' });
  expect([...again.events()]).toHaveLength(2);
  again.close();
});

test('a project whose first event cannot be written leaves no file', () => {
  expect(() => createJob(path, { name: '\ud800' })).toThrow(expect.objectContaining({ code: 'INTERNAL' }));
  expect(() => createJob(join(folder, 'no', 'job.plumb'), { name: 'x' })).toThrow(/could not be written/);
  expect(readdirSync(folder)).toEqual([]);
});

test.each([
  ['a float', { value: 1.5 }, /body\.value is 1\.5/],
  ['undefined', { value: [undefined] }, /body\.value\[0\] is undefined/],
  ['a date', { at: new Date(0) }, /body\.at is not a plain object/],
])('a body with %s is refused and nothing is written', (_name, body, words) => {
  const store = filled(1);
  expect(() => store.append({ kind: 'step', subject: 'job', body })).toThrow(words);
  expect(store.append({ kind: 'step', subject: 'job', body: null }).seq).toBe(2);
  store.close();
});

const foreign: [string, (file: string) => void, RegExp][] = [
  ['is missing', () => undefined, /there is no such file/],
  ['is a folder', (file) => mkdirSync(file), /it is not a file/],
  ['is empty', (file) => writeFileSync(file, ''), /it is empty/],
  ['is text', (file) => writeFileSync(file, 'hello\n'.repeat(500)), /not a database/],
  [
    'is another database',
    (file) => new DatabaseSync(file).exec('CREATE TABLE t (a)'),
    /not a Plumbline project/,
  ],
  ['is newer', (file) => rewrite(file, 'PRAGMA user_version = 2'), /newer Plumbline \(format 2/],
  ['has no version', (file) => rewrite(file, 'PRAGMA user_version = 0'), /format 0 is not known/],
  ['lacks its table', (file) => rewrite(file, 'DROP TABLE events'), /table of events/],
  [
    'lost its events',
    (file) => rewrite(file, 'DROP TRIGGER events_no_delete; DELETE FROM events'),
    /no events/,
  ],
  ['is cut short', (file) => cutShort(file), /damaged/],
];

function rewrite(file: string, sql: string): void {
  createJob(file, { name: 'x' }).close();
  alter(file, sql);
}
function alter(file: string, sql: string): void {
  const database = new DatabaseSync(file);
  database.exec(sql);
  database.close();
}
function cutShort(file: string): void {
  const store = createJob(file, { name: 'x' });
  for (let n = 0; n < 200; n++) store.append({ kind: 'step', subject: 'job', body: 'x'.repeat(500) });
  store.close();
  writeFileSync(file, readFileSync(file).subarray(0, 40_000));
}

test.each(foreign)('a file that %s is refused with its reason and left alone', (_name, make, words) => {
  make(path);
  const before = readdirSync(folder).map((name) => [name, contentOf(join(folder, name))]);
  expect(() => openJob(path)).toThrow(expect.objectContaining({ code: 'PROJECT_INVALID' }));
  expect(() => openJob(path)).toThrow(words);
  expect(readdirSync(folder).map((name) => [name, contentOf(join(folder, name))])).toEqual(before);
});
const contentOf = (file: string): string => {
  try {
    return readFileSync(file, 'hex');
  } catch {
    return 'a folder';
  }
};

test.each([
  'UPDATE events SET kind = kind',
  'DELETE FROM events WHERE seq = 3',
  'INSERT OR REPLACE INTO events SELECT * FROM events',
])('the file itself refuses %s', (sql) => {
  filled(3).close();
  expect(() => alter(path, sql)).toThrow(/events are/);
});

const changes = {
  seq: 'seq + 1000',
  at: 'at + 1',
  kind: "kind || ' '",
  subject: "'somebody'",
  body: "replace(body, '{', '{ ')",
  previous: "replace(previous, substr(previous, 9, 1), 'x')",
  hash: "replace(hash, substr(hash, 9, 1), 'x')",
};
const cells = Object.keys(changes).flatMap((column) => [1, 2, 3, 4].map((seq) => [column, seq] as const));
const triggers = schemaObjects.filter(({ name }) => name !== 'events');

/** As a person with the sqlite3 program would do it: triggers off, change, triggers on again. */
function tamper(sql: string): void {
  alter(path, triggers.map(({ name }) => `DROP TRIGGER ${name};`).join(''));
  alter(path, sql);
  alter(path, triggers.map((trigger) => `${trigger.sql};`).join('\n'));
}

test.each(cells)('a change of %s in event %i is found there', (column, seq) => {
  const store = filled(4);
  tamper(`UPDATE events SET ${column} = ${changes[column as keyof typeof changes]} WHERE seq = ${seq}`);
  expect(store.verify()).toMatchObject({ ok: false, seq });
  store.close();
});

test.each([
  ['a body of another value', `UPDATE events SET body = '{"n":33}' WHERE seq = 3`, 3],
  ['a body that is no JSON', `UPDATE events SET body = '{' WHERE seq = 3`, 3],
  ['a time beyond what can be read', 'UPDATE events SET at = 9223372036854775807 WHERE seq = 3', 3],
  ['an event taken out', 'DELETE FROM events WHERE seq = 2', 2],
  ['the first event taken out', 'DELETE FROM events WHERE seq = 1', 1],
  ['an event put before the first', "INSERT INTO events VALUES (-5, 1, 'a', 'b', '{}', 'c', 'd')", 1],
  [
    'two events exchanged',
    'UPDATE events SET seq = 9 WHERE seq = 2; UPDATE events SET seq = 2 WHERE seq = 3; UPDATE events SET seq = 3 WHERE seq = 9',
    2,
  ],
])('%s is found', (_name, sql, seq) => {
  const store = filled(4);
  tamper(sql);
  expect(store.verify()).toMatchObject({ ok: false, seq });
  store.close();
});

test('a guard that was taken away is found although the chain is whole', () => {
  const store = filled(2);
  alter(path, 'DROP TRIGGER events_no_update');
  expect(store.verify()).toEqual({ ok: false, seq: 0, reason: 'events_no_update is missing or was changed' });
  store.close();
});

test('nothing is appended to an altered last event', () => {
  const store = filled(2);
  tamper("UPDATE events SET subject = 'x' WHERE seq = 2");
  expect(() => store.append({ kind: 'step', subject: 'job', body: 1 })).toThrow(
    expect.objectContaining({ code: 'PROJECT_INVALID' }),
  );
  store.close();
});

/** A process that opens the project and appends `count` events, saying each seq once it is durable. */
function writer(count: number): {
  child: ReturnType<typeof spawn>;
  seen: () => number[];
  spoke: Promise<unknown>;
} {
  const program = `import { openJob } from ${JSON.stringify(new URL('./job-store.ts', import.meta.url).href)};
    import { writeSync } from 'node:fs';
    const store = openJob(process.argv[1]);
    for (let n = 0; n < ${count}; n++) {
      writeSync(1, store.append({ kind: 'step', subject: String(process.pid), body: { n, filler: 'x'.repeat(3000) } }).seq + '\\n');
    }
    store.close();`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', program, path], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
  });
  const whole = (): number[] =>
    text
      .slice(0, text.lastIndexOf('\n') + 1)
      .split('\n')
      .filter(Boolean)
      .map(Number);
  return { child, seen: whole, spoke: once(child.stdout, 'data') };
}

test('a process killed while it appends loses nothing that was said to be durable', async () => {
  createJob(path, { name: 'x' }).close();
  for (let round = 0; round < 3; round++) {
    const { child, seen, spoke } = writer(1_000_000);
    await spoke;
    const gone = once(child, 'close');
    child.kill('SIGKILL');
    await gone;
    const store = openJob(path);
    const state = store.verify();
    expect(state).toMatchObject({ ok: true });
    expect(state.ok && state.events).toBeGreaterThanOrEqual(seen().at(-1) ?? Number.POSITIVE_INFINITY);
    store.close();
  }
  expect(readdirSync(folder)).toEqual(['job.plumb']);
});

test('two processes that write at once take turns', async () => {
  createJob(path, { name: 'x' }).close();
  const writers = [writer(150), writer(150)];
  const codes = await Promise.all(
    writers.map(async ({ child }) => (await once(child, 'close'))[0] as number),
  );
  expect(codes).toEqual([0, 0]);
  const store = openJob(path);
  expect(store.verify()).toMatchObject({ ok: true, events: 301 });
  expect(writers.flatMap(({ seen }) => seen()).sort((a, b) => a - b)).toEqual(
    Array.from({ length: 300 }, (_, n) => n + 2),
  );
  store.close();
});

test('a project that is held exclusively is open once, and free again once it is closed', () => {
  filled(3).close();
  const held = openOrCreateJob(path, { name: 'x' }, { exclusive: true });
  const refusal = expect.objectContaining({
    code: 'PROJECT_IN_USE',
    params: { path },
  });
  expect(() => openOrCreateJob(path, { name: 'x' }, { exclusive: true })).toThrow(refusal);
  const { seq } = held.append({ kind: 'step', subject: 'job', body: null });
  held.close();
  const next = openOrCreateJob(path, { name: 'x' }, { exclusive: true });
  expect(next.head().seq).toBe(seq);
  next.close();
  expect(readdirSync(folder)).toEqual(['job.plumb']);
});

test('a new project is held exclusively from the start', () => {
  const held = openOrCreateJob(path, { name: 'x' }, { exclusive: true });
  expect(() => openOrCreateJob(path, { name: 'x' }, { exclusive: true })).toThrow(
    /open in another Plumbline/,
  );
  held.append({ kind: 'step', subject: 'job', body: null });
  expect(held.verify()).toMatchObject({ ok: true, events: 2 });
  held.close();
});
