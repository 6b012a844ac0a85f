import { describe, expect, it } from 'vitest';
import { fitRequest, requestModels } from '../fit/fit-request.ts';
import { sensorModels } from './models.ts';

describe('the table of models', () => {
  it('can be asked for each of them by its name, and refuses a request that is only a name', () => {
    for (const { name } of sensorModels) {
      expect(requestModels.filter((each) => each.name === name)).toHaveLength(1);
      expect(() => fitRequest({ model: name }), name).toThrow(
        expect.objectContaining({ name: 'RequestError' }),
      );
    }
  });

  it.each([
    ['4-20 mA', '4-20ma', { range: ['0', '1'], evaluate: ['12'] }],
    ['Callendar Van Dusen', 'callendar-van-dusen', { evaluate: ['1'] }],
    ['pt100', 'callendar-van-dusen', { evaluate: ['1'] }],
    ['bridge', 'load-cell', { ratedOutput: '2', ratedLoad: '1', evaluate: ['1'] }],
    ['Thermocouple', 'thermocouple', { type: 'K', evaluate: ['1'] }],
  ])('knows %s as %s', (asked, name, request) => {
    expect(fitRequest({ model: asked, ...request }).model).toBe(name);
  });

  it('refuses members that a model does not have', () => {
    expect(() => fitRequest({ model: 'thermocouple', type: 'K', evaluate: ['1'], uy: ['1'] })).toThrow(
      expect.objectContaining({ path: 'uy' }),
    );
  });

  it('gives as many digits as are asked for', () => {
    const value = (digits: number): unknown =>
      fitRequest({ model: 'pt100', invert: ['120'], digits }).inverse;
    expect(value(5)).toEqual([{ y: '120', value: '51.566', standardUncertainty: null }]);
    // The closed form with 50 digits in mpmath.
    expect(value(40)).toEqual([
      { y: '120', value: '51.56605324743266968928964009366664458307', standardUncertainty: null },
    ]);
  });
});
