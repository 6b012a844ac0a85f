import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type ConnectionSettings, noConnection } from '../../shared/contract/connection.ts';
import type { ProvisionState, PushJournal } from '../../shared/contract/provision.ts';
import { connectIntent, demand, describeIntent, resources, type Workplace } from './workplace.fixture.ts';
import { commissionedWorkplaces } from './workplace-steps.fixture.ts';

const workplace = commissionedWorkplaces();

const onBroker = (login: 'certificate' | 'anonymous'): ConnectionSettings => ({
  ...noConnection,
  network: { kind: 'ethernet', address: { kind: 'dhcp' } },
  broker: {
    host: 'bench:broker',
    port: login === 'certificate' ? 8883 : 1883,
    tls: login === 'certificate' ? { authority: null, name: null } : null,
    login: { kind: login },
    watcher: null,
    topic: 'plumbline',
    keepAliveSeconds: 15,
  },
});

/** A plan for board 1 under this tag. */
async function planned(at: Workplace, tag: string, connection = noConnection): Promise<string> {
  const id = await at.identified(1);
  const settings = { ...describeIntent.settings, tag };
  demand(await at.act(id, 'provision', { ...describeIntent, settings }));
  demand(await at.act(id, 'provision', { type: 'connect', connection }));
  return id;
}
const push = (at: Workplace, id: string): Promise<ProvisionState> =>
  at.act(id, 'provision', { type: 'push' });
const tagOn = (at: Workplace): string => (JSON.parse(at.held(1, 'config.json')) as { tag: string }).tag;

/** Stops the push as soon as this stage is written down. */
async function stoppedAt(at: Workplace, id: string, stage: PushJournal['stage']): Promise<ProvisionState> {
  at.onChange = (state) => {
    if (state.kind !== 'provision' || state.journal?.stage !== stage || !state.task) return;
    at.onChange = () => {};
    at.begin(id, 'provision', { type: 'stop' });
  };
  return push(at, id);
}

describe('a push that is stopped', () => {
  it.each<[PushJournal['stage'], string[]]>([
    ['staging', ['unchanged', 'staged']],
    ['flipping', ['staged', 'indeterminate']],
    ['restarting', ['indeterminate']],
  ])('at %s goes on with the next one, which says so', async (stage, states) => {
    const at = await workplace(1);
    const id = await planned(at, 'TT-NEW');
    const { failure, journal } = await stoppedAt(at, id, stage);
    expect(failure?.code).toBe('CANCELLED');
    expect(states).toContain(failure?.deviceState);
    expect(journal?.stage).not.toBe('confirmed');
    const again = demand(await push(at, id));
    expect(again.recovery?.how).toMatch(/^(resumed|completed)$/);
    expect(again.journal?.stage).toBe('confirmed');
    expect(tagOn(at)).toBe('TT-NEW');
    if (stage === 'restarting') expect(again.pushed?.every(({ sent }) => !sent)).toBe(true);
  });

  it('after the flip, and something else is wanted: what ran before comes back first', async () => {
    const at = await workplace(1);
    const first = await planned(at, 'TT-CUT');
    await stoppedAt(at, first, 'restarting');
    const second = await planned(at, 'TT-OTHER');
    const done = demand(await push(at, second));
    expect(done.recovery).toMatchObject({ how: 'rolled-back' });
    expect(tagOn(at)).toBe('TT-OTHER');
    // The one before the cut push is what there is to go back to.
    demand(await at.act(second, 'provision', { type: 'rollBack' }));
    expect(tagOn(at)).toBe('TT-1');
  });
});

it('a push that was cut, and another version of the app goes on: it does not start what it cannot prove', async () => {
  const at = await workplace(1);
  await stoppedAt(at, await planned(at, 'TT-CUT'), 'restarting');
  otherSoftware(at, (agent) => appendFileSync(join(agent, '..', '..', 'main.py'), '# newer\n'));
  const done = demand(await push(at, await planned(at, 'TT-CUT')));
  expect(done).toMatchObject({ recovery: { how: 'rolled-back' }, journal: { stage: 'confirmed' } });
  expect(at.file(1, 'main.py')).toContain('# newer');
});

describe('what was pushed', () => {
  it('can be taken back, and pushed again', async () => {
    const at = await workplace(1);
    const id = await planned(at, 'TT-NEW');
    demand(await push(at, id));
    const back = demand(await at.act(id, 'provision', { type: 'rollBack' }));
    expect(back).toMatchObject({ journal: { stage: 'rolled-back' }, proof: null });
    expect(tagOn(at)).toBe('TT-1');
    expect(() => at.begin(id, 'provision', { type: 'finish' })).toThrow(/prove first/);
    expect(demand(await push(at, id)).recovery).toBeNull();
    expect(tagOn(at)).toBe('TT-NEW');
  });

  it('is not what was shown any more where somebody else changed the unit', async () => {
    const at = await workplace(1);
    const id = await planned(at, 'TT-NEW');
    const link = await at.connections.agent('bench:1', at.unit(1), new AbortController().signal);
    await link.put('calibration', Buffer.from('{"v":1,"version":9,"channels":{"t1":[1,2,3]}}'));
    const { failure } = await push(at, id);
    expect(failure).toMatchObject({ code: 'STEP_BLOCKED', deviceState: 'unchanged' });
    expect(failure?.what).toContain('calibration.json');
    expect(tagOn(at)).toBe('TT-1');
  });

  it('leaves as found what was left out', async () => {
    const at = await workplace(1);
    const id = await planned(at, 'TT-NEW');
    const lines = ['config.json:/tag'];
    const left = demand(await at.act(id, 'provision', { type: 'leaveOut', lines }));
    expect(left.difference?.find((line) => line.id === lines[0])).toMatchObject({
      asFound: '"TT-1"',
      toBe: '"TT-NEW"',
    });
    const version = await at.act(id, 'provision', { type: 'leaveOut', lines: ['config.json:/version'] });
    expect(version).toMatchObject({ failure: { code: 'STEP_BLOCKED' }, plan: null });
    demand(await at.act(id, 'provision', { type: 'leaveOut', lines }));
    demand(await push(at, id));
    expect(tagOn(at)).toBe('TT-1');
  });
});

/** A copy of the software with a change in one of its files. */
function otherSoftware(at: Workplace, change: (agent: string) => void): void {
  const folder = mkdtempSync(join(tmpdir(), 'plumb-software-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  cpSync(resources, folder, { recursive: true });
  change(join(folder, 'agent', 'plumbline', 'verbs.py'));
  at.provisioning.resources = folder;
}

describe('software that does not prove itself', () => {
  it.each<[string, (agent: string) => void]>([
    ['does not start', (agent) => appendFileSync(agent, '\nraise ValueError("broken")\n')],
    [
      'fails its self-test',
      (agent) => {
        const text = readFileSync(agent, 'utf8');
        const changed = text.replace('checks = []', "checks = [['memory', False, 'worn out']]");
        expect(changed).not.toBe(text);
        writeFileSync(agent, changed);
      },
    ],
  ])(
    'because it %s is taken back',
    async (_, change) => {
      const at = await workplace(1);
      otherSoftware(at, change);
      const id = await planned(at, 'TT-NEW');
      const { failure, journal } = await push(at, id);
      expect(failure).toMatchObject({ code: 'NOT_CONFIRMED', deviceState: 'old-still-runs' });
      expect(journal?.stage).toBe('rolled-back');
      expect(tagOn(at)).toBe('TT-1');
      at.provisioning.resources = resources;
      const again = await planned(at, 'TT-NEW');
      expect(demand(await push(at, again)).recovery).toBeNull();
      expect(tagOn(at)).toBe('TT-NEW');
    },
    60_000,
  );
});

describe('the credential of a unit', () => {
  it('is kept when the unit is pushed again, and the unit is seen at the broker', async () => {
    const at = await workplace(1);
    const { broker, ...rest } = onBroker('certificate');
    if (!broker) throw new Error('no broker');
    // The request of the proof is signed, so the unit's key for commands is proved with it.
    const commandsKey = await at.provisioning.vault.put('commands', 'the key of the project');
    const commands = { kind: 'signed', key: commandsKey } as const;
    const connection = { ...rest, broker: { ...broker, commands } };
    const first = demand(await push(at, await planned(at, 'TT-A', connection)));
    expect(first.credential).toMatchObject({ kind: 'certificate', subject: at.unit(1), keyMadeOn: 'unit' });
    const id = await planned(at, 'TT-B', connection);
    const second = demand(await push(at, id));
    expect(second.credential?.fingerprint).toBe(first.credential?.fingerprint);
    const proved = demand(await at.act(id, 'provision', { type: 'proveBroker' }));
    expect(proved.sights.map(({ what }) => what)).toEqual(['birth', 'data', 'answer', 'will', 'return']);
    expect(proved.brokerProved).toBe(true);
    const key = at.file(1, `${at.slot(1)}/key.pem`);
    expect(key).toContain('PRIVATE KEY');
    expect(JSON.parse(at.file(1, `${at.slot(1)}/config.json`))).toMatchObject({
      mqtt: { commands: 'signed' },
    });
    const { command } = JSON.parse(at.file(1, `${at.slot(1)}/secret.json`)) as { command: string };
    expect(command).toMatch(/^[0-9a-f]{64}$/);
    // Its number: only what was signed leaves one.
    expect(at.file(1, '/plumbline/command.1')).toMatch(/^1 \d+\*/);
    const recorded = [...at.store.events()].map(({ body }) => JSON.stringify(body)).join('\n');
    for (const line of key.split('\n').slice(1, -2)) expect(recorded).not.toContain(line);
    expect(recorded).not.toContain(command);
  }, 60_000);

  it('that names a secret which is not there: nothing is written, nothing is even planned', async () => {
    const at = await workplace(1);
    const { broker } = onBroker('anonymous');
    if (!broker) throw new Error('no broker');
    const password = 'env:PLUMB_TEST_NOT_THERE' as const;
    const login = { kind: 'password', username: '{unit}', password } as const;
    const id = await at.identified(1);
    demand(await at.act(id, 'provision', describeIntent));
    const connection = { ...connectIntent.connection, broker: { ...broker, login } };
    const { failure, plan } = await at.act(id, 'provision', { type: 'connect', connection });
    expect(failure).toMatchObject({ code: 'SECRET_UNKNOWN', deviceState: 'unchanged' });
    expect(plan).toBeNull();
  });
});
