// From the bytes of a bundle to a board that runs it; and whatever is wrong with it, the board keeps every byte.
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SoftwareChoice } from '../../../shared/contract/software.ts';
import { failureOf } from '../bundle/bundle.fixture.ts';
import { BenchUnits, configOf, never } from '../configuration/bench-unit.fixture.ts';
import { unitFile } from '../files.ts';
import { everythingIn, now, publicText, publisher, signed, stranger, withFiles } from './software.fixture.ts';
import {
  type Acceptance,
  acceptBundle,
  appSoftware,
  heldManifest,
  slotFile,
  slotImage,
  softwareFor,
  trustKey,
} from './software.ts';

const resources = fileURLToPath(new URL('../../../resources', import.meta.url));
const why = { name: 'A. Engineer', reason: 'the newer one loses frames' };
const anyBoard = [{ machine: '*', platform: '*', minRevision: null, maxRevision: null }];

let at: BenchUnits;
let acceptance: Acceptance;
beforeAll(async () => {
  at = await BenchUnits.start(1);
  await at.commission(1);
  trustKey(at.store, { key: publicText(publisher), name: 'Publisher' });
  const { facts } = await appSoftware(resources);
  acceptance = { store: at.store, carried: facts, appVersion: '0.1.0', now };
}, 60_000);
afterAll(() => at.end());

/** The whole way of software to the board. */
async function push(choice: SoftwareChoice): Promise<void> {
  const identity = await at.identity(1);
  const place = { expected: identity.hardwareId, signal: never };
  const session = await at.connections.session('bench:1', place.expected, never);
  const held = await session.software(place);
  const chosen = await softwareFor({ store: at.store, resources, appVersion: '0.1.0', now }, choice, {
    identity,
    held,
  });
  const config = slotFile(unitFile('/config.json', Buffer.from(configOf())));
  const image = slotImage(chosen, { files: [config], data: [] });
  await session.push(image, place);
  await at.connections.restart('bench:1', place.expected, never);
  await (await at.connections.agent('bench:1', place.expected, never)).confirm(image.manifest.sha256);
}

async function pushBundle(bytes: Uint8Array): Promise<void> {
  const { id } = await acceptBundle(bytes, acceptance, null);
  await push({ kind: 'bundle', id, override: null });
}

/** The agent of this app as somebody else would publish it. */
async function agentBundle(securityCounter: number): Promise<Buffer> {
  const { files } = await appSoftware(resources);
  const content = new Map(files.map(({ path, bytes }) => [path, bytes]));
  return signed({ hardware: anyBoard, securityCounter, version: `1.${securityCounter}.0` }, content);
}

const heldCounter = async (): Promise<number | undefined> => {
  const { hardwareId: expected } = await at.identity(1);
  const session = await at.connections.session('bench:1', expected, never);
  return heldManifest(await session.software({ expected }))?.counter;
};

it('a bundle that is sound runs on the board under its own counter', { timeout: 60_000 }, async () => {
  await pushBundle(await agentBundle(5));
  expect(await heldCounter()).toBe(5);
});

describe('the board keeps every byte when the bundle', () => {
  it.each<[what: string, make: () => Promise<Uint8Array>, code: string]>([
    ['is altered', async () => altered(await agentBundle(6)), 'BUNDLE_INVALID'],
    ['is cut short', async () => (await agentBundle(6)).subarray(0, -1024), 'BUNDLE_INVALID'],
    [
      'is for another product',
      () => signed({ product: 'pump-agent', hardware: anyBoard }),
      'BUNDLE_WRONG_PRODUCT',
    ],
    [
      'is for another machine',
      () =>
        signed({
          hardware: [{ machine: 'ESP32*', platform: 'esp32', minRevision: null, maxRevision: null }],
        }),
      'BUNDLE_WRONG_PRODUCT',
    ],
    ['has a lower counter', () => agentBundle(4), 'BUNDLE_ROLLBACK'],
    ['has expired', () => signed({ expires: '2026-12-31T00:00:00Z', hardware: anyBoard }), 'BUNDLE_EXPIRED'],
    [
      'is of a key that is not trusted',
      () => signed({ hardware: anyBoard }, undefined, stranger),
      'BUNDLE_UNTRUSTED',
    ],
    ['brings its own start', () => signed({ hardware: anyBoard }, withFiles('/main.py')), 'BUNDLE_INVALID'],
  ])('%s', async (_what, make, code) => {
    const before = everythingIn(at.flashFolder(1));
    expect(before.length).toBeGreaterThan(5);
    expect((await failureOf(pushBundle(await make()))).code).toBe(code);
    expect(everythingIn(at.flashFolder(1))).toEqual(before);
  });

  it('is newer than what this app carries, and the app’s own would go back', async () => {
    const before = everythingIn(at.flashFolder(1));
    expect(await failureOf(push({ kind: 'app' }))).toMatchObject({
      code: 'DOWNGRADE_REFUSED',
      params: { held: 5, offered: 0 },
    });
    expect(everythingIn(at.flashFolder(1))).toEqual(before);
  });
});

it('back to an older one goes by name and reason', { timeout: 60_000 }, async () => {
  await push({ kind: 'app', override: why });
  expect(await heldCounter()).toBe(0);
});

function altered(bytes: Buffer): Buffer {
  bytes[5000] = (bytes[5000] ?? 0) ^ 1;
  return bytes;
}
