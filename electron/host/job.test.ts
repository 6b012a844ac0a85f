import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openOrCreateJob } from '../store/job-store.ts';
import { demandSound, describedAs } from './job.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'job-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

it('demands a record that is as it was written, and names the event that is not', () => {
  const path = join(folder, 'job.plumb');
  const store = openOrCreateJob(path, { name: 'Pump house' });
  store.append({ kind: 'job.described', subject: 'job', body: { name: 'A', engineer: 'B', customer: 'C' } });
  expect(() => demandSound(store)).not.toThrow();
  expect(describedAs(store)).toEqual({ name: 'A', engineer: 'B', customer: 'C' });

  const forger = new DatabaseSync(path);
  const guards = forger.prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger'").all();
  for (const { name } of guards) forger.exec(`DROP TRIGGER "${String(name)}"`);
  forger.exec(`UPDATE events SET body = replace(body, '"B"', '"X"') WHERE seq = 2`);
  forger.close();
  expect(() => demandSound(store)).toThrow(
    expect.objectContaining({
      code: 'PROJECT_INVALID',
      params: expect.objectContaining({ detail: expect.stringContaining('event 2') }),
    }),
  );
  store.close();
});
