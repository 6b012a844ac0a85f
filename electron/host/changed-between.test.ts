import { expect, it } from 'vitest';
import type { CalibrateState } from '../../shared/contract/calibrate.ts';
import { demand, type Workplace } from './workplace.fixture.ts';
import { commissionedWorkplaces, never } from './workplace-steps.fixture.ts';

const workplace = commissionedWorkplaces();

/** A calibration that was stopped after its first as-found point. */
async function half(at: Workplace): Promise<string> {
  const id = await at.planned(1);
  let isStopped = false;
  at.onChange = (state) => {
    if (state.kind !== 'calibrate' || state.id !== id || state.asFound.length !== 1 || isStopped) return;
    isStopped = true;
    setImmediate(() => at.begin(id, 'calibrate', { type: 'stop' }));
  };
  at.begin(id, 'calibrate', { type: 'measure' });
  const stopped = (await at.desk.settled(id)) as CalibrateState;
  expect(stopped).toMatchObject({ failure: { code: 'CANCELLED' }, task: null });
  expect(stopped.asFound).toHaveLength(1);
  return id;
}

async function adjustElsewhere(at: Workplace): Promise<void> {
  const link = await at.connections.agent('bench:1', at.unit(1), never);
  const held = JSON.parse(Buffer.from((await link.get('calibration')) ?? []).toString() || '{}');
  const channels = { ...held.channels, t1: [6_553_600, -52_428_800_000, 20] };
  await link.put('calibration', Buffer.from(JSON.stringify({ ...held, v: 1, version: 9, channels })));
}

it('an adjustment from elsewhere in the middle of as-found: its two halves are not one run', async () => {
  const at = await workplace(1);
  const id = await half(at);
  await adjustElsewhere(at);
  const refused = await at.act(id, 'calibrate', { type: 'measure' });
  expect(refused.failure).toMatchObject({ code: 'CALIBRATION_CHANGED', deviceState: 'unchanged' });
  expect(refused.asFound).toHaveLength(1);
});

it('an adjustment from elsewhere after as-found: what was found is no more, and nothing is written', async () => {
  const at = await workplace(1);
  const id = await at.asFound(1);
  await adjustElsewhere(at);
  const held = at.held(1, 'calibration.json');
  const refused = await at.act(id, 'calibrate', { type: 'adjust' });
  expect(refused).toMatchObject({ failure: { code: 'CALIBRATION_CHANGED' }, writing: false, fit: null });
  expect(at.held(1, 'calibration.json')).toBe(held);
});

it('another channel that was adjusted meanwhile is no concern of this one', async () => {
  const at = await workplace(1);
  const id = await half(at);
  const link = await at.connections.agent('bench:1', at.unit(1), never);
  const held = JSON.parse(Buffer.from((await link.get('calibration')) ?? []).toString() || '{}');
  const channels = { ...held.channels, t9: [1, 0, 0] };
  await link.put('calibration', Buffer.from(JSON.stringify({ ...held, v: 1, version: 9, channels })));
  expect(demand(await at.act(id, 'calibrate', { type: 'measure' })).asFound).toHaveLength(2);
});
