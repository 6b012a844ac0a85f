import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { testInterval } from './a3.ts';
import { reliabilityInterval } from './s2.ts';
import { variablesInterval } from './variables.ts';

interface Published {
  a3: {
    inTolerance: number;
    calibrations: number;
    interval: string;
    target: string;
    confidence: string;
    expected: { interval: number; rejection: number; lower: number; upper: number };
  }[];
  variables: Parameters<typeof variablesInterval>[0] & {
    expected: {
      coefficients: number[];
      covariance: number[][];
      residualStandardDeviation: number;
      reliability: { interval: number; value: number };
      uncertainty: { interval: number; value: number };
      upperOnly: number;
    };
  };
  s2: {
    target: string;
    time: number[];
    calibrations: number[];
    inTolerance: number[];
    expected: Record<
      string,
      { parameters: number[]; logLikelihood: number; interval: number | null; f: number; rejection: number }
    >;
  };
}
const file = new URL('../../../test/fixtures/metrology/calibration-interval-published.json', import.meta.url);
const published: Published = JSON.parse(readFileSync(file, 'utf8'));

it.each(published.a3)('A3: $inTolerance of $calibrations', ({ expected, target, ...given }) => {
  const answer = testInterval({ ...given, targetReliability: target });
  expect(Math.round(Number(answer.interval))).toBe(expected.interval);
  expect(Number(answer.rejectionConfidence)).toBeCloseTo(expected.rejection, 4);
  const { lower, upper } = answer.reliabilityRange as { lower: string; upper: string };
  expect(Number(lower)).toBeCloseTo(expected.lower, 4);
  expect(Number(upper)).toBeCloseTo(expected.upper, 4);
});

describe('variables, NASA-HDBK-8739.19-5', () => {
  const { expected, ...request } = published.variables;
  type Target = { interval: string; value: string };
  const answer = variablesInterval(request);
  const near = (value: number, printed: number): void =>
    expect(Math.abs(value / printed - 1)).toBeLessThan(5e-4);

  it('drift, table 7-3', () => {
    (answer.coefficients as string[]).forEach((value, k) => {
      near(Number(value), expected.coefficients[k] ?? 0);
    });
    (answer.covariance as string[][]).forEach((row, i) => {
      row.forEach((value, j) => {
        near(Number(value), expected.covariance[i]?.[j] ?? 0);
      });
    });
    expect(Number(answer.residualStandardDeviation)).toBeCloseTo(expected.residualStandardDeviation, 4);
  });

  it('reliability target, table 7-4', () => {
    const { interval, value } = answer.reliabilityTarget as Target;
    expect(Number(interval)).toBeCloseTo(expected.reliability.interval, 1);
    expect(Number(value)).toBeCloseTo(expected.reliability.value, 2);
    expect(answer.interval).toBe(interval);
  });

  it('uncertainty target, table 7-7', () => {
    const { interval, value } = answer.uncertaintyTarget as Target;
    expect(Number(interval)).toBeCloseTo(expected.uncertainty.interval, 2);
    expect(Number(value)).toBeCloseTo(expected.uncertainty.value, 2);
    expect(answer.extrapolated).toBe(false);
  });

  it('one limit, and no interval where the value begins at a limit', () => {
    const upperOnly = variablesInterval({ ...request, limits: { lower: null, upper: '11' } });
    expect(Number((upperOnly.reliabilityTarget as Target).interval)).toBeCloseTo(expected.upperOnly, 2);
    const outside = variablesInterval({ ...request, initialValue: '9.03' });
    expect(outside.interval).toBe('0');
    expect(outside.basis).toContain('at once');
  });
});

describe('S2, data of RP-1 table D-1', () => {
  const { s2 } = published;
  const answer = reliabilityInterval({
    targetReliability: s2.target,
    groups: s2.time.map((time, i) => ({
      time,
      calibrations: s2.calibrations[i] ?? 0,
      inTolerance: s2.inTolerance[i] ?? 0,
    })),
  });
  const models = answer.models as Record<string, string & string[]>[];

  it.each(Object.entries(s2.expected))('%s', (name, expected) => {
    const found = models.find((model) => model.name === name);
    found?.parameters?.forEach((value, k) => {
      expect(Number(value)).toBeCloseTo(expected.parameters[k] ?? 9, 5);
    });
    expect(Number(found?.logLikelihood)).toBeCloseTo(expected.logLikelihood, 4);
    expect(Number(found?.f)).toBeCloseTo(expected.f, 6);
    expect(Number(found?.rejectionConfidence)).toBeCloseTo(expected.rejection, 6);
    if (expected.interval === null) expect(found?.interval).toBeNull();
    else expect(Number(found?.interval)).toBeCloseTo(expected.interval, 4);
  });

  it('takes the likeliest that is not rejected', () => {
    expect(answer).toMatchObject({ model: 'random-walk', extrapolated: false });
    expect(Number(answer.interval)).toBeCloseTo(7.92004, 4);
  });
});
