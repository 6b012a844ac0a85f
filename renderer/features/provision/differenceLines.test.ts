import { describe, expect, it } from 'vitest';
import { isSameSet, pathWords, sortLines } from './differenceLines.ts';

const line = (id: string, asFound: string | null, toBe: string | null) => ({
  id,
  file: 'config.json',
  path: id,
  factory: null,
  asFound,
  toBe,
  optional: true,
});
const lines = [
  line('same', '1', '1'),
  line('new', null, '1'),
  line('other', '1', '2'),
  line('gone', '1', null),
];

describe('the lines of a difference', () => {
  it('that change come first, and none is lost', () => {
    const { changed, unchanged } = sortLines(lines, []);
    expect(changed.map(({ id }) => id)).toEqual(['new', 'other', 'gone']);
    expect(unchanged.map(({ id }) => id)).toEqual(['same']);
  });
  it('that were left out can be taken in again', () =>
    expect(sortLines(lines, ['same']).changed.map(({ id }) => id)).toContain('same'));
  it('that are never compared are not called unchanged', () => {
    const secret = { ...line('secret.json', '"present"', '"present"'), path: '(secret)' };
    expect(sortLines([secret], []).unchanged).toEqual([]);
  });
  it('are named in words', () => expect(pathWords('/channels/t1/a~1b~0c')).toBe('channels › t1 › a/b~c'));
  it('are the same choice in any order', () => {
    expect(isSameSet(['a', 'b'], ['b', 'a'])).toBe(true);
    expect(isSameSet(['a'], ['b'])).toBe(false);
    expect(isSameSet([], ['b'])).toBe(false);
  });
});
