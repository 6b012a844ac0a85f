import fc from 'fast-check';
import { expect, it } from 'vitest';
import { PacketWatch } from './packet-watch.ts';

/** A packet as the standard writes it: kind, length in base 128 with the lowest digit first, body. */
function packet(kind: number, length: number): Buffer {
  const digits: number[] = [];
  for (let rest = length; digits.length === 0 || rest > 0; rest = Math.floor(rest / 128)) {
    digits.push((rest % 128) + (rest >= 128 ? 128 : 0));
  }
  return Buffer.concat([Buffer.from([kind, ...digits]), Buffer.alloc(length, 0xff)]);
}

it('lets packets through however they are cut, and stops at the first that is too long', () => {
  const lengths = fc.array(fc.nat(400), { maxLength: 20 });
  fc.assert(
    fc.property(lengths, fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1 }), (all, cuts) => {
      const watch = new PacketWatch(300);
      const bytes = Buffer.concat(all.map((length) => packet(0x30, length)));
      let sound = true;
      for (let at = 0, cut = 0; at < bytes.length && sound; cut += 1) {
        const size = cuts[cut % cuts.length] ?? 1;
        sound = watch.next(bytes.subarray(at, at + size));
        at += size;
      }
      expect(sound).toBe(all.every((length) => length <= 300));
    }),
  );
});

it('stops at a length that no packet can have', () => {
  expect(new PacketWatch(1e9).next(Buffer.from([0x30, 0xff, 0xff, 0xff, 0xff, 0x7f]))).toBe(false);
});
