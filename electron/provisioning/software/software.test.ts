import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SoftwareChoice } from '../../../shared/contract/software.ts';
import type { UnitSoftware } from '../../drivers/driver.ts';
import { failureOf } from '../bundle/bundle.fixture.ts';
import { unitFile } from '../files.ts';
import { now, pico, project, signed } from './software.fixture.ts';
import {
  acceptBundle,
  appSoftware,
  heldManifest,
  imageOf,
  keepDowngrade,
  slotImage,
  slotManifest,
  softwareFor,
} from './software.ts';

const resources = fileURLToPath(new URL('../../../resources', import.meta.url));
const config = unitFile('/config.json', Buffer.from('{"v":1}'));
const slotConfig = { ...config, size: config.bytes.length };

let place: ReturnType<typeof project>;
beforeEach(() => {
  place = project();
});
afterEach(() => place.end());

const blank: UnitSoftware = { active: null, bootsLeft: null, fellBack: null, slots: { a: null, b: null } };
const holding = (counter: number, product = 'plumbline-agent'): NonNullable<UnitSoftware['slots']['a']> => {
  const facts = { product, version: '1.0.0', securityCounter: counter };
  const { manifest } = imageOf({ facts, files: [], trampoline: config, data: [] });
  return { manifest: manifest.sha256, text: manifest.bytes };
};
const choose = (choice: SoftwareChoice, held: UnitSoftware = blank) =>
  softwareFor({ store: place.store, resources, appVersion: '0.1.0', now }, choice, { identity: pico, held });
const why = { name: 'A. Engineer', reason: 'the newer one loses frames' };

describe('what this app carries', () => {
  it('is the agent, under the version that it says itself', async () => {
    const { facts, files, trampoline } = await appSoftware(resources);
    const paths = files.map(({ path }) => path);
    expect(paths).toContain('/plumbline/agent.py');
    expect(paths.every((path) => /^\/plumbline\/\w+\.py$/.test(path))).toBe(true);
    expect(trampoline.path).toBe('/main.py');
    const init = readFileSync(`${resources}/agent/plumbline/__init__.py`, 'utf8');
    expect(facts).toEqual({
      product: 'plumbline-agent',
      version: /^VERSION = '(.+)'$/m.exec(init)?.[1],
      securityCounter: 0,
      bundle: null,
    });
  });

  it('without its label is refused', async () => {
    expect((await failureOf(appSoftware('/nowhere'))).code).toBe('FILE_UNREADABLE');
  });
});

describe('an image', () => {
  it('names every file but its manifest, in order, and reads back', async () => {
    const own = await appSoftware(resources);
    const { files, manifest } = slotImage(own, { files: [slotConfig], data: [] });
    const read = slotManifest(manifest.bytes);
    expect(read).toMatchObject({ product: 'plumbline-agent', version: own.facts.version, counter: 0 });
    expect(read?.files).toEqual(files.map(({ path, size, sha256 }) => [path, size, sha256]));
    expect(read?.files.map(([path]) => path)).toEqual(
      [...own.files.map(({ path }) => path), '/config.json'].sort(),
    );
    expect(new TextDecoder().decode(manifest.bytes)).toMatch(
      /^\{"counter":0,"files":\[\["\/config.json",7,"/,
    );
  });

  it('with a path twice, also but for case, is a mistake of ours', async () => {
    const own = await appSoftware(resources);
    const twin = { ...slotConfig, path: '/CONFIG.json' };
    expect(() => slotImage(own, { files: [slotConfig, twin], data: [] })).toThrow(/twice/);
  });

  it('is no manifest when it is anything else', () => {
    for (const text of [
      '',
      '{}',
      '[]',
      '{"v":2}',
      '{"v":1,"product":"x","version":"1","counter":-1,"files":[]}',
    ]) {
      expect(slotManifest(Buffer.from(text))).toBeNull();
    }
  });
});

describe('what a unit holds for good', () => {
  const slots = { a: holding(7), b: holding(3) };
  it.each<[what: string, held: UnitSoftware, counter: number | undefined]>([
    ['nothing', blank, undefined],
    ['the slot that was confirmed', { ...blank, active: 'a', slots }, 7],
    ['the other one while one is on trial', { ...blank, active: 'a', bootsLeft: 2, slots }, 3],
    [
      'nothing, the first slot being on trial',
      { ...blank, active: 'a', bootsLeft: 2, slots: { ...slots, b: null } },
      undefined,
    ],
  ])('%s', (_what, held, counter) => {
    expect(heldManifest(held)?.counter).toBe(counter);
  });
});

describe('software of a lower counter than the unit holds', () => {
  const held: UnitSoftware = { ...blank, active: 'a', slots: { a: holding(7), b: null } };

  it('is refused: this app’s, and a bundle', async () => {
    expect(await failureOf(choose({ kind: 'app' }, held))).toMatchObject({
      code: 'DOWNGRADE_REFUSED',
      params: { held: 7, offered: 0 },
      deviceState: 'unchanged',
    });
    const { id } = await acceptBundle(await signed(), place.acceptance, null);
    expect((await failureOf(choose({ kind: 'bundle', id, override: null }, held))).code).toBe(
      'DOWNGRADE_REFUSED',
    );
  });

  it('passes with a name and a reason, which the record keeps', async () => {
    const { passed } = await choose({ kind: 'app', override: why }, held);
    expect(passed).toEqual({ ...why, product: 'plumbline-agent', offered: 0, highest: 7, bundle: null });
    keepDowngrade(place.store, 'e66058388303aa2f', passed);
    keepDowngrade(place.store, 'e66058388303aa2f', null);
    const events = [...place.store.events({ kind: 'software.override' })];
    expect(events.map(({ subject, body }) => [subject, body])).toEqual([['e66058388303aa2f', passed]]);
  });

  it('passes where it is another product’s, the same, or a higher one', async () => {
    const other: UnitSoftware = { ...held, slots: { a: holding(7, 'pump-agent'), b: null } };
    expect((await choose({ kind: 'app' }, other)).passed).toBeNull();
    const { id } = await acceptBundle(await signed({ securityCounter: 7 }), place.acceptance, null);
    const chosen = await choose({ kind: 'bundle', id, override: null }, held);
    expect(chosen).toMatchObject({
      passed: null,
      facts: { version: '1.4.0', securityCounter: 7, bundle: { id } },
    });
    expect(chosen.trampoline).toEqual((await appSoftware(resources)).trampoline);
  });

  it('passes for a unit that has none, when the record has seen a higher one, with the same words', async () => {
    const { id } = await acceptBundle(await signed(), place.acceptance, null);
    await acceptBundle(await signed({ securityCounter: 7 }), place.acceptance, null);
    expect((await failureOf(choose({ kind: 'bundle', id, override: null }))).code).toBe('BUNDLE_ROLLBACK');
    const { passed } = await choose({ kind: 'bundle', id, override: why });
    expect(passed).toEqual({ ...why, product: 'plumbline-agent', offered: 5, highest: 7, bundle: id });
  });
});
