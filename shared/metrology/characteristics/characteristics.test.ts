import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromDecimal, type Rational, toPlaces, toSignificant } from '../rational.ts';
import { squareRootText } from '../square-root.ts';
import { creep, zeroDeviation } from './at-rest.ts';
import { directions, hysteresis } from './hysteresis.ts';
import { nonLinearity } from './linearity.ts';
import { repeatability, reproducibility } from './scatter.ts';

const exact = (...texts: string[]): Rational[] => texts.map(fromDecimal);
const text = (value: Rational | null | undefined): string | null => (value ? toSignificant(value, 12) : null);

describe('hysteresis', () => {
  it('is the distance of the means of both ways, exact', () => {
    expect(text(hysteresis(exact('0.1', '0.3'), exact('0.05', '0.05')))).toBe('0.150000000000');
    expect(text(hysteresis(exact('0.05'), exact('0.1', '0.3')))).toBe('0.150000000000');
    expect(hysteresis(exact('0.1'), [])).toBeNull();
  });

  it.each([
    [
      ['0', '50', '100', '50', '0'],
      ['up', 'up', 'up', 'down', 'down'],
    ],
    [
      ['100', '50', '0', '50'],
      ['down', 'down', 'down', 'up'],
    ],
    [
      ['0', '0.0', '50', '50', '0'],
      ['up', 'up', 'up', 'up', 'down'],
    ],
    [
      ['5', '5'],
      [null, null],
    ],
    [['5'], [null]],
    [[], []],
  ])('%j was come to %j', (nominals, expected) => {
    expect(directions(nominals)).toEqual(
      // The first is come to as the way that begins with it.
      expected,
    );
  });
});

describe('scatter', () => {
  // Groups with s^2 = 1 (nu 2) and s^2 = 2 (nu 1): pooled 4/3 with nu 3.
  it('is pooled by degrees of freedom', () => {
    const scatter = repeatability([exact('1', '2', '3'), exact('10', '12'), exact('99')]);
    expect(scatter?.degreesOfFreedom).toBe(3);
    expect(text(scatter?.variance)).toBe('1.33333333333');
  });

  it('is unknown without repeats', () => {
    expect(repeatability([exact('1'), exact('2'), []])).toBeNull();
    expect(reproducibility([exact('1')])).toBeNull();
  });

  it('between mountings is the span of their means', () => {
    const mountings = [exact('1.0', '1.2'), exact('1.5'), exact('0.9', '0.9')];
    expect(text(reproducibility(mountings))).toBe('0.600000000000');
  });

  it('is that of one group where there is one, wherever it lies', () => {
    const whole = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 2, maxLength: 9 });
    fc.assert(
      fc.property(whole, fc.integer(), (values, shift) => {
        const [plain, moved] = [values, values.map((n) => n + shift)].map((all) =>
          repeatability([all.map((n) => fromDecimal(String(n)))]),
        );
        expect(moved).toEqual(plain);
      }),
    );
  });
});

describe('non-linearity', () => {
  // y = x^2 at 0, 1, 2: terminal line 2x is 1 away in the middle; best line 2x - 1/3 is 2/3 away there.
  it('is measured from both lines', () => {
    const result = nonLinearity(exact('0', '1', '2'), exact('0', '1', '4'));
    expect(text(result?.terminal.largest)).toBe('1.00000000000');
    expect(result?.terminal.at).toBe(1);
    expect(text(result?.terminal.shareOfSpan)).toBe('0.250000000000');
    expect(text(result?.bestFit.largest)).toBe('0.666666666667');
    expect(result?.bestFit.at).toBe(1);
  });

  it('takes the first of several ends', () => {
    const result = nonLinearity(exact('0', '2', '2'), exact('0', '4', '5'));
    expect(result?.terminal.at).toBe(2);
    expect(text(result?.terminal.largest)).toBe('1.00000000000');
  });

  it('is zero on a line, and unknown where x does not vary', () => {
    expect(nonLinearity(exact('1', '2', '4'), exact('2', '4', '8'))?.bestFit.largest.over).toBe(0n);
    expect(nonLinearity(exact('1', '1'), exact('2', '4'))).toBeNull();
    expect(nonLinearity(exact('1', '2'), exact('3', '3'))?.terminal.shareOfSpan).toBeNull();
  });
});

describe('at rest', () => {
  const readings = ['10.00', '10.03', '10.05', '10.04'].map((value, i) => ({
    at: 100_000 * i,
    value: fromDecimal(value),
  }));

  it('creep is read between two times', () => {
    const result = creep(readings, { from: 30_000, to: 300_000 });
    expect(toPlaces(result?.change ?? fromDecimal('9'), 3)).toBe('0.010');
    expect(toPlaces(result?.largest ?? fromDecimal('9'), 3)).toBe('0.020');
  });

  it('creep is unknown where the readings end before', () => {
    expect(creep(readings, { from: 30_000, to: 300_001 })).toBeNull();
    expect(creep([], { from: 0, to: 1 })).toBeNull();
    expect(() => creep(readings, { from: 1, to: 1 })).toThrow('must be after from');
  });

  it('zero deviation has its sign', () => {
    expect(toPlaces(zeroDeviation(fromDecimal('0.02'), fromDecimal('-0.01')), 2)).toBe('-0.03');
  });
});

it('roots of the scatter keep their digits', () => {
  const scatter = repeatability([exact('10.1', '10.2', '10.3')]);
  expect(squareRootText(scatter?.variance ?? fromDecimal('9'), 12)).toBe('0.100000000000');
});
