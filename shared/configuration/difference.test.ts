import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DifferenceLine } from '../contract/configuration.ts';
import { anyFiles, filesOf, twoFiles } from './arbitrary.fixture.ts';
import { difference, noFiles, sameBytes } from './configuration.ts';

const of = (asFound: string | Uint8Array, toBe: string | Uint8Array, factory = '{}') =>
  difference(
    filesOf({ 'config.json': factory }),
    filesOf({ 'config.json': asFound }),
    filesOf({ 'config.json': toBe }),
  );
const short = (asFound: string | Uint8Array, toBe: string | Uint8Array) =>
  of(asFound, toBe).map(({ path, asFound: a, toBe: b }) => `${path} ${a} -> ${b}`);

describe('a difference is named by its place', () => {
  it.each<[what: string, asFound: string, toBe: string, lines: string[]]>([
    ['a value', '{"a":1}', '{"a":2}', ['/a 1 -> 2']],
    ['one that comes', '{}', '{"a":null}', ['/a null -> null']],
    ['one that goes', '{"a":{"b":1}}', '{}', ['/a {"b":1} -> null']],
    ['deep down', '{"a":{"b":{"c":true}}}', '{"a":{"b":{"c":false}}}', ['/a/b/c true -> false']],
    ['keys with / and ~', '{"a/b":{"~":1}}', '{"a/b":{"~":2}}', ['/a~1b/~0 1 -> 2']],
    ['an empty key', '{"":1}', '{"":2}', ['/ 1 -> 2']],
    ['the whole', '[]', '{}', [' [] -> {}']],
    ['a number written otherwise', '{"a":1}', '{"a":1.0}', ['/a 1 -> 1.0']],
    ['with an exponent', '{"a":1}', '{"a":1e0}', ['/a 1 -> 1e0']],
    ['a zero below zero', '{"a":0}', '{"a":-0}', ['/a 0 -> -0']],
    [
      'beyond 2^53',
      '{"a":9007199254740992}',
      '{"a":9007199254740993}',
      ['/a 9007199254740992 -> 9007199254740993'],
    ],
    ['a number and its text', '{"a":1}', '{"a":"1"}', ['/a 1 -> "1"']],
    ['a list of values is one value', '{"a":[1,2]}', '{"a":[1,3]}', ['/a [1,2] -> [1,3]']],
    ['lists of lists by their place', '[[1],[2]]', '[[1],[3]]', ['/1 [2] -> [3]']],
    [
      'entries by their id',
      '[{"id":"x","n":1},{"id":"y"}]',
      '[{"id":"x","n":2},{"id":"y"}]',
      ['/x/n 1 -> 2'],
    ],
    ['an entry that comes', '[{"id":"x"}]', '[{"id":"x"},{"id":"y"}]', ['/y null -> {"id":"y"}']],
    [
      'another order',
      '[{"id":"x"},{"id":"y"}]',
      '[{"id":"y"},{"id":"x"}]',
      ['/(order) ["x","y"] -> ["y","x"]'],
    ],
    ['ids that are there twice', '[{"id":"x"},{"id":"x"}]', '[{"id":"x"},{"id":"y"}]', ['/1/id "x" -> "y"']],
    [
      'a key that cannot be shown',
      '{"a":{"\\u0000":1}}',
      '{"a":{"\\u0000":2}}',
      ['/a {"\\u0000":1} -> {"\\u0000":2}'],
    ],
  ])('%s', (_what, asFound, toBe, lines) => {
    expect(short(asFound, toBe)).toEqual(lines);
  });

  it('with the factory’s value beside it, where it has one there', () => {
    const [line] = of(
      '{"c":[{"id":"x","n":2}]}',
      '{"c":[{"id":"x","n":3}]}',
      '{"c":[{"id":"y"},{"id":"x","n":1}]}',
    );
    expect(line).toMatchObject({ id: 'config.json:/c/x/n', factory: '1', asFound: '2', toBe: '3' });
    expect(of('{"a":1}', '{"a":2}', '7')[0]).toMatchObject({ factory: null });
    expect(of('{"a":1}', '{"a":2}', 'no JSON')[0]).toMatchObject({ factory: null });
  });

  it('of a file that comes or goes, each of its members', () => {
    const file = filesOf({ 'config.json': '{"v":1,"tag":"T"}' });
    const words = (lines: DifferenceLine[]) =>
      lines.map(({ path, asFound, toBe, optional }) => [path, asFound, toBe, optional]);
    expect(words(difference(noFiles, noFiles, file))).toEqual([
      ['/v', null, '1', false],
      ['/tag', null, '"T"', false],
    ]);
    expect(words(difference(noFiles, file, noFiles))).toHaveLength(2);
    expect(words(difference(noFiles, noFiles, filesOf({ 'config.json': '{}' })))).toEqual([
      ['', null, '{}', false],
    ]);
  });
});

describe('other bytes are a line of their own where values cannot tell', () => {
  it.each<[what: string, asFound: string | Uint8Array, toBe: string | Uint8Array, asFoundText: RegExp]>([
    ['spaces', '{"a":1}', '{"a": 1}', /^"7 bytes; from byte 5 on: 31 7d"$/],
    ['the order of keys', '{"a":1,"b":2}', '{"b":2,"a":1}', /^"13 bytes; from byte 2/],
    ['an escaped letter', '"a"', '"\\u0061"', /^"3 bytes; from byte 1/],
    ['a line break at the end', '{}', '{}\n', /^"2 bytes; from byte 2 on: nothing"$/],
    ['a key twice', '{"a":1,"a":1}', '{"a":1}', /the same key twice/],
    ['a byte order mark', '\u{feff}{}', '{}', /byte order mark/],
    ['no UTF-8', Uint8Array.of(0x22, 0xff, 0x22), '""', /not UTF-8/],
    ['no JSON', "{'a':1}", '{"a":1}', /not JSON/],
    ['an empty file', '', '{}', /^"0 bytes, it is not JSON/],
    ['too deep', '['.repeat(50) + ']'.repeat(50), '[]', /nested too deeply/],
    ['something behind it', '{} {}', '{}', /something follows/],
    ['a bare line break in text', '"a\nb"', '""', /control character/],
    [
      'more lines than anybody reads',
      `{${Array.from({ length: 300 }, (_, n) => `"k${n}":1`).join()}}`,
      '{"a":1}',
      /bytes/,
    ],
  ])('%s', (_what, asFound, toBe, text) => {
    const lines = of(asFound, toBe);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatchObject({ id: 'config.json:(bytes)', asFound: expect.stringMatching(text) });
    expect(lines[0]?.asFound).not.toBe(lines[0]?.toBe);
  });
});

it('files with secrets are never called the same', () => {
  const [a, b] = [filesOf({}, ['secret.json']), filesOf({}, ['secret.json', 'key.pem'])];
  const lines = difference(noFiles, a, b).map(({ id, asFound, toBe, optional }) => [
    id,
    asFound,
    toBe,
    optional,
  ]);
  const there = '"present, not compared"';
  expect(lines).toEqual([
    ['key.pem:(secret)', null, there, false],
    ['secret.json:(secret)', there, there, false],
  ]);
});

it('long values are cut to where they differ, and never look alike', () => {
  const long = (mark: string) => `{"a":"${'x'.repeat(5000)}${mark}${'y'.repeat(5000)}"}`;
  const [line] = of(long('\u{1f600}'), long('\u{1f601}'));
  expect(DifferenceLine.parse(line)).toEqual(line);
  expect(line?.asFound).not.toBe(line?.toBe);
  expect(line?.toBe?.isWellFormed()).toBe(true);
});

it('there is no line exactly when every byte is the same', () => {
  fc.assert(
    fc.property(anyFiles, twoFiles, (factory, [a, b]) => {
      const names = [...new Set([...a.files.keys(), ...b.files.keys()])];
      const differing = names.filter((name) => !sameBytes(a.files.get(name), b.files.get(name))).sort();
      const lines = difference(factory, a, b);
      expect([...new Set(lines.map(({ file }) => file))]).toEqual(differing);
      expect(new Set(lines.map(({ id }) => id)).size).toBe(lines.length);
      for (const line of lines) {
        expect(DifferenceLine.parse(line)).toEqual(line);
        expect(line.asFound).not.toBe(line.toBe);
      }
    }),
    { numRuns: 1000 },
  );
});

it('one byte changed anywhere gives a line', () => {
  const text = '{"v":1,"tag":"TT-1","channels":[{"id":"t1","adc":26,"n":[1,2.5e-3]}],"x":null}';
  const bytes = new TextEncoder().encode(text);
  for (let at = 0; at < bytes.length; at++) {
    for (let bit = 0; bit < 8; bit++) {
      const other = Uint8Array.from(bytes);
      other[at] = (other[at] ?? 0) ^ (1 << bit);
      expect(of(bytes, other).length, `bit ${bit} of byte ${at}`).toBeGreaterThan(0);
    }
  }
});
