import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Result } from '../../shared/contract/contract.ts';
import type { RecordingFacts } from '../../shared/contract/recordings.ts';
import { AuthorRules, type ValidateState } from '../../shared/contract/validate.ts';
import { BenchHost } from './bench-host.fixture.ts';
import { demand } from './workplace.fixture.ts';

const rulesOf = (limits: readonly string[]) =>
  AuthorRules.parse(
    limits.map((above) => ({ id: `above-${above}`, when: { sensor: 't1', above, deadband: '1' } })),
  );
const few = rulesOf(['30', '60']);
/** Twelve that fire and clear together: 24 events each time that the bath goes up and down. */
const many = rulesOf(['30', '32', '34', '36', '38', '40', '42', '44', '46', '48', '50', '52']);
/** What a unit keeps of its events; `MOST` of its agent. */
const kept = 64;

let at: BenchHost;
beforeAll(async () => {
  at = await BenchHost.start();
  await at.commission();
}, 120_000);
afterAll(() => at.close());

const patience = { timeout: 20_000, interval: 100 };
const events = (): Promise<Result<'unit.events'>> => at.host.call('unit.events', { unit: at.unit });

/** Drives the bath and waits until the unit has decided so often since it was started. */
async function driven(celsius: number, decisions: number): Promise<void> {
  await at.host.call('bench.setPoint', { celsius });
  const decided = async (): Promise<number> => {
    const { events: held, forgotten } = await events();
    return forgotten + held.length;
  };
  await expect.poll(decided, patience).toBe(decisions);
}

async function pushed(rules: NonNullable<ValidateState['rules']>): Promise<string> {
  await at.host.call('bench.setPoint', { celsius: 20 });
  const bath = async (): Promise<number> => (await at.host.call('bench.state', {}))?.bathCelsius ?? 0;
  await expect.poll(bath, patience).toBeLessThan(20.1);
  const id = await at.open();
  demand(await at.act(id, { type: 'rules', rules }));
  return demand(await at.act(id, { type: 'push' })).compiled?.revision ?? '';
}

/** The bath goes up to 45 °C, where one rule fires, and then to 90 °C, where both do. */
async function recorded(): Promise<RecordingFacts> {
  await at.host.call('recordings.record', { unit: at.unit, name: 'swings' });
  const rows = async (): Promise<number> =>
    (await at.host.call('recordings.now', { unit: at.unit }))?.rows ?? 0;
  await expect.poll(rows, patience).toBeGreaterThan(3);
  for (const [celsius, decisions] of [
    [45, 1],
    [20, 2],
    [90, 4],
    [20, 6],
  ] as const)
    await driven(celsius, decisions);
  const seen = await rows();
  await expect.poll(rows, patience).toBeGreaterThan(seen + 3);
  return at.host.call('recordings.finish', { unit: at.unit });
}

it('a live recording: the unit beside a replay of its rules, and a limit that was learned from it', async () => {
  const revision = await pushed(few);
  const facts = await recorded();
  expect(facts.decided).toMatchObject({ revision, lost: 0 });
  const beside = { unit: at.unit, recording: facts.id };
  expect(await at.host.call('lab.beside', { ...beside, rules: few })).toMatchObject({
    revision,
    agreed: 6,
    unitOnly: [],
    replayOnly: [],
  });
  await expect(at.host.call('lab.beside', { ...beside, rules: rulesOf(['31', '60']) })).rejects.toMatchObject(
    { code: 'STEP_BLOCKED', params: { detail: expect.stringContaining(`decided by the rules ${revision}`) } },
  );
  // Of the two alarms above 30 the one up to 45 was a false one.
  const tried = { unit: at.unit, rules: few, data: { recording: facts.id, faults: [], seed: 1 } };
  const replayed = await at.host.call('lab.replay', tried);
  if ('mistakes' in replayed) throw new Error('refused');
  const [first, second] = replayed.rules[0]?.alarms ?? [];
  const judged = [
    { from: first?.from ?? 0, right: false },
    { from: second?.from ?? 0, right: true },
  ];
  const learned = { ...tried, rule: 0, path: 'when.above', judged };
  const improve = (values: string[]) => at.host.call('lab.improve', { ...learned, values });
  expect(await improve(['35', '55', '70', '95'])).toEqual({ value: '55' });
  expect(await improve(['35', '95'])).toEqual({ value: null });
  await expect(
    at.host.call('lab.improve', { ...learned, values: ['55'], judged: [{ from: 1, right: true }] }),
  ).rejects.toMatchObject({ code: 'NOT_FOUND' });
}, 120_000);

it('the events of a unit come back; of more than it keeps the oldest are forgotten, and counted', async () => {
  const revision = await pushed(many);
  const before = await events();
  expect(before).toMatchObject({ revision, events: [] });
  let decisions = before.forgotten;
  const swing = async (): Promise<void> => {
    for (const celsius of [90, 20]) {
      decisions += many.length;
      await driven(celsius, decisions);
    }
  };
  await swing();
  const once = await events();
  expect(once.forgotten).toBe(before.forgotten);
  expect(once.events.map(({ kind }) => kind)).toEqual([...Array(12).fill('ON'), ...Array(12).fill('OFF')]);
  expect(new Set(once.events.map(({ rule }) => rule)).size).toBe(12);
  expect(once.events.every(({ t }) => t <= once.t)).toBe(true);
  await swing();
  await swing();
  const wrapped = await events();
  expect(wrapped).toMatchObject({ boot: once.boot, revision, forgotten: before.forgotten + 72 - kept });
  expect(wrapped.events).toHaveLength(kept);
  const order = wrapped.events.map(({ seq }) => seq);
  expect(order).toEqual(order.toSorted((a, b) => a - b));
  // The eight oldest are gone, the ninth is the first that is there.
  expect(wrapped.events.slice(0, 16)).toEqual(once.events.slice(8));
}, 120_000);

it('events of a unit that nobody knows, or that is not there', async () => {
  await expect(at.host.call('unit.events', { unit: 'aaaaaaaaaaaaaaaa' })).rejects.toMatchObject({
    code: 'NOT_FOUND',
  });
  await at.host.call('bench.fault', { board: 1, fault: { kind: 'pullCable' } });
  await expect(events()).rejects.toMatchObject({
    code: expect.stringMatching(/^PORT_(LOST|NOT_FOUND)$/),
    deviceState: 'unchanged',
  });
  await at.host.call('bench.fault', { board: 1, fault: { kind: 'plugIn' } });
  await expect.poll(async () => (await events().catch(() => null))?.revision, patience).toBeTruthy();
}, 120_000);
