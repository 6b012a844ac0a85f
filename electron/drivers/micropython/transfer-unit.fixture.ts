import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { afterEach, beforeEach } from 'vitest';
import { type Bench, startBench } from '../../bench/bench.ts';
import type { Transport } from '../../transport/transport.ts';
import type { UnitFile } from '../driver.ts';
import { RawRepl } from './raw-repl.ts';
import { usualTiming } from './timing.ts';
import { Transfer, type TransferOptions } from './transfer.ts';

/** Tests of the transfer run against real MicroPython: on unit 1 of a new bench each. */
export const at = {} as { bench: Bench; expected: string; line: Transport };
export const timing = {
  ...usualTiming,
  enterMs: 1500,
  interruptMs: 10,
  replyMs: 400,
  execMs: 1500,
  bannerMs: 200,
};
export const doing = { during: 'sending files' };

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
export const file = (path: string, content: string | Uint8Array): UnitFile => {
  const bytes = Buffer.from(content as Uint8Array);
  return { path, bytes, sha256: sha256(bytes) };
};

export const source = Array.from(
  { length: 260 },
  (_, i) => `    value_${i % 17} = reading[${i}] * 3 + offset\n`,
).join('');
export const anyBytes = Buffer.from(
  Array.from({ length: 9000 }, (_, i) => (i * i * 31 + (i >> 3) * 7) & 0xff),
);
export const files = [
  file('/a.py.new', source),
  file('/empty.new', ''),
  file('/controls.new', Buffer.from(Array.from({ length: 600 }, (_, i) => i % 29))),
  file('/one.new', 'x'),
  file('/any.bin.new', anyBytes),
  file('/last.py.new', source.slice(100, 3000)),
];

export function onOneUnit(): void {
  beforeEach(async () => {
    at.bench = await startBench({ boards: 1 });
    at.expected = at.bench.state().boards[0]?.hardwareId ?? '';
    at.line = await at.bench.open('bench:1');
  });
  afterEach(() => at.bench.close());
}

export async function entered(repl = new RawRepl(at.line, timing)): Promise<RawRepl> {
  await repl.enter();
  return repl;
}

export const send = (repl: RawRepl, what = files, options: Partial<TransferOptions> = {}) =>
  new Transfer(repl, at.line.port, at.expected).send(what, { ...doing, ...options });

/** What the unit holds, found by a way of its own: size and hash of each file over plain programs. */
export async function found(repl: RawRepl, what: readonly UnitFile[]): Promise<Map<string, unknown>> {
  const held = new Map<string, unknown>();
  for (const { path } of what) {
    const program = `import hashlib,binascii\nb=open('${path}','rb').read()\nprint(len(b),binascii.hexlify(hashlib.sha256(b).digest()).decode())`;
    const { output } = await repl.run(program, doing);
    const [size, hash] = output.trim().split(' ');
    held.set(path, { sha256: hash, size: Number(size) });
  }
  return held;
}

/** A flip that found nothing to strike yet strikes here: what is no file that was sent is looked at again. */
export async function foundAtLast(what: readonly UnitFile[]): Promise<Map<string, unknown>> {
  const held = await found(await entered(), what).catch(() => null);
  return held && isDeepStrictEqual(held, wanted(what)) ? held : found(await entered(), what);
}

export const wanted = (what: readonly UnitFile[]): Map<string, unknown> =>
  new Map(what.map(({ path, bytes, sha256 }) => [path, { sha256, size: bytes.length }]));

export const outcomeOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => undefined,
    (thrown) => thrown,
  );

/** A line to a unit that does not know raw-paste mode. */
export function withoutPaste(to: Transport): Transport {
  const listeners = new Set<(bytes: Uint8Array) => void>();
  return {
    ...to,
    port: to.port,
    kind: to.kind,
    closed: to.closed,
    isOpen: true,
    close: () => to.close(),
    onData(listener) {
      listeners.add(listener);
      return to.onData(listener);
    },
    async write(bytes, options) {
      if (!Buffer.from(bytes).equals(Buffer.from('\x05A\x01'))) return to.write(bytes, options);
      for (const listener of listeners) listener(Buffer.from('R\x00>'));
    },
  };
}
