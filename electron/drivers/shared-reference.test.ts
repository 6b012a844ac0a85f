import { describe, expect, it } from 'vitest';
import { Failure } from '../../shared/contract/failure.ts';
import type { ReferenceSession } from './driver.ts';
import { SharedReference, SharedReferences } from './shared-reference.ts';

/** A bath that notes what it is told, and readings that come when the test lets them. */
function bath(): { session: ReferenceSession; driven: string[]; reads: PromiseWithResolvers<string>[] } {
  const driven: string[] = [];
  const reads: PromiseWithResolvers<string>[] = [];
  const session: ReferenceSession = {
    port: 'bath',
    closed: new Promise(() => undefined),
    identify: () => Promise.reject(new Error('not asked here')),
    read: async () => {
      const reading = Promise.withResolvers<string>();
      reads.push(reading);
      return { value: await reading.promise, at: reads.length };
    },
    setPoint: async (value) => {
      if (value === '999') throw new Failure('REFERENCE_UNREADABLE', { port: 'bath', detail: 'too hot' });
      driven.push(value);
    },
    close: () => Promise.resolve(),
  };
  return { session, driven, reads };
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('a reference that several units share', () => {
  it('moves on only when nobody works at the present set point any more', async () => {
    const { session, driven } = bath();
    const shared = new SharedReference('bath', async () => session);
    const [a, b] = [shared.join(), shared.join()];
    const first = a.setPoint('0');
    await turn();
    expect(driven).toEqual([]);
    await Promise.all([first, b.setPoint('0.0')]);
    expect(driven).toEqual(['0']);
    void a.setPoint('50');
    await turn();
    expect(driven).toEqual(['0']);
    await b.leave();
    await turn();
    expect(driven).toEqual(['0', '50']);
  });

  it('serves the longest wait first where units want different set points', async () => {
    const { session, driven } = bath();
    const shared = new SharedReference('bath', async () => session);
    const [a, b, c] = [shared.join(), shared.join(), shared.join()];
    const served: string[] = [];
    void b.setPoint('20').then(() => served.push('b'));
    void a.setPoint('10').then(() => served.push('a'));
    void c.setPoint('20').then(() => served.push('c'));
    await turn();
    expect({ driven, served }).toEqual({ driven: ['20'], served: ['b', 'c'] });
    await b.leave();
    await c.leave();
    await turn();
    expect({ driven, served }).toEqual({ driven: ['20', '10'], served: ['b', 'c', 'a'] });
  });

  it('serves first what most of them wait for: one who lags behind holds nobody up', async () => {
    const { session, driven } = bath();
    const shared = new SharedReference('bath', async () => session);
    const [late, b, c] = [shared.join(), shared.join(), shared.join()];
    const served: string[] = [];
    void late.setPoint('10').then(() => served.push('late'));
    void b.setPoint('20').then(() => served.push('b'));
    void c.setPoint('20').then(() => served.push('c'));
    await turn();
    expect({ driven, served }).toEqual({ driven: ['20'], served: ['b', 'c'] });
  });

  it('goes on without a unit that is away; back in time it joins the others where they are', async () => {
    const { session, driven } = bath();
    const shared = new SharedReference('bath', async () => session);
    const [a, b] = [shared.join(), shared.join()];
    await Promise.all([a.setPoint('0'), b.setPoint('0')]);
    void a.setPoint('50');
    await turn();
    expect(driven).toEqual(['0']);
    b.stepAside();
    await turn();
    expect(driven).toEqual(['0', '50']);
    await b.setPoint('50.0');
    expect(driven).toEqual(['0', '50']);
    void a.setPoint('60');
    await turn();
    expect(driven).toEqual(['0', '50']);
    await b.leave();
    await turn();
    expect(driven).toEqual(['0', '50', '60']);
  });

  it('waits only so long for units that have not come to it yet', async () => {
    const { session, driven } = bath();
    const shared = new SharedReference('bath', async () => session, { patienceMs: 1 });
    const [a] = [shared.join(), shared.join()];
    await a.setPoint('5');
    expect(driven).toEqual(['5']);
  });

  it('is not driven any more once all is stopped', async () => {
    const { session, driven } = bath();
    const stop = new AbortController();
    const shared = new SharedReference('bath', async () => session, { signal: stop.signal });
    const [a, b] = [shared.join(), shared.join()];
    const waiting = expect(a.setPoint('5')).rejects.toMatchObject({ code: 'CANCELLED' });
    stop.abort();
    await waiting;
    await b.leave();
    await expect(a.setPoint('5')).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(driven).toEqual([]);
  });

  it('tells those who wanted it when it cannot be driven there, and goes on for the others', async () => {
    const { session, driven } = bath();
    const shared = new SharedReference('bath', async () => session);
    const [a, b] = [shared.join(), shared.join()];
    const refused = expect(a.setPoint('999')).rejects.toMatchObject({ code: 'REFERENCE_UNREADABLE' });
    const other = b.setPoint('5');
    await refused;
    await turn();
    expect(driven).toEqual([]);
    await a.leave();
    await other;
    expect(driven).toEqual(['5']);
  });

  it('ends the wait of a unit that leaves', async () => {
    const shared = new SharedReference('bath', async () => bath().session);
    const [a] = [shared.join(), shared.join()];
    const waiting = expect(a.setPoint('1')).rejects.toMatchObject({ code: 'CANCELLED' });
    await a.leave();
    await waiting;
    await expect(a.setPoint('1')).rejects.toMatchObject({ code: 'INTERNAL' });
  });

  it('shares a reading among those who asked before it was taken, and never an older one', async () => {
    const { session, reads } = bath();
    const shared = new SharedReference('bath', async () => session);
    const [a, b, c] = [shared.join(), shared.join(), shared.join()];
    const firsts = [a.read(), b.read()];
    await turn();
    const later = c.read();
    await turn();
    expect(reads).toHaveLength(1);
    reads[0]?.resolve('1.0');
    await expect(Promise.all(firsts)).resolves.toEqual([
      { value: '1.0', at: 1 },
      { value: '1.0', at: 1 },
    ]);
    await turn();
    reads[1]?.resolve('2.0');
    await expect(later).resolves.toEqual({ value: '2.0', at: 2 });
  });
});

describe('places at a reference', () => {
  it('are used by the units that have one; others drive the reference by themselves', async () => {
    const { session, driven } = bath();
    const references = new SharedReferences(async () => session);
    const { signal } = new AbortController();
    const places = references.join('bath', ['a', 'b'], signal);
    expect([references.has('a', 'bath'), references.has('a', 'other'), references.has('c', 'bath')]).toEqual([
      true,
      false,
      false,
    ]);
    const waiting = (await references.for('a', 'bath', signal)).setPoint('7');
    await (await references.for('c', 'bath', signal)).setPoint('1');
    expect(driven).toEqual(['1']);
    await places.get('b')?.();
    await waiting;
    expect(driven).toEqual(['1', '7']);
    expect(references.has('b', 'bath')).toBe(false);
  });
});
