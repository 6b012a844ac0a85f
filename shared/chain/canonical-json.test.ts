import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonical } from './canonical-json.ts';

// The example of RFC 8785 §3.2.3 (sorting by UTF-16 code units), its float left out.
test('keys are sorted by UTF-16 code units', () => {
  const value = { '€': 1, '\r': 2, '\ufb33': 3, '1': 4, '😀': 5, '\u0080': 6, ö: 7 };
  expect(canonical(value)).toBe('{"\\r":2,"1":4,"\u0080":6,"ö":7,"€":1,"😀":5,"\ufb33":3}');
});

test.each([
  [null, 'null'],
  [[], '[]'],
  [{}, '{}'],
  [-0, '0'],
  [9007199254740991, '9007199254740991'],
  [
    { b: [true, false], a: { d: '"\\\u0007', c: 'é' } },
    '{"a":{"c":"é","d":"\\"\\\\\\u0007"},"b":[true,false]}',
  ],
])('%j is written %s', (value, text) => expect(canonical(value)).toBe(text));

test.each([
  ['a float', 0.1],
  ['an unsafe integer', 2 ** 53],
  ['NaN', Number.NaN],
  ['undefined', undefined],
  ['a hole', Array(2)],
  ['a bigint', 1n],
  ['a symbol', Symbol('s')],
  ['a function', () => 1],
  ['a map', new Map()],
  ['a lone surrogate', '\udc00'],
  ['a lone surrogate in a key', { '\ud800': 1 }],
])('%s is refused', (_name, value) => expect(() => canonical({ deep: [value] })).toThrow(/deep/));

const tree = fc.letrec((tie) => ({
  node: fc.oneof(
    { depthSize: 'small' },
    fc.constant(null),
    fc.boolean(),
    fc.maxSafeInteger(),
    fc.string({ unit: 'binary' }),
    fc.array(tie('node')),
    fc.dictionary(fc.string({ unit: 'binary' }), tie('node')),
  ),
})).node;

test('it reads back as the same value, and does not depend on the order of keys', () => {
  const reversed = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(reversed);
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(
      Object.entries(value)
        .reverse()
        .map(([key, member]) => [key, reversed(member)]),
    );
  };
  fc.assert(
    fc.property(tree, (value) => {
      const text = canonical(value);
      expect(canonical(JSON.parse(text))).toBe(text);
      expect(canonical(reversed(value))).toBe(text);
      expect(JSON.stringify(JSON.parse(text))).toHaveLength(
        JSON.stringify(value).replaceAll(/-0(?![\d.])/g, '0').length,
      );
    }),
  );
});
