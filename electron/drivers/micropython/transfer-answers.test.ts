import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Answer, answersIn, readAnswer } from './transfer-answers.ts';

const said = (text: string): string =>
  `${text}*${createHash('sha256').update(text).digest('hex').slice(0, 8)}`;
const hash = 'ab'.repeat(32);

const forms: [string, Answer][] = [
  ['+12', { kind: 'taken', next: 12 }],
  [`=/a/b.py.new 400 ${hash}`, { kind: 'held', path: '/a/b.py.new', size: 400, sha256: hash }],
  ['?0123456789ab 7 1', { kind: 'state', word: '0123456789ab', next: 7, half: true }],
  ['!1 0 217728', { kind: 'abilities', bytesIn: true, inflates: false, freeHeap: 217_728 }],
];

test.each(forms)('%s', (text, answer) => {
  expect(readAnswer(said(text))).toEqual(answer);
  expect(readAnswer(`${said(text)}\r`)).toEqual(answer);
  expect(answersIn(`noise\r\n${said(text)}\r\n`)).toEqual([answer]);
});

test.each(['', '+12', said('+'), said('+-1'), said('=1 2 3'), said('?x 1 0'), said('hello'), said('!2 0 0')])(
  'no answer: %j',
  (line) => {
    expect(readAnswer(line)).toBeUndefined();
  },
);

test('no answer with a flipped bit is read as another one', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...forms),
      fc.nat(),
      fc.integer({ min: 0, max: 7 }),
      ([text, answer], at, bit) => {
        const bytes = Buffer.from(said(text));
        const place = at % bytes.length;
        bytes[place] = (bytes[place] ?? 0) ^ (1 << bit);
        const read = readAnswer(bytes.toString('latin1'));
        if (read !== undefined) expect(read).toEqual(answer);
      },
    ),
  );
});
