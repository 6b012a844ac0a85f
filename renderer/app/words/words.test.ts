import { describe, expect, it } from 'vitest';
import { de, en } from './words.ts';

function flat(words: object, path = ''): Map<string, string> {
  return new Map(
    Object.entries(words).flatMap(([key, value]) =>
      typeof value === 'string' ? [[`${path}${key}`, value] as const] : [...flat(value, `${path}${key}.`)],
    ),
  );
}

const parameters = (text: string): string[] =>
  [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '').sort();

describe('catalogues', () => {
  const english = flat(en);
  const german = flat(de);

  it('have the same keys', () => expect([...german.keys()].sort()).toEqual([...english.keys()].sort()));

  it('fill in the same parameters', () => {
    const differing = [...english].filter(
      ([key, text]) => String(parameters(text)) !== String(parameters(german.get(key) ?? '')),
    );
    expect(differing.map(([key]) => key)).toEqual([]);
  });

  it('say nothing with an exclamation mark, and nothing empty', () => {
    const loud = [...english, ...german].filter(([, text]) => text.trim() === '' || text.includes('!'));
    expect(loud).toEqual([]);
  });
});
