import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { EventPayload } from '../../shared/contract/contract.ts';
import { exampleProfile } from '../../shared/contract/profile.fixture.ts';
import type { RecordingFacts } from '../../shared/contract/recordings.ts';
import { AuthorRules, type ValidateFact, type ValidateState } from '../../shared/contract/validate.ts';
import { besideOf } from '../../shared/rules/lab/lab.ts';
import { compileRules } from '../../shared/rules/rules.ts';
import type { TaskContext } from '../../shared/wizard/task.ts';
import { newValidate } from '../../shared/wizard/validate.ts';
import { type Lab, labTasks, openLab } from '../lab/lab.ts';
import { LiveHub } from '../live/live-hub.ts';
import { loadProfiles } from '../provisioning/profiles.ts';
import { loadRecording } from '../recordings/recordings.ts';
import { pushRules } from '../rules/push.ts';
import { resources, type Workplace } from './workplace.fixture.ts';
import { commissionedWorkplaces, never, pause } from './workplace-steps.fixture.ts';

const profiles = await loadProfiles(resources);
const profile = profiles.get('bench-thermometer') ?? exampleProfile;
const { channels } = profile;
const rules = AuthorRules.parse([
  { id: 'warm', when: { sensor: 't1', above: '60', deadband: '1' } },
  { id: 'there', when: { sensor: 't1', above: '-15' } },
]);
const compiled = (() => {
  const made = compileRules(rules, channels);
  if ('mistakes' in made) throw new Error(JSON.stringify(made.mistakes));
  const sha256 = createHash('sha256').update(made.text).digest('hex');
  return { ...made, sha256, revision: sha256.slice(0, 8) };
})();

const workplace = commissionedWorkplaces();

function labOf(at: Workplace): { lab: Lab; live: LiveHub; close: () => Promise<void> } {
  const { connections, store } = at;
  const live = new LiveHub(connections);
  const lab = openLab({
    store,
    connections,
    live,
    portOf: () => 'bench:1',
    channelsOf: () => channels,
    changed: () => {},
    progress: () => {},
  });
  const close = async (): Promise<void> => {
    await lab.close();
    live.close();
  };
  return { lab, live, close };
}

/** Until something is so; the test's own time limit ends it otherwise. */
async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await pause(20);
}

describe('a unit on the bench', () => {
  it('is recorded: its decisions are those of a replay over the very frames', async () => {
    const at = await workplace(1);
    const { lab, close } = labOf(at);
    const unit = at.unit(1);
    at.bench.setPoint(20);
    const link = await at.connections.agent('bench:1', unit, never);
    await pushRules(link, compiled);
    await lab.recorders.start(unit, 'run');
    const rows = (): number => lab.recorders.now(unit)?.rows ?? 0;
    await until(() => rows() > 20);
    at.bench.setPoint(90);
    await until(() => rows() > 60);
    at.bench.setPoint(20);
    await until(() => rows() > 100);
    const facts: RecordingFacts = await lab.recorders.finish(unit);
    expect(facts.decided).toMatchObject({ revision: compiled.revision });
    const events = facts.decided?.events ?? [];
    expect(events.map(({ rule, kind }) => `${rule} ${kind}`)).toEqual(['0 ON', '0 OFF']);
    const recording = await loadRecording(lab.shelf.fileOf(facts), channels);
    const beside = besideOf(JSON.parse(compiled.text), recording, { events });
    expect(beside).toMatchObject({ agreed: 2, unitOnly: [], replayOnly: [] });
    await close();
  });

  it('is recorded, and compared with nothing where its engine began anew in between', async () => {
    const at = await workplace(1);
    const { lab, close } = labOf(at);
    const unit = at.unit(1);
    const link = await at.connections.agent('bench:1', unit, never);
    await pushRules(link, compiled);
    const calibration = (await link.get('calibration')) ?? new Uint8Array();
    await lab.recorders.start(unit, 'run');
    const rows = (): number => lab.recorders.now(unit)?.rows ?? 0;
    await until(() => rows() > 5);
    await link.put('calibration', calibration);
    await until(() => rows() > 10);
    expect((await lab.recorders.finish(unit)).decided).toMatchObject({ revision: null, lost: 0 });
    await close();
  });

  it('is watched by the shadow, which writes nothing to it and reports when it is stopped', async () => {
    const at = await workplace(1);
    const { lab, live, close } = labOf(at);
    const unit = at.unit(1);
    const before = at.held(1, 'rules.json');
    const updates: EventPayload<'lab.shadow'>[] = [];
    const { shadow } = labTasks({
      connections: at.connections,
      live,
      thread: lab.thread,
      profileOf: () => profile,
      portOf: () => 'bench:1',
      sourceOf: () => {
        throw new Error('no recording is asked for');
      },
      shadowed: (update) => updates.push(update),
    });
    const stop = new AbortController();
    const facts: ValidateFact[] = [];
    const context: TaskContext<ValidateFact> = {
      signal: stop.signal,
      fact: (fact) => facts.push(fact),
      progress: () => {},
    };
    const state: ValidateState = {
      ...newValidate('w1', unit, 'bench:1'),
      compiled,
      watched: { normal: false, faults: [] },
    };
    at.bench.setPoint(20);
    const running = shadow?.(state, context);
    const last = () => updates.at(-1);
    await until(() => (last()?.frames ?? 0) > 10);
    at.bench.setPoint(90);
    await until(() => last()?.rules[0]?.state === 'ACTIVE');
    at.bench.setPoint(20);
    await until(() => (last()?.recent ?? []).some(({ rule, kind }) => rule === 0 && kind === 'OFF'));
    await at.fault(1, { kind: 'powerOff' });
    await at.fault(1, { kind: 'powerOn' });
    const frames = last()?.frames ?? 0;
    await until(() => (last()?.frames ?? 0) > frames + 5);
    stop.abort();
    await running;
    expect(facts).toMatchObject([
      {
        type: 'seen',
        run: {
          origin: 'live',
          data: null,
          revision: compiled.revision,
          normal: false,
          rules: [
            { alarms: 1, saw: true },
            // Cold after the restart, it fires again.
            { alarms: 2, saw: true },
          ],
        },
      },
    ]);
    expect(at.held(1, 'rules.json')).toBe(before);
    await close();
  });
});
