import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { CalibrateIntent, CalibrateState } from '../../shared/contract/calibrate.ts';
import { StandardEntry } from '../../shared/contract/standards.ts';
import { createHost, type Host } from './host.ts';
import { plan, resources } from './workplace.fixture.ts';

let folder: string;
let host: Host;
let unit: string;
let bath: Server;
let bathPort: string;

const bathNow = async (): Promise<number> => (await host.call('bench.state', {}))?.bathCelsius ?? 0;

/** The bath's temperature in hundredths, in input register 8 of unit 3 of a Modbus/TCP server. */
async function serveBath(): Promise<string> {
  bath = createServer((socket) => {
    socket.on('error', () => undefined);
    const answerTo = async (question: Buffer): Promise<void> => {
      const isAsked = question.subarray(4).equals(Buffer.from([0, 6, 3, 4, 0, 8, 0, 1]));
      const answer = Buffer.from(
        isAsked ? [0, 0, 0, 0, 0, 5, 3, 4, 2, 0, 0] : [0, 0, 0, 0, 0, 3, 3, 0x84, 2],
      );
      question.copy(answer, 0, 0, 2);
      if (isAsked) answer.writeInt16BE(Math.round((await bathNow()) * 100), 9);
      socket.write(answer);
    };
    socket.on('data', (question) => void answerTo(question as Buffer));
  });
  await new Promise<void>((resolve) => bath.listen(0, '127.0.0.1', resolve));
  const address = bath.address();
  return `tcp:127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
}

/** A board in the bath, provisioned. */
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'plumb-references-'));
  host = await createHost({
    bench: true,
    benchBoards: 1,
    benchTimeFactor: 20_000,
    jobPath: join(folder, 'job.plumb'),
    resources,
    door: 'terminal',
    version: '0',
    log: pino({ level: 'silent' }),
  });
  bathPort = await serveBath();
  const provision = { tag: 'TT-1', asset: '', location: 'Bath', profile: 'bench-thermometer', periodMs: 50 };
  const recipe = { recipe: 1, title: 'One', provision, report: { engineer: 'E' } } as const;
  const ended = new Promise<string>((resolve, reject) => {
    host.on('run.changed', (state) => {
      if (state?.stage === 'done') resolve(state.unit ?? '');
      if (state?.failure) reject(new Error(state.failure.what));
    });
  });
  await host.call('run.start', { recipe, port: 'bench:1', reference: null });
  unit = await ended;
}, 120_000);
afterAll(async () => {
  await host.close();
  bath.close();
  rmSync(folder, { recursive: true, force: true });
});

const entry = StandardEntry.parse({
  maker: 'Testo',
  model: '110',
  serial: '42',
  unit: 'degC',
  resolution: '0.01',
  certificates: [
    {
      number: 'T-1',
      laboratory: 'L',
      issued: '2020-01-01',
      due: '2099-12-31',
      points: [
        { value: '0', expandedUncertainty: '0.1' },
        { value: '100', expandedUncertainty: '0.1' },
      ],
    },
  ],
});

const stateOf = async (id: string): Promise<CalibrateState> =>
  (await host.call('wizard.get', { id })) as CalibrateState;
const act = (id: string, intent: CalibrateIntent) =>
  host.call('wizard.act', { id, action: { kind: 'calibrate', intent } });

/** Resolves when nothing of the wizard runs any more. */
function settled(id: string): Promise<CalibrateState> {
  return new Promise((resolve, reject) => {
    const look = (state: { id: string; task: unknown }): void => {
      if (state.id !== id || state.task !== null) return;
      off();
      resolve(state as CalibrateState);
    };
    const off = host.on('wizard.changed', look);
    stateOf(id).then(look, reject);
  });
}
async function done(id: string, intent: CalibrateIntent): Promise<CalibrateState> {
  await act(id, intent);
  const state = await settled(id);
  if (state.failure) throw new Error(state.failure.what);
  return state;
}

async function planned(
  source: Extract<CalibrateIntent, { type: 'chooseReference' }>['source'],
  port: string,
) {
  const known = (await host.call('standards.list', {})).find(({ serial }) => serial === '42');
  const { id: standard } = known ?? (await host.call('standards.add', { standard: entry }));
  const { id } = await host.call('wizard.open', { kind: 'calibrate', unit, fresh: true });
  const chosen = await done(id, { type: 'chooseReference', port, source, standard });
  expect(chosen.reference).toMatchObject({ maker: 'Testo', serial: '42', unit: 'degC', source: false });
  expect(chosen.standard).toMatchObject({ id: standard, certificates: [{ number: 'T-1' }] });
  await done(id, {
    type: 'plan',
    plan: { ...plan, points: [...plan.points], leastTur: '4' } as Extract<
      CalibrateIntent,
      { type: 'plan' }
    >['plan'],
  });
  return id;
}

/** As found, adjusted, as left, point by point; `read` is what a person does while a point is measured. */
async function calibrate(id: string, read: (point: string) => Promise<unknown>): Promise<CalibrateState> {
  for (const run of ['as-found', 'as-left'] as const) {
    if (run === 'as-left') await done(id, { type: 'adjust' });
    for (const point of plan.points) {
      await host.call('bench.setPoint', { celsius: Number(point) });
      await act(id, { type: 'measure' });
      await read(point);
      const state = await settled(id);
      if (state.failure) throw new Error(state.failure.what);
    }
  }
  return done(id, { type: 'finish' });
}

it('a Modbus register is the reference of a whole calibration', async () => {
  const source = {
    kind: 'modbus',
    unitId: 3,
    table: 'input',
    address: 8,
    type: 'int16',
    wordOrder: 'high-first',
    decimals: 2,
    unit: 'degC',
    baudRate: 9600,
    parity: 'even',
  } as const;
  const ended = await calibrate(await planned(source, bathPort), async () => undefined);
  expect(ended).toMatchObject({ verdict: 'pass', done: true, source, referencePort: bathPort });
  for (const { readings } of [...ended.asFound, ...ended.asLeft]) {
    for (const { reference } of readings) expect(reference).toMatch(/^-?\d+\.\d\d$/);
  }
  expect(ended.asLeftEvaluation?.uncertaintyStatement).not.toBeNull();

  const nowhere = { ...source, address: 9 };
  const { id } = await host.call('wizard.open', { kind: 'calibrate', unit, fresh: true });
  await act(id, { type: 'chooseReference', port: bathPort, source: nowhere, standard: null });
  expect((await settled(id)).failure).toMatchObject({ code: 'REFERENCE_UNREADABLE' });
}, 60_000);

it('a person is, who types each value twice', async () => {
  const id = await planned({ kind: 'typed', unit: 'degC' }, '');
  const ended = await calibrate(id, async (point) => {
    const value = `${point}.0`;
    await expect(act(id, { type: 'typeReading', first: value, again: `${point}.1` })).rejects.toMatchObject({
      code: 'READINGS_DISAGREE',
    });
    expect((await stateOf(id)).task?.kind).toBe('measure');
    await act(id, { type: 'typeReading', first: value, again: value });
  });
  expect(ended).toMatchObject({ verdict: 'pass', done: true, referencePort: null, typed: null });
  expect(ended.asLeft.map(({ meanReference }) => Number(meanReference))).toEqual([20, 40]);
}, 60_000);

it('a channel that was never calibrated is not', async () => {
  const { id } = await host.call('wizard.open', { kind: 'calibrate', unit, fresh: true });
  const source = { kind: 'channel', channel: 't2' } as const;
  await act(id, { type: 'chooseReference', port: '', source, standard: null });
  expect((await settled(id)).failure).toMatchObject({ code: 'NOT_FOUND' });
});
