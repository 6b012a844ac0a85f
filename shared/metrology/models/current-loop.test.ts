import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitRequest } from '../fit/fit-request.ts';

const model = '4-20mA';
const range = ['-50', '150'];

describe('4-20 mA', () => {
  it.each([
    ['0', null, 'failure-low'],
    ['3.5', null, 'failure-low'],
    ['3.6', null, 'failure-low'],
    ['3.7', null, 'undefined-low'],
    ['3.8', '-52.5', 'underrange'],
    ['3.9', '-51.25', 'underrange'],
    ['4', '-50', 'ok'],
    ['12', '50', 'ok'],
    ['20', '150', 'ok'],
    ['20.4', '155', 'overrange'],
    ['20.5', '156.25', 'overrange'],
    ['20.500001', null, 'undefined-high'],
    ['21', null, 'failure-high'],
    ['21.5', null, 'failure-high'],
  ])('%s mA is %s, %s', (x, value, verdict) => {
    expect(fitRequest({ model, range, evaluate: [x] }).evaluations).toEqual([{ x, value, verdict }]);
  });

  it('gives the current of a value, exactly, whichever way the range runs', () => {
    fc.assert(
      fc.property(fc.integer({ min: -500, max: 1500 }), fc.boolean(), (tenths, falls) => {
        const y = (tenths / 10).toString();
        const ends = falls ? range.toReversed() : range;
        const { inverse } = fitRequest({ model, range: ends, invert: [y], digits: 40 });
        const [{ value }] = inverse as [{ value: string }];
        const [back] = fitRequest({ model, range: ends, evaluate: [value] }).evaluations as [
          { value: string },
        ];
        expect(Number(back.value)).toBe(Number(y));
      }),
    );
  });

  it.each([
    ['range', { range: ['1', '1.0'], evaluate: ['4'] }],
    ['range', { range: ['1'], evaluate: ['4'] }],
    ['evaluate', { range }],
    ['evaluate.0', { range, evaluate: ['4,5'] }],
  ])('names what is wrong: %s', (path, request) => {
    expect(() => fitRequest({ model, ...request })).toThrow(
      expect.objectContaining({ name: 'RequestError', path }),
    );
  });
});
