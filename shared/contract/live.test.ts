import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeLiveBlock, encodeLiveBlock } from './live.ts';

const block = fc
  .record({ columns: fc.integer({ min: 1, max: 8 }), samples: fc.integer({ min: 0, max: 50 }) })
  .chain(({ columns, samples }) =>
    fc.record({
      stream: fc.nat({ max: 2 ** 32 - 1 }),
      firstSeq: fc.nat({ max: 2 ** 32 - 1 }),
      gap: fc.boolean(),
      columns: fc.array(fc.array(fc.double(), { minLength: samples, maxLength: samples }), {
        minLength: columns,
        maxLength: columns,
      }),
    }),
  )
  .map((given) => ({ ...given, columns: given.columns.map((column) => Float64Array.from(column)) }));

describe('live block', () => {
  it('comes out as it went in, also from the middle of a larger buffer', () => {
    fc.assert(
      fc.property(block, fc.integer({ min: 0, max: 9 }), (given, before) => {
        const bytes = encodeLiveBlock(given);
        const larger = new Uint8Array(bytes.length + before + 3);
        larger.set(bytes, before);
        expect(decodeLiveBlock(larger.subarray(before, before + bytes.length))).toEqual(given);
      }),
    );
  });

  it('refuses bytes whose header does not account for every one of them', () => {
    const bytes = encodeLiveBlock({ stream: 1, firstSeq: 1, gap: false, columns: [Float64Array.of(1, 2)] });
    expect(decodeLiveBlock(bytes.subarray(0, bytes.length - 1))).toBeNull();
    expect(decodeLiveBlock(new Uint8Array([...bytes, 0]))).toBeNull();
    expect(decodeLiveBlock(bytes.subarray(0, 7))).toBeNull();
  });

  it('never throws on whatever arrives', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        decodeLiveBlock(bytes);
      }),
    );
  });
});
