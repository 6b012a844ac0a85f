import { expect, it } from 'vitest';
import { Snapshot } from '../../shared/contract/configuration.ts';
import type { UnitSoftware } from '../drivers/driver.ts';
import { takeSnapshot } from './as-found.ts';

const identity = {
  hardwareId: 'e661',
  family: 'micropython',
  implementation: 'micropython',
  version: '1.27.0',
  platform: 'rp2',
  machine: 'Raspberry Pi Pico',
  freeBytes: 1,
  totalBytes: 2,
  tag: null,
  agent: null,
};
const { signal } = new AbortController();
const snapshotOf = (files: Record<string, string>, active: 'a' | null): Promise<Snapshot> => {
  const held = active === null ? null : { manifest: 'ab'.repeat(32), text: Buffer.from('{}') };
  const software: UnitSoftware = { active, bootsLeft: null, fellBack: null, slots: { a: held, b: null } };
  const session = {
    port: 'p',
    read: async (path: string) => (path in files ? Buffer.from(files[path] ?? '') : null),
  };
  return takeSnapshot(session, software, identity, { signal });
};

it("keeps somebody else's programs byte for byte, also one that is too large by its hash", async () => {
  const main = 'print("pump")\n';
  const snapshot = await snapshotOf({ '/main.py': main, '/boot.py': '#'.repeat(60_000) }, null);
  expect(Snapshot.parse(snapshot)).toEqual(snapshot);
  expect(snapshot.programs).toEqual([
    {
      path: '/main.py',
      size: main.length,
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      base64: Buffer.from(main).toString('base64'),
    },
    { path: '/boot.py', size: 60_000, sha256: expect.stringMatching(/^[0-9a-f]{64}$/), base64: null },
  ]);
});

it('takes no programs where the unit has slots, or nothing', async () => {
  expect(await snapshotOf({ '/main.py': 'x' }, 'a')).not.toHaveProperty('programs');
  expect(await snapshotOf({}, null)).not.toHaveProperty('programs');
});
