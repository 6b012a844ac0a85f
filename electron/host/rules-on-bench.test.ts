import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Channel, channelPair } from '../../shared/contract/channel.ts';
import { failureTable } from '../../shared/contract/failure.ts';
import { AuthorRules, type ValidateIntent, type ValidateState } from '../../shared/contract/validate.ts';
import { BenchHost } from './bench-host.fixture.ts';
import { demand } from './workplace.fixture.ts';

let at: BenchHost;
beforeAll(async () => {
  at = await BenchHost.start(4000);
  await at.commission();
}, 120_000);
afterAll(() => at.close());

const rulesOf = (above: string) =>
  AuthorRules.parse([
    { id: 'hot', when: { sensor: 't1', above, deadband: '1' }, clearAfter: '200ms' },
    { id: 'never', when: { sensor: 't1', above: '115', deadband: '1' } },
  ]);
const written = (above: string): ValidateIntent => ({ type: 'rules', rules: rulesOf(above) });
const push = { type: 'push' } as const;
const prove: ValidateIntent = { type: 'prove', referencePort: null, setPoints: [], timeoutSeconds: 600 };
const shadow: ValidateIntent = { type: 'shadow', normal: false, faults: [] };
const rulesFile = (): string => at.held('plumbline/rules.json');

async function ruled(above: string): Promise<string> {
  const id = await at.open();
  demand(await at.act(id, written(above)));
  return id;
}

describe('a unit with other software', { timeout: 120_000 }, () => {
  it('decides by another engine, or does not say by which: nothing is written, and it says what to do', async () => {
    const first = await ruled('60');
    demand(await at.act(first, push));
    const before = rulesFile();
    for (const [old, changed, unit] of [
      ["'eng': ENGINE,", "'eng': 2,", 2],
      ["'eng': ENGINE,", '', '?'],
    ] as const) {
      await at.commission({ module: 'verbs', old, changed });
      // What passed its self-test was other software.
      expect((await at.act(first, prove)).failure).toMatchObject({
        code: 'STEP_BLOCKED',
        params: { detail: expect.stringContaining('other software') },
      });
      const state = await at.act(await ruled('61'), push);
      expect(state).toMatchObject({ step: 'try', written: null, selfTest: null });
      expect(state.failure).toMatchObject({
        code: 'ENGINE_DIFFERS',
        deviceState: 'unchanged',
        params: { unit, app: 1 },
        next: failureTable.ENGINE_DIFFERS.next,
      });
      expect(rulesFile()).toBe(before);
    }
  });

  it('decides wrongly: the self-test tells, no proof begins, and with the right software it passes', async () => {
    await at.commission({
      module: 'machine',
      old: 't - self.since >= self.off',
      changed: 't - self.since >= self.off - 1',
    });
    const id = await ruled('62');
    const wrong = await at.act(id, push);
    expect(wrong.failure).toMatchObject({
      code: 'SELF_TEST_FAILED',
      deviceState: 'rules-untested',
      params: { vectors: 200 },
    });
    expect(wrong.selfTest).toMatchObject({ vectors: 200, revision: wrong.compiled?.revision });
    expect(wrong.selfTest?.found).toMatch(/^[0-9a-f]{64}$/);
    expect(wrong.selfTest?.found).not.toBe(wrong.selfTest?.expected);
    expect(wrong.step).toBe('try');
    await expect(at.begin(id, prove)).rejects.toMatchObject({
      code: 'STEP_BLOCKED',
      params: { detail: 'self test first' },
    });
    await at.commission();
    await expect(at.begin(id, prove)).rejects.toMatchObject({ code: 'STEP_BLOCKED' });
    const right = demand(await at.act(id, push));
    expect(right.step).toBe('prove');
    expect(right.selfTest?.found).toBe(wrong.selfTest?.expected);
    expect(right.written?.readBack).toBe(right.compiled?.sha256);
  });
});

describe('a unit that goes away in its self-test', { timeout: 120_000 }, () => {
  /** Does something once, in the middle of the vectors. */
  function inTheMiddle(id: string, then: () => void): void {
    const off = at.host.on('task.progress', ({ wizard, key, done }) => {
      if (wizard !== id || key !== 'selfTesting' || done < 50) return;
      off();
      then();
    });
  }
  const fault = (kind: 'powerOff' | 'powerOn' | 'pullCable' | 'plugIn'): Promise<unknown> =>
    at.host.call('bench.fault', { board: 1, fault: { kind } });

  it.each([
    ['powerOff', 'powerOn'],
    ['pullCable', 'plugIn'],
  ] as const)('by %s comes back, and the test goes on by itself', async (away, back) => {
    const id = await ruled(away === 'powerOff' ? '63' : '64');
    inTheMiddle(id, () => void fault(away).then(() => fault(back)));
    const done = demand(await at.act(id, push));
    expect(done.step).toBe('prove');
    expect(done.selfTest?.found).toBe(done.selfTest?.expected);
    expect(rulesFile()).toBe(done.compiled?.text);
  });

  it('and stays away: it is said that the new rules run there and were not tested', async () => {
    const id = await ruled('65');
    inTheMiddle(id, () => void fault('pullCable'));
    const lost = await at.act(id, push);
    expect(lost).toMatchObject({
      selfTest: null,
      failure: { code: 'PORT_LOST', deviceState: 'rules-untested' },
    });
    expect(rulesFile()).toBe(lost.compiled?.text);
    await fault('plugIn');
    demand(await at.act(id, push));
  });

  it('because somebody stops it: the same is said', async () => {
    const id = await ruled('66');
    inTheMiddle(id, () => void at.begin(id, { type: 'stop' }));
    const { failure, selfTest } = await at.act(id, push);
    expect(failure).toMatchObject({ code: 'CANCELLED', deviceState: 'rules-untested' });
    expect(selfTest).toBeNull();
    demand(await at.act(id, push));
  });
});

/** A page of its own over the host's contract. */
class Page {
  readonly #channel: Channel;
  readonly #waiting = new Map<number, (answer: Answer) => void>();
  #last = 0;

  constructor() {
    const [page, end] = channelPair();
    this.#channel = page;
    at.host.connect(end);
    page.onMessage((data) => {
      if (typeof data !== 'string') return;
      const answer = JSON.parse(data) as Answer & { id?: number };
      if (answer.id !== undefined) this.#waiting.get(answer.id)?.(answer);
    });
  }

  act(id: string, intent: ValidateIntent): Promise<Answer> {
    this.#last += 1;
    const params = { id, action: { kind: 'validate', intent } };
    this.#channel.post(JSON.stringify({ id: this.#last, method: 'wizard.act', params }));
    return new Promise((resolve) => this.#waiting.set(this.#last, resolve));
  }

  close(): void {
    this.#channel.close();
  }
}
type Answer = { result?: ValidateState; failure?: { code: string; params: { detail?: string } } };

describe('two pages, and rules that are edited while they run', { timeout: 120_000 }, () => {
  let pages: [Page, Page];
  beforeAll(() => {
    pages = [new Page(), new Page()];
  });
  afterAll(() => {
    for (const page of pages) page.close();
  });
  const busy = { failure: { code: 'STEP_BLOCKED', params: { detail: 'busy' } } };

  it('of two pushes at once one is taken', async () => {
    const id = await ruled('67');
    const answers = await Promise.all(pages.map((page) => page.act(id, push)));
    expect(answers.filter(({ result }) => result)).toHaveLength(1);
    expect(answers.find(({ failure }) => failure)).toMatchObject(busy);
    expect(demand(await at.settled(id))).toMatchObject({ step: 'prove', tasksStarted: 2 });
  });

  it.each([
    ['the proof', prove],
    ['the shadow', shadow],
  ] as const)('while %s runs nothing of them changes; after it was stopped it does', async (_, running) => {
    const id = await ruled('20');
    const { rules, compiled, quietSeconds, tasksStarted: before } = demand(await at.act(id, push));
    const tasksStarted = before + 1;
    await at.host.call('bench.setPoint', { celsius: 15 });
    const [first, second] = pages;
    await first.act(id, running);
    const quiet = { type: 'quiet', seconds: quietSeconds + 1 } as const;
    for (const intent of [written('70'), push, quiet, prove])
      expect(await second.act(id, intent), intent.type).toMatchObject(busy);
    await at.host.call('bench.setPoint', { celsius: 50 });
    await seenToFire(id);
    const now = (await at.host.call('wizard.get', { id })) as ValidateState;
    expect(now).toMatchObject({ rules, compiled, quietSeconds, tasksStarted });
    await second.act(id, { type: 'stop' });
    const stopped = await at.settled(id);
    expect(stopped.compiled).toEqual(compiled);
    if (running === prove) expect(stopped.evidence[0]?.fired).not.toBeNull();
    else expect(stopped.runs).toMatchObject([{ origin: 'live', rules: [{ alarms: 1 }, { alarms: 0 }] }]);
    expect((await first.act(id, quiet)).result).toMatchObject({ quietSeconds: quiet.seconds });
    await second.act(id, written('70'));
    const edited = demand(await at.settled(id));
    expect(edited).toMatchObject({ written: null, selfTest: null, verdict: null, runs: [], decisions: [] });
    expect(edited.evidence.every(({ fired, cleared }) => fired === null && cleared === null)).toBe(true);
    expect((await first.act(id, prove)).failure).toMatchObject({ code: 'STEP_BLOCKED' });
  });

  /** In what the proof has entered, or in what the shadow tells. */
  async function seenToFire(id: string): Promise<void> {
    let fires = 0;
    const off = at.host.on('lab.shadow', ({ rules }) => {
      fires = rules[0]?.fires ?? 0;
    });
    const isSeen = async (): Promise<boolean> => {
      const { evidence } = (await at.host.call('wizard.get', { id })) as ValidateState;
      return fires > 0 || Boolean(evidence[0]?.fired);
    };
    await expect.poll(isSeen, { timeout: 30_000 }).toBe(true);
    off();
  }
});
