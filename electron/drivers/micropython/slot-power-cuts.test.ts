import { afterEach, describe, expect, test } from 'vitest';
import { Failure } from '../../../shared/contract/failure.ts';
import type { SlotImage } from '../driver.ts';
import { agentImage, configText, file, OneUnit } from './agent-image.fixture.ts';

/** Cuts of the power at any place, on boards with real MicroPython; PLUMBLINE_FULL=1 makes 200 a file system. */
const full = process.env.PLUMBLINE_FULL === '1';
const cuts = full ? { bytes: 200, changes: 200, config: 12 } : { bytes: 3, changes: 3, config: 8 };
const minutes = full ? 60 : 5;
const fileSystems = ['littlefs', 'fat'] as const;
/** So that a dead line is found soon; the board itself is given its time. */
const impatient = { enterMs: 600, execMs: 1500, replyMs: 500, bannerMs: 300, pollMs: 100, requestMs: 500 };

let unit: OneUnit;
afterEach(() => unit.close());

/** Whole numbers that look drawn by chance, the same in every run (mulberry32). */
function drawn(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

const failureOf = async (work: Promise<unknown>): Promise<Failure | null> =>
  work.then(
    () => null,
    (thrown: unknown) => {
      if (thrown instanceof Failure) return thrown;
      throw thrown;
    },
  );

/** The program that starts a slot, with other bytes. */
const another = ({ trampoline }: SlotImage): string =>
  `${Buffer.from(trampoline.bytes).toString()}# another\n`;

/** The trampoline is another one too, every second time: its replacement is cut as well. */
function image(index: number): SlotImage {
  const made = agentImage(`CUT-${index}`);
  if (index % 2 === 0) return made;
  return { ...made, trampoline: file('/main.py', another(made)) };
}

/** Cuts the power somewhere in a push of other software over the one that runs; then the push is made again. */
async function cutPushes(
  count: number,
  place: (draw: (below: number) => number) => Parameters<OneUnit['fault']>[0],
) {
  const { expected } = unit;
  const draw = drawn(7);
  const seen = { states: new Set<string>(), runs: new Set<string>(), falselyDone: 0 };
  let old = image(0);
  await unit.commission(old);
  for (let index = 1; index <= count; index += 1) {
    const next = image(index);
    const session = await unit.session(impatient);
    // As after the start of a unit that a person has just plugged in.
    await session.software({ expected });
    await unit.fault(place(draw));
    const failure = await failureOf(session.push(next, { expected }));
    await unit.cyclePower();
    const running = await unit.running();
    expect([old.manifest.sha256, next.manifest.sha256]).toContain(running);
    seen.states.add(failure?.deviceState ?? 'done');
    seen.runs.add(running === old.manifest.sha256 ? 'old' : 'new');
    if (failure === null && running !== next.manifest.sha256) seen.falselyDone += 1;
    if (failure !== null && failure.deviceState !== 'indeterminate')
      expect(running).toBe(old.manifest.sha256);
    const again = await unit.session();
    await again.push(next, { expected });
    expect((await again.restart({ expected })).manifest).toBe(next.manifest.sha256);
    await (await again.attach({ expected })).confirm(next.manifest.sha256);
    old = next;
  }
  return seen;
}

describe.each(fileSystems)('power that is cut in a push, on %s', (fileSystem) => {
  test(
    'at any byte: the old or the new software runs, and a second push completes',
    async () => {
      unit = await OneUnit.start({ fileSystem });
      const seen = await cutPushes(cuts.bytes, (draw) => ({ kind: 'cutPowerAtByte', n: 1 + draw(17_000) }));
      expect(seen.falselyDone).toBe(0);
      expect([...seen.states]).toEqual(expect.arrayContaining(['staged']));
    },
    minutes * 60_000,
  );

  test(
    'between any two changes of files: the old or the new software runs, and a second push completes',
    async () => {
      unit = await OneUnit.start({ fileSystem });
      const seen = await cutPushes(cuts.changes, (draw) => ({
        kind: 'cutPowerAtChange',
        n: 1 + draw(fileSystem === 'fat' ? 42 : 30),
      }));
      expect(seen.falselyDone).toBe(0);
      expect([...seen.states]).toEqual(expect.arrayContaining(['staged']));
    },
    minutes * 60_000,
  );
});

describe.each(fileSystems)('power that is cut, on %s', (fileSystem) => {
  test(
    'while the agent replaces its configuration: the old one or the new one is in force',
    async () => {
      unit = await OneUnit.start({ fileSystem });
      const { expected } = unit;
      await unit.commission(agentImage('PUT-0'));
      const tags = new Set<string>();
      for (let n = 1; n <= cuts.config; n += 1) {
        const link = await (await unit.session({ requestMs: 600 })).attach({ expected });
        const { tag } = await link.hello();
        await unit.fault({ kind: 'cutPowerAtChange', n });
        const failure = await failureOf(link.put('config', Buffer.from(configText(`PUT-${n}`))));
        await unit.cyclePower();
        const now = await (await (await unit.session()).attach({ expected })).hello();
        expect(now.slot).toBe('a');
        tags.add(now.tag === tag ? 'old' : 'new');
        expect([tag, `PUT-${n}`]).toContain(now.tag);
        if (failure === null) expect(now.tag).toBe(`PUT-${n}`);
      }
      expect([...tags].sort()).toEqual(['new', 'old']);
    },
    minutes * 60_000,
  );

  test(
    'while the program that starts a slot is replaced: there is always one that does',
    async () => {
      unit = await OneUnit.start({ fileSystem });
      const { expected } = unit;
      const first = image(0);
      const second = { ...first, trampoline: file('/main.py', another(first)) };
      await unit.commission(first);
      const states: (string | null)[] = [];
      for (let n = 1; n <= 10; n += 1) {
        const session = await unit.session(impatient);
        await unit.fault({ kind: 'cutPowerAtChange', n });
        const failure = await failureOf(session.push(n % 2 === 1 ? second : first, { expected }));
        states.push(failure?.deviceState ?? null);
        await unit.cyclePower();
        expect(await unit.running()).toBe(first.manifest.sha256);
        await (await unit.session()).push(n % 2 === 1 ? second : first, { expected });
      }
      expect(states.slice(0, 3)).not.toContain(null);
      expect(states.at(-1)).toBeNull();
    },
    minutes * 60_000,
  );

  test('in every change that a start on trial makes: it comes to rest on sound software', async () => {
    unit = await OneUnit.start({ fileSystem });
    const { expected } = unit;
    const [old, next] = [agentImage('OLD'), agentImage('NEW')];
    await unit.commission(old);
    await (await unit.session()).push(next, { expected });
    for (let n = 1; n <= 6; n += 1) {
      await unit.fault({ kind: 'powerOff' });
      await unit.fault({ kind: 'cutPowerAtChange', n: 1 + (n % 4) });
      await unit.fault({ kind: 'powerOn' });
      await new Promise((resolve) => setTimeout(resolve, 300));
    }
    const seen: (string | null)[] = [];
    for (let start = 0; start < 4; start += 1) {
      await unit.cyclePower();
      seen.push(await unit.running());
    }
    expect([old.manifest.sha256, next.manifest.sha256]).toEqual(expect.arrayContaining([...new Set(seen)]));
    // Its starts are used up: each was counted before anything of it ran.
    expect(seen.at(-1)).toBe(old.manifest.sha256);
  });
});
