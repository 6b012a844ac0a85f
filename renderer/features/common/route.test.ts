import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { linkTo, parseRoute } from './route.ts';

describe('routes', () => {
  it('leads to the job where nothing is named', () => {
    expect(parseRoute('')).toEqual({ room: 'job', rest: [] });
    expect(parseRoute('#/')).toEqual({ room: 'job', rest: [] });
  });
  it('carries any port name unharmed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (port) => {
        expect(parseRoute(linkTo('provision', 'w1', port))).toEqual({
          room: 'provision',
          rest: ['w1', port],
        });
      }),
    );
  });
  it('survives a mangled hash', () => expect(parseRoute('#/%E0%A4%A').room).toBe('%E0%A4%A'));
});
