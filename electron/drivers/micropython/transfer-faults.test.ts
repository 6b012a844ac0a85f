import { describe, expect, test } from 'vitest';
import type { Fault } from '../../bench/faults.ts';
import type { Transport } from '../../transport/transport.ts';
import { RawRepl } from './raw-repl.ts';
import { Transfer } from './transfer.ts';
import {
  at,
  doing,
  entered,
  files,
  found,
  foundAtLast,
  onOneUnit,
  outcomeOf,
  send,
  timing,
  wanted,
  withoutPaste,
} from './transfer-unit.fixture.ts';

onOneUnit();

/** Runs a transfer with a fault that strikes when so many bytes have been confirmed. */
async function struck(fault: Fault, atBytes: number): Promise<unknown> {
  const repl = await entered();
  let set: Promise<void> | undefined;
  const outcome = await outcomeOf(
    send(repl, files, {
      onBytes: (done) => {
        if (done >= atBytes) set ??= at.bench.fault(1, fault);
      },
    }),
  );
  await set;
  return outcome;
}

async function cyclePower(): Promise<void> {
  await at.bench.fault(1, { kind: 'powerOff' });
  await at.bench.fault(1, { kind: 'powerOn' });
}

/** Does it at the first call; every call gives the same promise. */
function once(work: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | undefined;
  return () => {
    done ??= work();
    return done;
  };
}

describe('faults', () => {
  test.each(['toBoard', 'toApp'] as const)(
    'a bit flipped %s is healed, wherever it is',
    async (direction) => {
      const last = direction === 'toBoard' ? 14_000 : 900;
      for (let atByte = 1; atByte < last; atByte += direction === 'toBoard' ? 331 : 47) {
        const repl = await entered();
        // The programs go over the at.line anew each time.
        await repl.exec('_pt_v=None', doing);
        await at.bench.fault(1, { kind: 'flipBit', atByte, direction });
        expect(await outcomeOf(send(repl))).toBeUndefined();
        expect(await foundAtLast(files)).toEqual(wanted(files));
      }
    },
    60_000,
  );

  test('a flipped bit in every few blocks, and it still completes', async () => {
    const repl = await entered();
    let blocks = 0;
    const held = await send(repl, files, {
      onBytes: () => {
        blocks += 1;
        if (blocks % 4 === 1)
          void at.bench.fault(1, { kind: 'flipBit', atByte: 90 * blocks, direction: 'toBoard' });
      },
    });
    expect(held).toEqual(wanted(files));
    expect(await found(repl, files)).toEqual(held);
  });

  test.each(['garbage', 'ff', 'silence'] as const)(
    'a unit that babbles %s is a failure, and no hang',
    async (bytes) => {
      expect(await struck({ kind: 'babble', bytes }, 1)).toMatchObject({
        code: expect.stringMatching(/^(NO_REPLY|REPLY_UNREADABLE)$/),
      });
      await at.bench.fault(1, { kind: 'endBabble' });
      expect(await send(await entered())).toEqual(wanted(files));
    },
  );

  test('power lost in the middle is a failure; a wedged unit too', async () => {
    expect(await struck({ kind: 'powerOff' }, 1)).toMatchObject({ code: 'NO_REPLY' });
    await at.bench.fault(1, { kind: 'powerOn' });
    expect(await struck({ kind: 'wedge' }, 1)).toMatchObject({ code: 'NO_REPLY' });
  });

  test('a unit that is reset in the middle is asked who it is and gets the rest', async () => {
    const repl = await entered();
    const reset = once(cyclePower);
    const held = await send(repl, files, { onBytes: () => void reset() });
    await reset();
    expect(held).toEqual(wanted(files));
    expect(await found(repl, files)).toEqual(held);
  });

  test('another unit that answers after a fault is not written to', async () => {
    const repl = await entered();
    const transfer = new Transfer(repl, at.line.port, 'beef0001');
    const reset = once(cyclePower);
    const sending = transfer.send(files, { ...doing, onBytes: () => void reset() });
    await expect(sending).rejects.toMatchObject({ code: 'WRONG_UNIT', params: { found: at.expected } });
    await reset();
  });

  test('the cable pulled is PORT_LOST at once', async () => {
    expect(await struck({ kind: 'pullCable' }, 1)).toMatchObject({ code: 'PORT_LOST' });
  });
});

test('cancelled at any moment it leaves a prompt that works, and nothing that runs', async () => {
  const repl = await entered();
  const writes: (() => void)[] = [];
  const watched: Transport = {
    ...withoutPaste(at.line),
    get isOpen() {
      return at.line.isOpen;
    },
    write: async (bytes, options) => {
      writes.at(-1)?.();
      await at.line.write(bytes, options);
    },
  };
  await at.line.write(Buffer.from('\r\x02'));
  const through = new RawRepl(watched, timing);
  await entered(through);
  let cancelled = 0;
  for (let at = 1; at < 400; at += 3) {
    const stop = new AbortController();
    let count = 0;
    writes.push(() => {
      count += 1;
      if (count === at) stop.abort();
    });
    const outcome = await outcomeOf(send(through, files, { signal: stop.signal }));
    writes.length = 0;
    expect(await through.exec('print("there")', doing)).toBe('there\r\n');
    if (outcome === undefined) break;
    expect(outcome).toMatchObject({ code: 'CANCELLED' });
    cancelled += 1;
  }
  expect(cancelled).toBeGreaterThan(3);
  expect(await send(repl)).toEqual(wanted(files));
}, 30_000);
