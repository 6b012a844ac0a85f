import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyRules } from './author.fixture.ts';
import { parseCondition, parseRules, placeMistakes } from './text-parse.ts';
import { printRules } from './text-print.ts';

describe('text view', () => {
  it('comes back from its text as it was', () => {
    fc.assert(
      fc.property(anyRules, (many) => {
        const text = printRules(many);
        expect(parseRules(text)).toEqual({ rules: many });
        expect(parseRules(text.replace(/\s+/g, ' '))).toEqual({ rules: many });
      }),
      { numRuns: 500 },
    );
  });

  it('reads what a person writes', () => {
    const text = `# boiler
rule hot "Too hot" when t1 smoothed light above 70.0 dead-band 0.5
  for 5s clear after 10s acknowledge remind every 10min 3 times severity high`;
    expect(parseRules(text)).toMatchObject({
      rules: [
        {
          id: 'hot',
          title: 'Too hot',
          when: { sensor: 't1', smooth: 'light', above: '70.0', deadband: '0.5' },
          for: '5s',
          clearAfter: '10s',
          needsAck: true,
          remind: { every: '10min', times: 3 },
          severity: 'high',
        },
      ],
    });
  });

  it.each([
    ['rule hot when t1 over 5', 'line 1, column 18'],
    ['rule hot\n  when t1 above', 'line 2, column 16'],
    ['rule hot "open', 'line 1, column 10'],
    ['rule hot when all of (t1 silent', 'line 1, column 32'],
    ['rule hot when t1 silent for 5s for 6s', 'line 1, column 38'],
    [
      `rule deep when ${'not '.repeat(1)}${'all of ('.repeat(60)}t1 silent${')'.repeat(60)}`,
      'line 1, column 3',
    ],
    ['rule hot when t1 above 5,5', 'line 1, column 25'],
    ['rule hot when t1 above ten', 'line 1, column 24'],
    ['', 'line 1, column 1'],
    ['# nothing yet', 'line 1, column 1'],
    [
      'rule a when t1 above 5\nrule b set output 3 to 7 when all of (t1 above 5, t2 below x)',
      'line 2, column 60',
    ],
    ['rule b when all of (t1 above 5, t2 below x)', 'line 1, column 42'],
    ['rule b when t1 outside 5 to x', 'line 1, column 29'],
    ['rule b when t1 rising 5 per min over soon', 'line 1, column 38'],
    ['rule b when T1 above T1', 'line 1, column 13'],
    ['rule b when t1 above 5 set output 300 to 1 set output 3 to 1', 'line 1, column 35'],
    ['rule x when t1 above 5 for 5 s', 'line 1, column 30'],
    ['rule x for 5s', 'line 1, column 1'],
  ])('names the place: %s', (text, place) => {
    const parsed = parseRules(text);
    expect('mistakes' in parsed && parsed.mistakes[0]?.path).toContain(place);
  });
});

describe('places of a text', () => {
  it('names where a field of the author form stands', () => {
    const text =
      'rule a when t1 above 5 dead-band 5\n\nrule b\n  when (t1 above 5) then (t1 above 5) within 5s';
    const place = (path: string) => placeMistakes(text, [{ path, message: 'is wrong' }])[0]?.path;
    expect(place('0.when.above')).toBe('line 1, column 22');
    expect(place('0.when.deadband')).toBe('line 1, column 34');
    expect(place('1')).toBe('line 3, column 1');
    expect(place('1.id')).toBe('line 3, column 6');
    expect(place('1.when.first.above')).toBe('line 4, column 18');
    expect(place('1.when.followedBy.above')).toBe('line 4, column 36');
    expect(place('1.when.followedBy')).toBe('line 4, column 27');
    expect(place('1.when.first.deadband')).toBe('line 4, column 9');
  });

  it('reads one condition', () => {
    expect(parseCondition('not t1 above 5')).toEqual({ when: { not: true, sensor: 't1', above: '5' } });
    expect(parseCondition('t1 above')).toMatchObject({ mistakes: [{ path: 'line 1, column 9' }] });
    expect(parseCondition('t1 above 5 for 6s')).toMatchObject({ mistakes: [{ path: 'line 1, column 12' }] });
    expect(parseCondition('t1 stuck for long')).toMatchObject({ mistakes: [{ path: 'line 1, column 14' }] });
  });
});
