import { describe, expect, it } from 'vitest';
import { RequestError } from '../request.ts';
import { ask } from './budget.fixture.ts';

const a = { name: 'a', value: '1', standardUncertainty: '0.1' };
const b = { name: 'b', value: '2', standardUncertainty: '0.2' };
const source = (more: object) => ({ sources: [{ name: 'a', ...more }] });

describe('what cannot be meant is refused, and the member named', () => {
  it.each<[string, object]>([
    ['sources', {}],
    ['sources', { sources: [] }],
    ['sources.0.name', { sources: [{ ...a, name: ' ' }] }],
    ['sources.1.name', { sources: [a, a] }],
    ['sources.0.value', source({ value: '', standardUncertainty: '1' })],
    ['sources.0.value', source({ value: '1,5', standardUncertainty: '1' })],
    ['sources.0.value', source({ value: 'NaN', standardUncertainty: '1' })],
    ['sources.0.standardUncertainty', source({ standardUncertainty: '1e500' })],
    ['sources.0.standardUncertainty', source({ standardUncertainty: '-1' })],
    ['sources.0.halfWidth', source({ halfWidth: '-0.1' })],
    ['sources.0', source({ value: '1' })],
    ['sources.0.standardUncertainty', source({ halfWidth: '1', standardUncertainty: '1' })],
    ['sources.0.k', source({ expanded: '1' })],
    ['sources.0.k', source({ expanded: '1', k: '0' })],
    ['sources.0.probability', source({ expanded: '1', probability: '1' })],
    ['sources.0.distribution', source({ halfWidth: '1', distribution: 'square' })],
    ['sources.0.distribution', source({ halfWidth: '1', distribution: 'normal' })],
    ['sources.0.k', source({ expanded: '1', probability: '0.95', distribution: 'rectangular' })],
    ['sources.0.distribution', source({ resolution: '1', distribution: 'triangular' })],
    ['sources.0.distribution', source({ readings: ['1', '2'], distribution: 'rectangular' })],
    ['sources.0.degreesOfFreedom', source({ standardUncertainty: '1', distribution: 't' })],
    ['sources.0.degreesOfFreedom', source({ standardUncertainty: '1', degreesOfFreedom: '0' })],
    ['sources.0.degreesOfFreedom', source({ readings: ['1'], pooledStandardDeviation: '1' })],
    [
      'sources.0.relativeUncertaintyOfUncertainty',
      source({ standardUncertainty: '1', degreesOfFreedom: '5', relativeUncertaintyOfUncertainty: '0.1' }),
    ],
    ['sources.0.k', source({ halfWidth: '1', k: '2' })],
    ['sources.0.k', source({ standardUncertainty: '1', k: '2' })],
    ['sources.0.probability', source({ expanded: '1', k: '2', probability: '0.95' })],
    ['sources.0.effectiveN', source({ standardUncertainty: '1', effectiveN: true })],
    ['sources.0.upper', source({ halfWidth: '1', upper: '2' })],
    ['sources.0.readings', source({ readings: ['1'] })],
    ['sources.0.readings.1', source({ readings: ['1', '2,0'] })],
    ['sources.0.beta', source({ halfWidth: '1', distribution: 'trapezoidal' })],
    ['sources.0.beta', source({ halfWidth: '1', distribution: 'trapezoidal', beta: '1.1' })],
    ['sources.0.beta', source({ halfWidth: '1', beta: '0.5' })],
    ['sources.0.upper', source({ lower: '1' })],
    ['sources.0.upper', source({ lower: '1', upper: '0' })],
    ['sources.0.value', source({ lower: '1', upper: '2', value: '3' })],
    ['sources.0.halfwidth', source({ halfwidth: '1' })],
    ['sources', { sources: [{ name: 'a', value: '1', standardUncertainty: '0' }] }],
    ['probability', { sources: [a], probability: '1' }],
    ['probability', { sources: [a], probability: '0' }],
    ['probability', { sources: [a], probability: '95' }],
    ['model', { sources: [a], model: 'a + c' }],
    ['model', { sources: [a], model: 'a +' }],
    ['model', { sources: [a], model: '' }],
    ['model', { sources: [a], model: '1/(a-1)' }],
    ['model', { sources: [a], model: 'ln(-a)' }],
    ['model', { sources: [a], model: 'exp(a*1e4)' }],
    ['model', { sources: [{ ...a, value: '0' }], model: 'sqrt(a)' }],
    ['model', { sources: [{ ...a, value: '0' }], model: 'abs(a)' }],
    ['sources.1.name', { sources: [a, b], model: 'a*2' }],
    ['sources.0.sensitivity', { sources: [{ ...a, sensitivity: '2' }], model: '3*a' }],
    ['models', { sources: [a], model: 'a', models: { y: 'a' } }],
    ['models.y', { sources: [a], models: { y: 'a*c' } }],
    ['correlations.0.b', { sources: [a, b], correlations: [{ a: 'a', b: 'c', r: '0.1' }] }],
    ['correlations.0.b', { sources: [a, b], correlations: [{ a: 'a', b: 'a', r: '1' }] }],
    ['correlations.0.r', { sources: [a, b], correlations: [{ a: 'a', b: 'b', r: '1.01' }] }],
    ['correlations.0.r', { sources: [a, b], correlations: [{ a: 'a', b: 'b' }] }],
    [
      'correlations.1',
      {
        sources: [a, b],
        correlations: [
          { a: 'a', b: 'b', r: '0.1' },
          { a: 'b', b: 'a', r: '0.1' },
        ],
      },
    ],
    [
      'correlations',
      {
        sources: [a, b, { ...b, name: 'c' }],
        correlations: [
          { a: 'a', b: 'b', r: '0.9' },
          { a: 'b', b: 'c', r: '0.9' },
          { a: 'a', b: 'c', r: '-0.9' },
        ],
      },
    ],
    ['order', { sources: [a, b], correlations: [{ a: 'a', b: 'b', r: '0.5' }], model: 'a*b', order: 2 }],
    ['monteCarlo', { sources: [a], model: 'sqrt(a-0.9)', monteCarlo: { trials: 10_000 } }],
    ['coverageFactor', { sources: [a], coverageFactor: '-2' }],
    ['floor', { sources: [a], floor: '-2' }],
    ['rounding', { sources: [a], rounding: 'down' }],
  ])('%s of %j', (path, request) => {
    const refused = () => ask(request);
    expect(refused).toThrow(RequestError);
    expect(refused).toThrow(expect.objectContaining({ path }));
  });
});

describe('what is odd, and right', () => {
  it('names of all kinds, where no model has to read them', () => {
    const sources = ['constructor', '__proto__', 'δ T (drift)'].map((name) => ({
      name,
      standardUncertainty: '1',
    }));
    expect(ask({ sources }).combinedStandardUncertainty).toBe('1.73205080756888');
    expect(
      ask({ sources: sources.slice(0, 2), model: 'constructor + 2*__proto__' }).combinedStandardUncertainty,
    ).toBe('2.23606797749979');
  });
  it('numbers of any size keep their digits', () => {
    expect(
      ask(source({ value: '123456789012345678901234567890.125', standardUncertainty: '1e-3' })).rounded,
    ).toMatchObject({ value: '123456789012345678901234567890.1250', expandedUncertainty: '0.0020' });
    expect(ask(source({ value: '1e300', standardUncertainty: '1e300' })).rounded.expandedUncertainty).toBe(
      `20${'0'.repeat(299)}`,
    );
  });
  it('the shape of very small ones is that of others', () =>
    expect(ask(source({ distribution: 'rectangular', halfWidth: '1e-250' })).coverage.method).toBe(
      'rectangular',
    ));
  it.each(['nearest', 'up', 'gum'])('numbers at the edge of what is read are rounded as %s', (rounding) => {
    const sources = [{ name: 'a', value: '1e400', standardUncertainty: '1e-400' }];
    const { rounded, combinedStandardUncertainty } = ask({ sources, model: 'a*2', rounding });
    expect(combinedStandardUncertainty).toBe(`0.${'0'.repeat(399)}2`);
    expect(rounded.value).toBe(`2${'0'.repeat(400)}.${'0'.repeat(401)}`);
    const large = [{ name: 'a', value: '1', standardUncertainty: '1e400' }];
    expect(ask({ sources: large, rounding, coverageFactor: '2' }).rounded.expandedUncertainty).toBe(
      `2${'0'.repeat(400)}`,
    );
  });
  it('asymmetric limits have their middle and the spread of the whole (JCGM 100, 4.3.8)', () => {
    const answer = ask(source({ lower: '9.9', upper: '10.5' }));
    expect(answer.value).toBe('10.2');
    expect(answer.combinedStandardUncertainty).toBe('0.173205080756888');
    expect(ask(source({ lower: '9.9', upper: '10.5', value: '10' })).value).toBe('10');
  });
  it.each([
    [{ resolution: '0.01' }, '0.00288675134594813'],
    [{ distribution: 'resolution', halfWidth: '0.005' }, '0.00288675134594813'],
    [{ distribution: 'triangular', halfWidth: '1' }, '0.408248290463863'],
    [{ distribution: 'U-shaped', halfWidth: '1' }, '0.707106781186548'],
    [{ distribution: 'trapezoid', halfWidth: '1', beta: '0.5' }, '0.456435464587638'],
    [{ expanded: '2.776445105', probability: '0.95', degreesOfFreedom: '4' }, '1.000000000'],
    [{ distribution: 'normal', halfWidth: '1.96', probability: '0.95' }, '1.00001837557'],
    [{ readings: ['1', '2', '3', '4'] }, '0.645497224367903'],
    [{ readings: ['1', '2', '3', '4', '5', '6'], effectiveN: true }, '1.32287565553230'],
  ])('%j has the standard uncertainty %s', (form, u) =>
    expect(Number(ask(source(form)).combinedStandardUncertainty)).toBeCloseTo(Number(u), 9),
  );
  it('sources that cancel by a correlation of -1 leave the others', () => {
    const answer = ask({
      sources: [
        { ...a, standardUncertainty: '0.3' },
        { ...b, standardUncertainty: '0.3' },
        { name: 'c', standardUncertainty: '0.4' },
      ],
      correlations: [{ a: 'a', b: 'b', r: '-1' }],
    });
    expect(Number(answer.combinedStandardUncertainty)).toBeCloseTo(0.4, 14);
  });
  it('a correlation may be written as a list', () =>
    expect(ask({ sources: [a, b], correlations: [['a', 'b', '1']] }).combinedStandardUncertainty).toBe(
      '0.3',
    ));
  it('all second-order terms of a b^2, worked by hand', () => {
    const sources = [
      { name: 'a', value: '2', standardUncertainty: '0.1' },
      { name: 'b', value: '3', standardUncertainty: '0.2' },
    ];
    // 6.57 of first order; 8 u_b^4; (f_ab^2 + f_a f_abb) u_a^2 u_b^2 = (36 + 18) 0.0004.
    const answer = ask({ sources, model: 'a*b^2', order: 2 });
    expect(Number(answer.combinedStandardUncertainty) ** 2).toBeCloseTo(6.57 + 0.0128 + 0.0216, 12);
  });
  it('a slope that vanishes everywhere leaves the second order', () => {
    const answer = ask({ sources: [{ name: 'x', value: '0', standardUncertainty: '0.1' }], model: 'x^2' });
    expect(Number(answer.combinedStandardUncertainty)).toBeCloseTo(Math.SQRT2 * 0.01, 12);
    expect(answer.statement).toContain('second-order');
  });
});
