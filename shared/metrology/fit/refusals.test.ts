import { describe, expect, it } from 'vitest';
import { Failure } from '../../contract/failure.ts';
import { RequestError } from '../request.ts';
import { fitRequest } from './fit-request.ts';

const five = { x: ['1', '2', '3', '4', '5'], y: ['2.1', '3.9', '6.2', '7.8', '10.1'] };

const two = { x: ['1', '2'], y: ['3', '4'] };

describe('a request that cannot be meant names its member', () => {
  const refused: [string, object, string, RegExp][] = [
    [
      'a ragged matrix',
      { model: 'line', ...two, covarianceY: [['1', '0'], ['0']] },
      'covarianceY.1',
      /1 values/,
    ],
    [
      'a lopsided one',
      {
        model: 'line',
        ...two,
        covarianceY: [
          ['1', '0'],
          ['1', '1'],
        ],
      },
      'covarianceY.0.1',
      /mirror/,
    ],
    [
      'one of no errors',
      {
        model: 'line',
        ...two,
        covarianceY: [
          ['1', '2'],
          ['2', '1'],
        ],
      },
      'covarianceY',
      /positive/,
    ],
    ['one too small', { model: 'line', ...two, covarianceY: [['1']] }, 'covarianceY', /1 values, "x" has 2/],
    ['no model', { ...five }, 'model', /missing/],
    ['an unknown model', { model: 'lime', ...five }, 'model', /none of .*line/],
    ['no x', { model: 'line', y: ['1'] }, 'x', /missing/],
    ['an empty list', { model: 'line', x: [], y: [] }, 'x', /./],
    ['an empty reading', { model: 'line', x: ['1', '2'], y: ['1', ''] }, 'y.1', /empty/],
    ['a comma', { model: 'line', x: ['1', '2,5'], y: ['1', '2'] }, 'x.1', /comma/],
    ['NaN', { model: 'line', x: ['1', '2'], y: ['NaN', '2'] }, 'y.0', /not a decimal/],
    ['a number beyond 1e400', { model: 'line', x: ['1', '1e401'], y: ['1', '2'] }, 'x.1', /exponent/],
    ['unequal lists', { model: 'line', ...five, y: ['1'] }, 'y', /1 values, "x" has 5/],
    ['unequal uncertainties', { model: 'line', ...five, uy: ['1'] }, 'uy', /1 values/],
    ['weights of nothing', { model: 'line', ...five, weights: 'absolute' }, 'weights', /needs "uy"/],
    ['other weights', { model: 'line', ...five, weights: 'yes' }, 'weights', /./],
    ['zero uncertainty', { model: 'line', ...five, uy: ['1', '0', '1', '1', '1'] }, 'uy.1', /above zero/],
    ['ux of a quartic', { model: 'polynomial', degree: 4, ...five, ux: five.x }, 'degree', /1, 2 or 3/],
    ['ux of an offset', { model: 'offset', ...five, ux: five.x }, 'ux', /line, two-point/],
    ['no degree', { model: 'polynomial', ...five }, 'degree', /missing/],
    ['degree 11', { model: 'polynomial', degree: 11, ...five }, 'degree', /1 to 10/],
    ['a misspelt member', { model: 'line', ...five, weigths: 'absolute' }, 'weigths', /no member/],
    ['too many digits', { model: 'line', ...five, digits: 101 }, 'digits', /1 to 100/],
    ['three points of two', { model: 'two-point', ...five }, 'x', /exactly two/],
    ['ragged rows', { model: 'linear', x: [['1', '2'], ['3']], y: ['1', '2'] }, 'x.1', /1 regressors/],
    ['a float of the language', { model: 'line', x: [0.1, 0.2], y: [1, 2] }, 'x.0', /./],
    ['a knot twice', { model: 'piecewise-linear', x: ['1', '2', '1.0'], y: ['1', '2', '3'] }, 'x.2', /twice/],
    ['a probability of one', { model: 'line', ...five, probability: '1' }, 'probability', /between/],
    [
      'two zero uncertainties',
      { model: 'line', ...five, ux: ['0', '1', '1', '1', '1'], uy: ['0', '1', '1', '1', '1'] },
      'uy.0',
      /both zero/,
    ],
    [
      'a covariance too large',
      { model: 'line', ...five, ux: five.x, uy: five.x, uxy: ['1.1', '0', '0', '0', '0'] },
      'uxy.0',
      /larger/,
    ],
    [
      'a reading that a bent curve never gives',
      { model: 'polynomial', degree: 2, ...five, inverse: [{ y: '50', uy: '0.1' }] },
      'inverse.0.y',
      /outside/,
    ],
  ];
  it.each(refused)('%s', (_, request, path, message) => {
    const attempt = (): unknown => fitRequest(request);
    expect(attempt).toThrow(RequestError);
    expect(attempt).toThrow(message);
    expect(attempt).toThrow(expect.objectContaining({ path }));
  });
});

describe('readings that do not determine the model', () => {
  const impossible: [string, object][] = [
    ['fewer points than coefficients', { model: 'polynomial', degree: 5, ...five }],
    ['one x only', { model: 'line', x: ['2', '2.0', '2.00'], y: ['1', '2', '3'] }],
    [
      'one x only, with ux',
      { model: 'line', x: ['2', '2', '2'], y: ['1', '2', '3'], ux: ['1', '1', '1'], uy: ['1', '1', '1'] },
    ],
    [
      'too few different x',
      { model: 'polynomial', degree: 2, x: ['1', '2', '1', '2'], y: ['1', '2', '3', '4'] },
    ],
    [
      'a regressor twice',
      {
        model: 'linear',
        x: [
          ['1', '2'],
          ['2', '4'],
          ['3', '6'],
          ['5', '10'],
        ],
        y: ['1', '2', '3', '4'],
      },
    ],
    ['only zeros through zero', { model: 'proportional', x: ['0', '0'], y: ['1', '2'] }],
    ['one knot', { model: 'piecewise', x: ['1'], y: ['1'] }],
    ['an inverse of a flat line', { model: 'line', x: ['1', '2', '3'], y: ['5', '5', '5'], inverse: ['5'] }],
    [
      'an inverse of a parabola with its top among the readings',
      {
        model: 'polynomial',
        degree: 2,
        x: ['0', '1', '2', '3', '4'],
        y: ['0', '3', '4', '3', '0'],
        inverse: ['2'],
      },
    ],
    [
      'an inverse of a parabola with its top at the first reading',
      { model: 'polynomial', degree: 2, x: ['0', '1', '2', '3'], y: ['0', '1', '4', '9'], inverse: ['2'] },
    ],
    [
      'an inverse of a polyline that turns',
      { model: 'piecewise-linear', x: ['1', '2', '3'], y: ['1', '2', '1'], inverse: ['1.5'] },
    ],
  ];
  it.each(impossible)('%s', (_, request) => {
    expect(() => fitRequest(request)).toThrow(Failure);
    expect(() => fitRequest(request)).toThrow(/No fit is possible/);
  });
});
