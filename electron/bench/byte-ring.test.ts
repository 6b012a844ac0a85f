import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ByteRing } from './byte-ring.ts';

const size = 8;

function newRing(start = 0): ByteRing {
  const words = new Int32Array(new SharedArrayBuffer(8));
  words.fill(start);
  return new ByteRing(words, 0, 1, new Uint8Array(new SharedArrayBuffer(size)));
}

it('is a queue of bounded length, also where its counters wrap', () => {
  const step = fc.oneof(
    fc.record({ write: fc.uint8Array({ maxLength: 12 }) }),
    fc.record({ read: fc.integer({ min: 0, max: 12 }) }),
  );
  fc.assert(
    fc.property(fc.array(step), fc.constantFrom(0, 0x7ffffffc, -3), (steps, start) => {
      const ring = newRing(start);
      const model: number[] = [];
      for (const one of steps) {
        if ('write' in one) {
          const room = size - model.length;
          expect(ring.write(one.write)).toBe(Math.min(room, one.write.length));
          model.push(...one.write.subarray(0, room));
        } else expect([...ring.read(one.read)]).toEqual(model.splice(0, one.read));
        expect(ring.length).toBe(model.length);
        expect(ring.lengthThrough(3)).toBe(model.indexOf(3) + 1);
      }
    }),
  );
});
