import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Snapshot } from '../../shared/contract/configuration.ts';
import { Failure } from '../../shared/contract/failure.ts';
import { mostBundleLetters, softwareMethods } from '../../shared/contract/software-methods.ts';
import { factsOf, keepSnapshot } from '../provisioning/as-found.ts';
import {
  formatPublicKey,
  generateKey,
  makeBundle,
  publicPart,
  signBundle,
} from '../provisioning/bundle/bundle.ts';
import { createJob, type JobStore } from '../store/job-store.ts';
import type { Client } from './server.ts';
import { softwareHandlers } from './software.ts';

const resources = fileURLToPath(new URL('../../resources', import.meta.url));
const options = {
  bench: false,
  jobPath: '',
  resources,
  door: 'terminal' as const,
  version: '0.1.0',
  log: pino({ level: 'silent' }),
};
const client: Client = { post: () => undefined, backlog: 0, onClose: () => undefined };

let folder: string;
let store: JobStore;
let handlers: ReturnType<typeof softwareHandlers>;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'plumb-host-software-'));
  store = createJob(join(folder, 'job.plumb'), { name: 'Pump house' });
  handlers = softwareHandlers({ store, options });
});
afterEach(() => {
  store.close();
  rmSync(folder, { recursive: true, force: true });
});

const snapshot = (hardwareId: string): Snapshot => ({
  format: 'plumbline-snapshot-1',
  unit: {
    hardwareId,
    family: 'micropython',
    implementation: 'micropython',
    version: '1.25.0',
    platform: 'rp2',
    machine: 'Raspberry Pi Pico',
    freeBytes: 1,
    totalBytes: 2,
    tag: null,
    agent: null,
  },
  at: 1,
  software: null,
  files: [],
  secrets: [],
});

it('a bundle is taken in once its key is trusted, through the forms of the contract', async () => {
  const key = generateKey();
  const description = {
    format: 'plumbline-bundle-1',
    product: 'plumbline-agent',
    hardware: [{ machine: '*', platform: '*', minRevision: null, maxRevision: null }],
    version: '1.0.0',
    securityCounter: 1,
    minimumApp: '0.1.0',
    expires: null,
  } as const;
  const files = new Map([['/plumbline/agent.py', Buffer.from('')]]);
  const { bytes } = await signBundle(
    makeBundle({ ...description, hardware: [...description.hardware] }, files).bytes,
    key,
  );
  const { params } = softwareMethods['bundles.add'];
  const asked = params.parse({ base64: bytes.toString('base64') });
  const refused: unknown = await Promise.resolve(handlers['bundles.add'](asked, client)).catch(
    (thrown: unknown) => thrown,
  );
  expect(refused).toBeInstanceOf(Failure);
  expect((refused as Failure).code).toBe('BUNDLE_UNTRUSTED');
  const trusted = await handlers['keys.trust'](
    { key: formatPublicKey(publicPart(key)), name: 'Maker' },
    client,
  );
  expect(trusted).toEqual(await handlers['keys.list']({}, client));
  const known = softwareMethods['bundles.add'].result.parse(await handlers['bundles.add'](asked, client));
  expect(await handlers['bundles.list']({}, client)).toEqual([known]);
  expect(await handlers['keys.withdraw']({ id: trusted[0]?.id ?? '' }, client)).toEqual([]);
  expect(params.safeParse({ base64: 'A'.repeat(mostBundleLetters + 4) }).success).toBe(false);
  expect(params.safeParse({ base64: 'not base64' }).success).toBe(false);
});

it('snapshots are listed by unit and read by hash', async () => {
  const [first, second] = [snapshot('aaaa'), snapshot('bbbb')];
  keepSnapshot(store, first);
  keepSnapshot(store, second);
  expect(await handlers['snapshots.list']({ unit: null }, client)).toEqual([factsOf(first), factsOf(second)]);
  expect(await handlers['snapshots.list']({ unit: 'bbbb' }, client)).toEqual([factsOf(second)]);
  expect(await handlers['snapshots.read']({ sha256: factsOf(second).sha256 }, client)).toEqual(second);
  expect(() => handlers['snapshots.read']({ sha256: '0'.repeat(64) }, client)).toThrow(
    /There is no snapshot/,
  );
});
