import { createHash } from 'node:crypto';

/** What the receiving program on the unit says, one line each. */
export type Answer =
  /** It has taken in every block before this one. */
  | { kind: 'taken'; next: number }
  /** What it reads back of a file that it has closed. */
  | { kind: 'held'; path: string; size: number; sha256: string }
  | { kind: 'state'; word: string; next: number; half: boolean }
  | { kind: 'abilities'; bytesIn: boolean; inflates: boolean; freeHeap: number };

const checked = /^([!-~ ]{1,200})\*([0-9a-f]{8})$/;
const forms: readonly (readonly [RegExp, (match: readonly string[]) => Answer])[] = [
  [/^\+(\d{1,6})$/, ([, next]) => ({ kind: 'taken', next: Number(next) })],
  [
    /^=(\/[^ *]{1,120}) (\d{1,12}) ([0-9a-f]{64})$/,
    ([, path = '', size, sha256 = '']) => ({ kind: 'held', path, size: Number(size), sha256 }),
  ],
  [
    /^\?([0-9a-f]{12}) (\d{1,6}) ([01])$/,
    ([, word = '', next, half]) => ({ kind: 'state', word, next: Number(next), half: half === '1' }),
  ],
  [
    /^!([01]) ([01]) (\d{1,12})$/,
    ([, bytesIn, inflates, freeHeap]) => ({
      kind: 'abilities',
      bytesIn: bytesIn === '1',
      inflates: inflates === '1',
      freeHeap: Number(freeHeap),
    }),
  ],
];

/** An answer whose check holds; undefined for anything else: titles, noise, a line that was garbled on its way. */
export function readAnswer(line: string): Answer | undefined {
  const [, text = '', check] = checked.exec(line.trim()) ?? [];
  if (createHash('sha256').update(text).digest('hex').slice(0, 8) !== check) return undefined;
  for (const [form, make] of forms) {
    const match = form.exec(text);
    if (match) return make(match);
  }
  return undefined;
}

/** Every answer in what a program printed. */
export const answersIn = (output: string): Answer[] =>
  output.split('\n').flatMap((line) => readAnswer(line) ?? []);
