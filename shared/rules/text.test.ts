import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyRules } from './author.fixture.ts';
import { parseRules } from './text-parse.ts';
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
    ['rule hot when t1 above ten', '0.when.above'],
  ])('names the place: %s', (text, place) => {
    const parsed = parseRules(text);
    expect('mistakes' in parsed && parsed.mistakes[0]?.path).toContain(place);
  });
});
