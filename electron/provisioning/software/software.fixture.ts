import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BundleDescription } from '../../../shared/contract/bundle.ts';
import { createJob, type JobStore } from '../../store/job-store.ts';
import {
  type BundleContent,
  formatPublicKey,
  generateKey,
  makeBundle,
  publicPart,
  type SecretKey,
  signBundle,
} from '../bundle/bundle.ts';
import { type Acceptance, trustKey } from './software.ts';

export const publisher = generateKey();
export const stranger = generateKey();
export const publicText = (key: SecretKey): string => formatPublicKey(publicPart(key));

export const now = new Date('2027-01-01T00:00:00Z');
export const pico = { machine: 'Raspberry Pi Pico with RP2040', platform: 'rp2' };

const description: BundleDescription = {
  format: 'plumbline-bundle-1',
  product: 'plumbline-agent',
  hardware: [{ machine: 'Raspberry Pi Pico*', platform: 'rp2', minRevision: null, maxRevision: null }],
  version: '1.4.0',
  securityCounter: 5,
  minimumApp: '0.1.0',
  expires: '2027-12-31T00:00:00Z',
};
const content: BundleContent = new Map([
  ['/plumbline/__init__.py', Buffer.from("VERSION = '1.4.0'\n")],
  ['/plumbline/agent.py', Buffer.from('def run():\n    pass\n')],
]);

export async function signed(
  more: Partial<BundleDescription> = {},
  files: BundleContent = content,
  key: SecretKey = publisher,
): Promise<Buffer> {
  return (await signBundle(makeBundle({ ...description, ...more }, files).bytes, key)).bytes;
}

export const withFiles = (...paths: string[]): BundleContent =>
  new Map([...content, ...paths.map((path): [string, Uint8Array] => [path, Buffer.from('x')])]);

/** A project in a folder of its own that trusts the publisher. */
export function project(): { folder: string; store: JobStore; acceptance: Acceptance; end: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'plumb-software-'));
  const store = createJob(join(folder, 'job.plumb'), { name: 'Pump house' });
  trustKey(store, { key: publicText(publisher), name: 'Publisher' });
  const carried = { product: 'plumbline-agent', securityCounter: 0 };
  return {
    folder,
    store,
    acceptance: { store, carried, appVersion: '0.1.0', now },
    end: () => {
      store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/**
 * Every file and folder below, with what is in it and when it was last changed. SQLite notes in `-shm` who reads
 * (sqlite.org/walformat.html §2.3): that is no content.
 */
export function everythingIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => !name.endsWith('.plumb-shm'))
    .sort()
    .map((name) => {
      const path = join(folder, name);
      const { mtimeNs } = statSync(path, { bigint: true });
      const held = statSync(path).isFile()
        ? createHash('sha256').update(readFileSync(path)).digest('hex')
        : '';
      return `${name} ${mtimeNs} ${held}`;
    });
}
