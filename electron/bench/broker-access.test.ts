import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allows, covers } from './broker-access.ts';

describe('a pattern', () => {
  it.each([
    ['a/b', 'a/b', true],
    ['a/b', 'a/c', false],
    ['a/b', 'a', false],
    ['a/b', 'a/b/c', false],
    ['a/+', 'a/b', true],
    ['a/+', 'a/+', true],
    ['a/+', 'a/#', false],
    ['a/+', 'a', false],
    ['a/b', 'a/+', false],
    ['a/#', 'a', true],
    ['a/#', 'a/b/+/#', true],
    ['a/#', 'b/#', false],
    ['a/#', '#', false],
    ['#', '#', true],
    ['#', '$SYS/broker', false],
    ['+/x', '$SYS/x', false],
    ['+/x', '/x', true],
    ['a', 'A', false],
    ['', 'a', false],
  ])('%j covers %j: %j', (pattern, filter, covered) => {
    expect(covers(pattern, filter)).toBe(covered);
  });

  /** The plain definition (MQTT 3.1.1, 4.7), on topics alone. */
  function matches(filter: string[], topic: string[]): boolean {
    const [first, ...rest] = filter;
    if (first === '#') return true;
    if (first === undefined || topic.length === 0) return first === undefined && topic.length === 0;
    return (first === '+' || first === topic[0]) && matches(rest, topic.slice(1));
  }

  it('covers a filter only where it matches every topic that the filter matches', () => {
    const level = fc.constantFrom('a', 'b', '+');
    const filter = fc
      .tuple(fc.array(level, { minLength: 1, maxLength: 3 }), fc.boolean())
      .map(([levels, all]) => (all ? [...levels, '#'] : levels));
    const topic = fc.array(fc.constantFrom('a', 'b'), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(filter, filter, topic, (pattern, asked, said) => {
        const open = covers(pattern.join('/'), asked.join('/')) && matches(asked, said);
        expect(!open || matches(pattern, said)).toBe(true);
        expect(covers(pattern.join('/'), said.join('/'))).toBe(matches(pattern, said));
      }),
    );
  });
});

it('stands for the caller’s own names, and for nobody whose name has a wildcard', () => {
  const own = ['plumbline/%u/#', 'clients/%c'];
  expect(allows(own, { user: 'u1', clientId: 'c1' }, 'plumbline/u1/cmd')).toBe(true);
  expect(allows(own, { user: 'u1', clientId: 'c1' }, 'plumbline/u2/cmd')).toBe(false);
  expect(allows(own, { user: 'u1', clientId: 'c1' }, 'clients/c1')).toBe(true);
  for (const name of ['+', '#', 'u1/+']) {
    expect(allows(own, { user: name, clientId: name }, 'plumbline/u1/cmd')).toBe(false);
    expect(allows(own, { user: name, clientId: name }, `clients/${name}`)).toBe(false);
  }
});
