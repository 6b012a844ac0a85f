import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { phraseWords } from '../../features/validate/writing/phraseWords.ts';
import { germanMistakes } from './ruleMistakes.ts';

const shared = fileURLToPath(new URL('../../../shared/', import.meta.url));
const sources = (pattern: string): string[] =>
  globSync(pattern, { cwd: shared })
    .filter((file) => !/\.(test|fixture)\.ts$/.test(file))
    .map((file) => readFileSync(`${shared}${file}`, 'utf8'));

/** What differs in a template of the source is `{1}`, `{2}`, … in the table. */
function numbered(template: string): string {
  let n = 0;
  return template.replace(/\$\{[^}]*\}/g, () => {
    n += 1;
    return `{${n}}`;
  });
}

const phrases = (texts: readonly string[], literal: RegExp): string[] => [
  ...new Set(
    texts
      .flatMap((text) => [...text.matchAll(literal)])
      .map((match) => numbered(match.slice(1).find(Boolean) ?? '')),
  ),
];
const missing = (found: readonly string[]): string[] =>
  found.filter((phrase) => germanMistakes[phrase] === undefined);

describe('mistakes in rules, in German', () => {
  it('has what the compiler and the contract say', () => {
    const files = [...sources('rules/{compile*,threshold}.ts'), ...sources('contract/author*.ts')];
    const found = phrases(
      files,
      /'((?:is|must|leaves|needs) [^'\n]*)'|`((?:is|must|leaves|needs) [^`\n]*)`/g,
    );
    expect(found).toContain('must not be negative');
    expect(found).toContain('is not a channel of the unit; it has: {1}');
    expect(missing(found)).toEqual([]);
  });

  it('has what the reader of the text says', () => {
    const files = sources('rules/text-*.ts');
    const found = phrases(
      files,
      /(?:fail|TextError|word|whole)\(\s*(?:'([^']+)'|`([^`]+)`)|: '((?:here|the text) [^']+)'/g,
    );
    expect(found).toContain('{1} is missing: {2}');
    expect(found).toContain('nothing of a rule begins like this: {1}');
    // What must stand there is a word of the text view, in quotation marks.
    expect(missing(found.filter((phrase) => phrase !== '"{1}" is missing: {2}'))).toEqual([]);
  });

  it.each([
    ['must not be negative', 'darf nicht negativ sein'],
    ["is outside the sensor's range, -20 to 120 °C", 'liegt außerhalb des Sensorbereichs, -20 bis 120 °C'],
    ['a value is missing: here stands "for"', 'ein Wert fehlt: hier steht "for"'],
    ['"(" is missing: the text ends', '"(" fehlt: der Text endet'],
    ['needs more signals than a unit has room for, 64', 'braucht mehr Signale, als ein Gerät Platz hat, 64'],
    ['has never been said (like this)', 'has never been said (like this)'],
  ])('says %s', (message, german) => expect(phraseWords(germanMistakes, message)).toBe(german));
});
