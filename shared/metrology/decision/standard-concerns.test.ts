import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ReferenceStandard } from '../../contract/standards.ts';
import { compare, fromDecimal, toTrimmed } from '../rational.ts';
import { standardAt } from './standard-at.ts';
import { standardConcerns, standardPower } from './standard-concerns.ts';
import { standardMistakes } from './standard-mistakes.ts';

const point = (value: string, expandedUncertainty: string, more = {}) => ({
  value,
  expandedUncertainty,
  ...more,
});
const certificate = (points: object[], more = {}) => ({
  number: 'C-1',
  laboratory: 'Lab',
  issued: '2026-01-10',
  due: '2027-01-10',
  points,
  ...more,
});
const standard = (more = {}): ReferenceStandard =>
  ReferenceStandard.parse({
    id: 's1',
    maker: 'Fluke',
    model: '1524',
    serial: '4711',
    unit: 'degC',
    resolution: '0.001',
    certificates: [certificate([point('0', '0.04'), point('100', '0.05')])],
    ...more,
  });
const plan = { points: ['0', '50', '100'], tolerance: '0.20', leastTur: '4' };
const day = '2026-11-22';
const codes = (...given: Parameters<typeof standardConcerns>): string[] =>
  standardConcerns(...given).map(({ code }) => code);

describe('what speaks against a standard', () => {
  it('is nothing where it is in date, in range and good enough, down to the last digit', () => {
    expect(standardConcerns(standard(), plan, 'degC', day)).toEqual([]);
    expect(codes(standard(), { ...plan, tolerance: '0.19999' }, 'degC', day)).toEqual(['too-uncertain']);
  });

  it('is that nobody knows it', () => {
    expect(codes(null, plan, 'degC', day)).toEqual(['unregistered']);
  });

  it.each([
    ['2026-01-09', ['not-yet-valid']],
    ['2026-01-10', []],
    ['2027-01-10', []],
    ['2027-01-11', ['overdue']],
  ])('is its certificate on %s: %s', (today, expected) => {
    expect(codes(standard(), plan, 'degC', today)).toEqual(expected);
  });

  it('is the last certificate’s date, not that of the ones before', () => {
    const points = [point('0', '0.04'), point('100', '0.05')];
    const old = certificate(points, { number: 'C-0', issued: '2024-01-01', due: '2025-01-01' });
    expect(codes(standard({ certificates: [old, certificate(points)] }), plan, 'degC', day)).toEqual([]);
  });

  it('names the points outside of its certificate', () => {
    const [found] = standardConcerns(standard(), { ...plan, points: ['-0.001', '50', '100.5'] }, 'degC', day);
    expect(found).toEqual({
      code: 'out-of-range',
      detail: 'certificate C-1 covers 0 to 100 degC, not -0.001, 100.5',
    });
  });

  it('names the point where it is worst and the others where it is too uncertain', () => {
    const poor = standard({
      certificates: [certificate([point('0', '0.04'), point('50', '0.1'), point('100', '0.2')])],
    });
    expect(standardConcerns(poor, plan, 'degC', day)).toEqual([
      {
        code: 'too-uncertain',
        detail: 'TUR 1.00 at 100 (tolerance 0.20, U 0.20 degC, 4 is asked); too little at 50 as well',
      },
    ]);
  });

  it('says what the standard is worth at a point, drift and all', () => {
    expect(standardPower(standard(), '50', '0.20')).toEqual({ expandedUncertainty: '0.050', tur: '4.00' });
    expect(standardPower(standard({ drift: '0.03' }), '0', '0.20')).toEqual({
      expandedUncertainty: '0.053',
      tur: '3.78',
    });
  });

  it('takes the drift since the certificate along, as a rectangle', () => {
    // U 0.05 alone is TUR 4; with 0.03 / sqrt(3), twice, it is sqrt(0.0025 + 0.0012) = 0.0608.
    const [found] = standardConcerns(standard({ drift: '0.03' }), { ...plan, points: ['100'] }, 'degC', day);
    expect(found?.detail).toContain('TUR 3.29 at 100 (tolerance 0.20, U 0.061 degC');
  });

  it('does not take a U that was stated with k = 1 for a better one', () => {
    const stated = standard({
      certificates: [
        certificate([
          point('0', '0.025', { coverageFactor: '1' }),
          point('100', '0.026', { coverageFactor: '1' }),
        ]),
      ],
    });
    expect(codes(stated, { ...plan, points: ['0'] }, 'degC', day)).toEqual([]);
    expect(codes(stated, { ...plan, points: ['100'] }, 'degC', day)).toEqual(['too-uncertain']);
  });

  it('never shows a ratio as reached that is not', () => {
    const [found] = standardConcerns(standard(), { ...plan, tolerance: '0.1999999' }, 'degC', day);
    expect(found?.detail).toContain('TUR 3.999998');
  });

  it('judges no figures in another unit, and says all that speaks against it', () => {
    const retired = { on: '2026-05-01', reason: 'dropped' };
    expect(codes(standard({ retired, unit: 'K' }), plan, 'degC', '2028-01-01')).toEqual([
      'retired',
      'overdue',
      'other-unit',
    ]);
  });

  it('keeps to the length of the contract', () => {
    const points = Array.from({ length: 40 }, (_, i) => `${2000 + i}.0000000001`);
    for (const { detail } of standardConcerns(standard(), { ...plan, points }, 'degC', day)) {
      expect(detail.length).toBeLessThanOrEqual(300);
    }
  });
});

describe('a standard between its points', () => {
  const between = standard({
    certificates: [
      certificate([
        point('-10', '0.02', { correction: '-0.01' }),
        point('0', '0.04', { correction: '0.03' }),
        point('30', '0.03', { correction: '0' }),
      ]),
    ],
  });
  it.each([
    ['-50', '-0.01', '0.02'],
    ['-10', '-0.01', '0.02'],
    ['-5', '0.01', '0.04'],
    ['0.00', '0.03', '0.04'],
    ['10', '0.02', '0.04'],
    ['30', '0', '0.03'],
    ['31', '0', '0.03'],
  ])('at %s its correction is %s and its U %s', (value, correction, expanded) => {
    const figures = standardAt(between, fromDecimal(value));
    expect(toTrimmed(figures.correction, 0, 12)).toBe(correction);
    expect(figures.source.expandedUncertainty).toBe(expanded);
  });

  it('is never better known than at the better neighbour, nor corrected by more than the larger correction', () => {
    fc.assert(
      fc.property(fc.integer({ min: -20_000, max: 40_000 }), (thousandths) => {
        const { correction, standardUncertainty } = standardAt(between, {
          over: BigInt(thousandths),
          under: 1000n,
        });
        expect(compare(standardUncertainty, fromDecimal('0.01'))).toBeGreaterThanOrEqual(0);
        expect(compare(correction, fromDecimal('0.03'))).toBeLessThanOrEqual(0);
        expect(compare(correction, fromDecimal('-0.01'))).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});

describe('an entry of the register', () => {
  it.each([
    ['unit', { unit: 'degree' }],
    ['resolution', { resolution: '0' }],
    ['drift', { drift: '-0.1' }],
    ['certificates[0].due', { certificates: [certificate([point('0', '0.1')], { due: '2025-12-31' })] }],
    [
      'certificates[0].points[1].value',
      { certificates: [certificate([point('1', '0.1'), point('1.0', '0.1')])] },
    ],
    ['certificates[0].points[0].expandedUncertainty', { certificates: [certificate([point('0', '0')])] }],
    [
      'certificates[0].points[0].coverageFactor',
      { certificates: [certificate([point('0', '0.1', { coverageFactor: '0.99' })])] },
    ],
    [
      'certificates[1].number',
      { certificates: [certificate([point('0', '0.1')]), certificate([point('0', '0.1')])] },
    ],
    [
      'certificates[1].issued',
      {
        certificates: [
          certificate([point('0', '0.1')]),
          certificate([point('0', '0.1')], { number: 'C-0', issued: '2025-01-01' }),
        ],
      },
    ],
  ])('is refused for its %s', (path, more) => {
    expect(standardMistakes(standard(more)).map((mistake) => mistake.path)).toEqual([path]);
  });

  it('is taken as it should be', () => {
    expect(standardMistakes(standard())).toEqual([]);
  });
});
