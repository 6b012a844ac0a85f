import { describe, expect, it } from 'vitest';
import { adjustedNotVerified } from '../../shared/wizard/calibrate.ts';
import type { Fault } from '../bench/bench.ts';
import type { Transport } from '../transport/transport.ts';
import { demand, type Workplace } from './workplace.fixture.ts';
import {
  commissionedWorkplaces,
  expectDone,
  never,
  onBoards,
  pause,
  prove,
  type Step,
  steps,
} from './workplace-steps.fixture.ts';

const workplace = commissionedWorkplaces();

const faults: { fault: Fault; heal: Fault[] }[] = [
  { fault: { kind: 'pullCable' }, heal: [{ kind: 'plugIn' }] },
  { fault: { kind: 'powerOff' }, heal: [{ kind: 'powerOn' }] },
  { fault: { kind: 'wedge' }, heal: [{ kind: 'powerOff' }, { kind: 'powerOn' }] },
  { fault: { kind: 'fillDisk' }, heal: [{ kind: 'freeDisk' }] },
  { fault: { kind: 'babble', bytes: 'garbage' }, heal: [{ kind: 'endBabble' }] },
  { fault: { kind: 'babble', bytes: 'ff' }, heal: [{ kind: 'endBabble' }] },
  { fault: { kind: 'babble', bytes: 'silence' }, heal: [{ kind: 'endBabble' }] },
];
/** A fault comes at once, soon, or in the middle. */
const delays = [0, 15, 60, 250];
const harmless = ['RULE_NOT_PROVEN'];

/** The fault comes while the step runs; the report must be true, and the step must end well once it is healed. */
async function survive(
  at: Workplace,
  board: number,
  it: Step,
  { fault, heal, delay }: { fault: Fault; heal: Fault[]; delay: number },
): Promise<string> {
  const words = `${it.name} / ${JSON.stringify(fault)} (board ${board})`;
  const id = await it.prepare(at, board).catch((thrown: unknown) => {
    throw new Error(`${words}: ${String(thrown)}`);
  });
  const held = it.file === undefined ? '' : at.held(board, it.file);
  at.begin(id, it.kind, it.intent);
  await pause(delay);
  await at.fault(board, fault);
  const failed = (await at.desk.settled(id)).failure;
  expect(failed?.code ?? '', `${words}: ${failed?.what}`).not.toMatch(
    /^(INTERNAL|STEP_BLOCKED|DECISIONS_DIFFER)$/,
  );
  const kept = ['unchanged', 'old-still-runs'].includes(failed?.deviceState ?? '');
  if (it.file !== undefined && kept) expect(at.held(board, it.file), words).toBe(held);
  if (failed === null) expectDone(at, board, at.desk.get(id), words);
  for (const each of heal) await at.fault(board, each);
  await pause(300);
  if (failed !== null) {
    const again = await at.act(
      id,
      it.kind,
      it.kind === 'validate' && it.name === 'prove'
        ? { ...prove, setPoints: [], timeoutSeconds: 1 }
        : it.intent,
    );
    if (!harmless.includes(again.failure?.code ?? '')) {
      expect(again.failure, `${words} again, after ${failed.code}`).toBeNull();
      expectDone(at, board, again, words);
    }
  }
  return `${words}: ${failed?.code ?? 'done'} ${failed?.deviceState ?? ''}`;
}

it('survives every fault at every step', async () => {
  const at = await workplace(8);
  // There is one bath, and a calibration drives it: those come one after the other, on a board of their own.
  const cases = steps.flatMap((it) => faults.map((each) => ({ it, ...each })));
  const driving = cases.filter(({ it }) => it.kind === 'calibrate');
  const lists = [
    { boards: [1], list: driving.filter(({ fault }) => fault.kind !== 'babble' || fault.bytes !== 'ff') },
    { boards: [2, 3, 4, 5, 6, 7, 8], list: cases.filter((each) => !driving.includes(each)) },
  ];
  const told: string[] = [];
  await Promise.all(
    lists.map(({ boards, list }) =>
      onBoards(boards, list.length, async (board, index) => {
        const each = list[index];
        const delay = delays[index % delays.length] ?? 0;
        if (each) told.push(await survive(at, board, each.it, { ...each, delay }));
      }),
    ),
  );
  expect(told).toHaveLength(lists.reduce((sum, { list }) => sum + list.length, 0));
}, 60_000);

it('does not let two calibrations drive one bath to two points', async () => {
  const at = await workplace(2);
  const [first, second] = [await at.planned(1), await at.planned(2)];
  at.begin(first, 'calibrate', { type: 'measure' });
  expect(() => at.begin(second, 'calibrate', { type: 'measure' })).toThrow(/driving the reference/);
  demand(await at.desk.settled(first));
  demand(await at.act(second, 'calibrate', { type: 'measure' }));
});

describe('stopped', () => {
  it.each(steps.filter(({ name }) => name !== 'prove'))('while it carries out: $name', async (it) => {
    const at = await workplace(1);
    const id = await it.prepare(at, 1);
    const held = it.file === undefined ? '' : at.held(1, it.file);
    at.begin(id, it.kind, it.intent);
    at.begin(id, it.kind, { type: 'stop' });
    const { failure } = await at.desk.settled(id);
    if (failure === null) expectDone(at, 1, at.desk.get(id), it.name);
    else {
      expect(failure.code).toBe('CANCELLED');
      if (it.file !== undefined && failure.deviceState === 'unchanged')
        expect(at.held(1, it.file)).toBe(held);
    }
    const again = failure === null ? at.desk.get(id) : demand(await at.act(id, it.kind, it.intent));
    expectDone(at, 1, again, it.name);
  });

  it('between the writing and the as-left run: adjusted, not verified, until it is measured', async () => {
    const at = await workplace(1);
    const id = await at.asFound(1);
    demand(await at.act(id, 'calibrate', { type: 'adjust' }));
    at.begin(id, 'calibrate', { type: 'measure' });
    at.begin(id, 'calibrate', { type: 'stop' });
    const stopped = await at.desk.settled(id);
    expect(stopped.failure).toMatchObject({ code: 'CANCELLED', deviceState: 'adjusted-not-verified' });
    expect(stopped.kind === 'calibrate' && adjustedNotVerified(stopped)).toBe(true);
    const left = demand(await at.act(id, 'calibrate', { type: 'measure' }));
    expect(left.verdict).toBe('pass');
    expect(adjustedNotVerified(left)).toBe(false);
  });

  it('and another calibration on the unit since: as-left is refused', async () => {
    const at = await workplace(1);
    const id = await at.asFound(1);
    demand(await at.act(id, 'calibrate', { type: 'adjust' }));
    const link = await at.connections.agent('bench:1', at.unit(1), never);
    await link.put('calibration', Buffer.from('{"v":1,"version":9,"channels":{"t1":[1,2,3]}}'));
    const { failure, asLeft } = await at.act(id, 'calibrate', { type: 'measure' });
    expect(failure).toMatchObject({ code: 'VERIFY_FAILED', params: { path: '/plumbline/calibration.json' } });
    expect(asLeft).toEqual([]);
  });
});

it('lets one wizard at a time work with a unit', async () => {
  const at = await workplace(1);
  const calibration = await at.planned(1);
  const provision = await at.described(1);
  at.begin(calibration, 'calibrate', { type: 'measure' });
  expect(() => at.begin(provision, 'provision', { type: 'push' })).toThrow(
    expect.objectContaining({ code: 'STEP_BLOCKED' }),
  );
  demand(await at.desk.settled(calibration));
  demand(await at.act(provision, 'provision', { type: 'push' }));
});

/** The line to a unit, with one bit of each of the first `count` rule events flipped on the way to the app. */
function withDamagedEvents(line: Transport, count: number): Transport {
  let left = count;
  const damaged = (bytes: Uint8Array): Uint8Array => {
    const at = Buffer.from(bytes).indexOf('\n!');
    if (at < 0 || at + 2 >= bytes.length || left === 0) return bytes;
    left -= 1;
    return bytes.with(at + 2, (bytes[at + 2] ?? 0) ^ 1);
  };
  return {
    port: line.port,
    kind: line.kind,
    closed: line.closed,
    get isOpen() {
      return line.isOpen;
    },
    write: (bytes, options) => line.write(bytes, options),
    onData: (listener) => line.onData((bytes) => listener(damaged(bytes))),
    close: () => line.close(),
  };
}

it('takes bits that flip while rules are proven for noise, never for another decision', async () => {
  const at = await workplace(1, (line) => withDamagedEvents(line, 6));
  const id = await at.ruled(1);
  demand(await at.act(id, 'validate', { type: 'push' }));
  let byte = 1;
  const noise = setInterval(() => {
    byte = (byte * 7 + 3) % 90;
    void at.fault(1, { kind: 'flipBit', atByte: byte + 1, direction: byte % 5 ? 'toApp' : 'toBoard' });
  }, 400);
  try {
    const state = await at.act(id, 'validate', { ...prove, setPoints: [], timeoutSeconds: 4 });
    expect(state.failure?.code).toMatch(/^(RULE_NOT_PROVEN|NO_REPLY|REPLY_UNREADABLE)$/);
    expect(state.verdict).toBeNull();
  } finally {
    clearInterval(noise);
  }
}, 20_000);
