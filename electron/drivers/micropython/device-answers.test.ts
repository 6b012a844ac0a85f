import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { deviceFailure, errnoOf } from './device-error.ts';
import { readFacts } from './identity.ts';
import { encodeRecord } from './pointer.ts';
import { withoutTitles } from './terminal-title.ts';

const traceback = (last: string): string =>
  `Traceback (most recent call last):\r\n  File "<stdin>", line 1, in <module>\r\n${last}\r\n`;

describe('errors', () => {
  test.each([
    ['OSError: [Errno 28] ENOSPC', 28],
    ['OSError: 28', 28],
    ['OSError: [Errno 2] ENOENT', 2],
    ['OSError: [Errno 30] Dateisystem nur lesbar', 30],
    ['OSError: message: 28', undefined],
    ['ValueError: 28', undefined],
    ['OSError: ', undefined],
  ])('%s has number %s', (last, number) => {
    expect(errnoOf(traceback(last))).toBe(number);
  });

  test('no room is NO_SPACE with what is known of it', () => {
    const space = { needed: 100, free: 5 };
    expect(deviceFailure(traceback('OSError: 28'), { during: 'writing', space })).toMatchObject({
      code: 'NO_SPACE',
      params: { during: 'writing', needed: 100, free: 5 },
    });
    expect(deviceFailure(traceback('OSError: [Errno 28] ENOSPC'), { during: 'writing' }).message).toBe(
      'The unit has no room left while writing: more bytes are needed, too few are free.',
    );
  });

  test('anything else is refused with the last line, capped and clean', () => {
    const odd = deviceFailure(traceback(`ValueError: \u001b[31m${'x'.repeat(500)}`), { during: 'writing' });
    expect(odd.code).toBe('UNIT_REFUSED');
    expect(String(odd.params.detail)).toMatch(/^ValueError: {2}?\[31mx+$/);
    expect(String(odd.params.detail).length).toBe(200);
    expect(deviceFailure('\r\n', { during: 'writing' }).params.detail).toBe('it gave no reason');
  });
});

describe('identity', () => {
  const record = encodeRecord({ n: 2, slot: 'b', bootsLeft: 1, other: 'a', fellBack: null });
  const answer = [
    'micropython',
    [1, 27, 0],
    'rp2',
    'Raspberry Pi Pico',
    'E6614103E7452D2F',
    4096,
    200,
    212,
    [null, Buffer.from(record).toString('hex')],
    ['TT-99', '0.0.9'],
    ['TT-101', '0.1.0'],
  ];
  const altered = (at: number, value: unknown): string => JSON.stringify(answer.with(at, value as never));

  test('a board', () => {
    expect(readFacts(JSON.stringify(answer), 'COM3')).toEqual({
      hardwareId: 'e6614103e7452d2f',
      family: 'micropython',
      implementation: 'micropython',
      version: '1.27.0',
      platform: 'rp2',
      machine: 'Raspberry Pi Pico',
      freeBytes: 819_200,
      totalBytes: 868_352,
      tag: 'TT-101',
      agent: '0.1.0',
      blockBytes: 4096,
    });
  });

  test('CircuitPython has its own version numbers', () => {
    const said = JSON.stringify(answer.with(0, 'circuitpython').with(1, [9, 0, 5]));
    expect(readFacts(said, 'COM3')).toMatchObject({ implementation: 'circuitpython', version: '9.0.5' });
  });

  test('a tag that is no text is no tag', () => {
    expect(readFacts(altered(10, [{ a: 1 }, '0.1.0']), 'COM3')).toMatchObject({ tag: null, agent: '0.1.0' });
  });

  test('what stands in a slot that nothing points at is not what it is', () => {
    const facts = readFacts(altered(8, [null, null]), 'COM3');
    expect(facts).toMatchObject({ tag: null, agent: null });
  });

  test.each([
    ['nothing', ''],
    ['words', 'hello'],
    ['another shape', '{"a":1}'],
    ['another implementation', altered(0, 'cpython')],
    ['old firmware', altered(1, [1, 19, 1])],
    ['no id', altered(4, '')],
    ['an id that is no hex', altered(4, 'xyz!')],
    ['half a byte of free space', altered(6, 0.5)],
    ['a record that is no hex', altered(8, ['xyz', null])],
  ])('%s is UNIT_UNSUPPORTED', (_, output) => {
    expect(() => readFacts(output, 'COM3')).toThrow(expect.objectContaining({ code: 'UNIT_UNSUPPORTED' }));
  });

  test('whatever it says, it is a failure or an identity', () => {
    fc.assert(
      fc.property(fc.json(), (output) => {
        expect(() => readFacts(output, 'COM3')).toThrow(
          expect.objectContaining({ code: 'UNIT_UNSUPPORTED' }),
        );
      }),
    );
  });
});

test.each([
  ['plain', 'plain'],
  ['a\u001b]0;title\u0007b', 'ab'],
  ['a\u001b]0;title\u001b\\b\u001b]0;x\u0007c', 'abc'],
  ['a\u001b]0;never ended', 'a'],
  ['a\u001b[31mb', 'a\u001b[31mb'],
])('titles out of %j', (text, kept) => {
  expect(withoutTitles(text)).toBe(kept);
});
