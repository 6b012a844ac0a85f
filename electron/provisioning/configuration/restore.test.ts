import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Snapshot } from '../../../shared/contract/configuration.ts';
import { Failure } from '../../../shared/contract/failure.ts';
import { failureOf } from '../bundle/bundle.fixture.ts';
import {
  BenchUnits,
  calibrationOf,
  channelOf,
  configOf,
  never,
  rulesOf,
  withFiles,
} from './bench-unit.fixture.ts';
import { demandIdentical, readSnapshot, snapshotText } from './configuration.ts';
import { withConfig } from './push-config.ts';

let at: BenchUnits;
let first: Snapshot;
beforeAll(async () => {
  at = await BenchUnits.start(2);
  await at.commission(1);
  await at.commission(2, configOf({ tag: 'TT-2' }), calibrationOf(101, 7, 10));
  first = await at.snapshot(1);
}, 60_000);
afterAll(() => at.end());

const ids = (lines: { id: string }[]): string[] => lines.map(({ id }) => id);

it('a snapshot holds every byte, and is a file that reads back', async () => {
  expect(first.files.map(({ name, path }) => [name, path])).toEqual([
    ['config.json', '/a/config.json'],
    ['calibration.json', '/plumbline/calibration.json'],
  ]);
  expect(Buffer.from(first.files[0]?.base64 ?? '', 'base64').toString()).toBe(configOf());
  expect(first.software).toMatch(/^[0-9a-f]{64}$/);
  const text = snapshotText(first);
  expect(readSnapshot(text, 'x')).toEqual(first);
  for (const [altered, words] of [
    [text.replace(/"base64":"./, '"base64":"A'), /is not what was read/],
    [text.replace('snapshot-1', 'snapshot-2'), /no snapshot: format/],
    ['{', /not JSON/],
    [text.replace('"files":[', `"files":[${JSON.stringify(first.files[0])},`), /twice/],
  ] as const) {
    expect(() => readSnapshot(altered, 'x')).toThrow(words);
  }
});

describe('restored on the same unit', { timeout: 60_000 }, () => {
  beforeEach(async () => {
    expect((await at.restore(1, first)).lines.filter(({ file }) => file !== 'rules.json')).toEqual([]);
  });

  it('configuration, calibration and rules: identical, byte for byte, in the flash as well', async () => {
    const config = `${configOf({ tag: 'ä', version: 9, site: [1, 1.5e3] })}\n`;
    const other = withFiles(first, {
      'config.json': config,
      'calibration.json': calibrationOf(90, 1, 9),
      'rules.json': rulesOf(30_000),
    });
    const outcome = await at.restore(1, other);
    expect(outcome).toMatchObject({ identical: true, lines: [], reasons: [], notTransferable: [] });
    expect(ids(outcome.before)).toEqual(
      expect.arrayContaining(['config.json:/tag', 'calibration.json:/channels/t1']),
    );
    expect(() => demandIdentical(outcome)).not.toThrow();
    expect(await at.flash(1, 'config.json')).toBe(config);
    expect(await at.flash(1, 'calibration.json')).toBe(calibrationOf(90, 1, 9));
    expect(await at.flash(1, 'rules.json')).toBe(rulesOf(30_000));
    const stages = [...at.store.events({ kind: 'unit.restoring' })].map(
      ({ body }) => (body as { stage: string }).stage,
    );
    expect(stages.slice(-5)).toEqual(['staging', 'flipping', 'restarting', 'confirming', 'confirmed']);
    const again = await at.restore(1, other);
    expect(again).toMatchObject({ identical: true, before: [] });
    expect([...at.store.events({ kind: 'unit.restoring' })]).toHaveLength(stages.length);
  });

  it('what the unit refuses is listed, and the rest is there', async () => {
    const outcome = await at.restore(
      1,
      withFiles(first, { 'config.json': configOf({ tag: 'NEW' }), 'rules.json': rulesOf(1, 'nothere') }),
    );
    expect(outcome.identical).toBe(false);
    expect(outcome.lines.every(({ file }) => file === 'rules.json')).toBe(true);
    expect(outcome.lines.length).toBeGreaterThan(0);
    expect(outcome.reasons.join()).toMatch(/nothere/);
    expect(await at.flash(1, 'config.json')).toBe(configOf({ tag: 'NEW' }));
    const failure = await failureOf(Promise.resolve().then(() => demandIdentical(outcome)));
    expect(failure).toMatchObject({ code: 'RESTORE_INCOMPLETE', params: { count: outcome.lines.length } });
  });

  it('a configuration that the agent cannot use is taken back, and every line of it listed', async () => {
    const unfit = configOf({ tag: 'UNFIT', channels: [channelOf({ adc: 999 })] });
    const outcome = await at.restore(1, withFiles(first, { 'config.json': unfit }));
    const ofConfig = outcome.lines.filter(({ file }) => file === 'config.json');
    expect(ids(ofConfig)).toEqual(['config.json:/tag', 'config.json:/channels/t1/adc']);
    expect(outcome.reasons.join()).toMatch(/adc/);
    expect(await at.flash(1, 'config.json')).toBe(configOf());
  });

  it('a file that the unit has and the snapshot has not is listed', async () => {
    await at.restore(1, withFiles(first, { 'rules.json': rulesOf(5) }));
    const outcome = await at.restore(1, first);
    expect(outcome.lines.every(({ file, toBe }) => file === 'rules.json' && toBe === null)).toBe(true);
    expect(outcome.identical).toBe(false);
  });
});

describe('what an earlier piece of work left on trial', { timeout: 60_000 }, () => {
  /** Flips to another configuration as a restore does, and is cut before the unit is told to keep it. */
  async function cut(config: string): Promise<void> {
    const { hardwareId: expected } = await at.identity(1);
    const session = await at.connections.session('bench:1', expected, never);
    const place = { port: 'bench:1', expected, signal: never };
    const image = await withConfig(session, await session.software(place), Buffer.from(config), place);
    await session.push(image, place);
  }
  const bootsLeft = async (): Promise<number | null> => {
    const { hardwareId: expected } = await at.identity(1);
    const session = await at.connections.session('bench:1', expected, never);
    return (await session.software({ expected })).bootsLeft;
  };

  it('is resumed where it is this very restore, and kept', async () => {
    const config = configOf({ tag: 'CUT' });
    await cut(config);
    expect(await bootsLeft()).not.toBeNull();
    const events = [...at.store.events({ kind: 'unit.restoring' })].length;
    const snapshot = withFiles(first, { 'config.json': config, 'rules.json': rulesOf(1) });
    expect(await at.restore(1, snapshot)).toMatchObject({ identical: true });
    expect(await bootsLeft()).toBeNull();
    const stages = [...at.store.events({ kind: 'unit.restoring' })].slice(events);
    expect(stages.map(({ body }) => (body as { stage: string }).stage)).toEqual([
      'restarting',
      'confirming',
      'confirmed',
    ]);
  });

  it('is refused where it is something else', async () => {
    await cut(configOf({ tag: 'SOMETHING ELSE' }));
    const failure = await failureOf(at.restore(1, first));
    expect(failure.params.detail).toMatch(/on trial/);
    const { hardwareId: expected } = await at.identity(1);
    const session = await at.connections.session('bench:1', expected, never);
    const { active } = await session.software({ expected });
    await session.rollBack({ expected, from: active ?? 'a' });
  });
});

describe('on another unit', { timeout: 60_000 }, () => {
  it('nothing is written', async () => {
    const [before, events] = [await at.snapshot(2), at.store.head().seq];
    const failure = await failureOf(at.restore(2, first));
    expect(failure).toMatchObject({ code: 'WRONG_UNIT', params: { expected: first.unit.hardwareId } });
    expect((await at.snapshot(2)).files).toEqual(before.files);
    expect(at.store.head().seq).toBe(events);
  });

  it('that takes its place: all but the calibration, under a name of its own at the broker', async () => {
    const theirs = first.unit.hardwareId;
    const { hardwareId: own } = await at.identity(2);
    const mqtt = (id: string) => ({ mqtt: { host: 'h', client: `plumbline-${id}` } });
    const snapshot = withFiles(first, { 'config.json': configOf(mqtt(theirs)), 'rules.json': rulesOf(7) });
    const outcome = await at.restore(2, { ...snapshot, secrets: ['secret.json'] }, true);
    expect(outcome).toMatchObject({
      identical: true,
      notTransferable: ['calibration.json'],
      secretsMissing: ['secret.json'],
      unit: own,
    });
    expect(await at.flash(2, 'config.json')).toBe(configOf(mqtt(own)));
    expect(await at.flash(2, 'calibration.json')).toBe(calibrationOf(101, 7, 10));
    expect(await at.flash(2, 'rules.json')).toBe(rulesOf(7));
  });
});

it('a unit without our software is refused', { timeout: 60_000 }, async () => {
  const blank = await BenchUnits.start(1);
  try {
    const { hardwareId } = await blank.identity(1);
    const failure = await failureOf(blank.restore(1, { ...first, unit: { ...first.unit, hardwareId } }));
    expect(failure).toBeInstanceOf(Failure);
    expect(failure.params.detail).toMatch(/provision it first/);
  } finally {
    await blank.end();
  }
});
