import { describe, expect, it } from 'vitest';
import { recipeValue } from './recipe-text.ts';

const read = (text: string | Uint8Array): ReturnType<typeof recipeValue> =>
  recipeValue(typeof text === 'string' ? new TextEncoder().encode(text) : text);

describe('the text of a recipe', () => {
  it('may begin with a byte order mark', () => {
    expect(read('\uFEFF{"a": 1}')).toEqual({ value: { a: 1 }, twice: [] });
  });

  it.each([
    ['UTF-16', new Uint8Array([0xff, 0xfe, 0x7b, 0, 0x7d, 0]), 'is not text in UTF-8'],
    ['a part of JSON', '{"a": 1,', 'is not JSON: '],
    ['two values', '{} {}', 'is not JSON: '],
    ['nothing', '', 'is not JSON: '],
  ])('must not be %s', (_, text, message) => {
    expect(read(text)).toEqual({ mistake: expect.stringContaining(message) });
  });

  it('is quoted without what a terminal would carry out', () => {
    const found = read('\u001b[2J');
    expect('mistake' in found && /\p{C}/u.test(found.mistake)).toBe(false);
  });

  it.each([
    ['{"a": 1, "b": {"a": 2}, "c": [{"a": 1}, {"a": 2}]}', []],
    ['{"a": "b", "b": "a", "c": "a:a", "d": "\\"a\\":"}', []],
    ['{"a": 1, "a": 2, "a": 3}', ['a', 'a']],
    ['{"a": 1, "\\u0061": 2}', ['a']],
    ['{"r": [{"i": 1}, {"i": {"x": []}, "k": [1, 2], "i": 2}], "r": 0}', ['r.1.i', 'r']],
    ['{"a\\\\": 1, "a\\\\": 2}', ['"a\\\\"']],
  ])('has its fields once: %s', (text, paths) => {
    const found = read(text);
    expect('twice' in found && found.twice.map(({ path }) => path)).toEqual(paths);
  });
});
