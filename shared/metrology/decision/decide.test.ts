import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareDecimal, formatDecimal } from '../../units/units.ts';
import { RequestError } from '../request.ts';
import { type DecisionRequest, decide } from './decide.ts';
import { type ChosenRule, decisionRuleIds } from './rules.ts';

const request = (error: string, rule: ChosenRule, more: Partial<DecisionRequest> = {}): DecisionRequest => ({
  error,
  expandedUncertainty: '0.010',
  coverageFactor: '2',
  tolerance: { symmetric: '0.050' },
  rule,
  ...more,
});

describe('acceptance limits', () => {
  it.each([
    [{ rule: 'simple' }, '0.05', '0'],
    [{ rule: 'guard-band' }, '0.04', '0.01'],
    [{ rule: 'guard-band', r: '0.5' }, '0.045', '0.005'],
    [{ rule: 'iso-14253-1' }, '0.0417', '0.0083'],
    [{ rule: 'three-sigma' }, '0.035', '0.015'],
    [{ rule: 'non-binary' }, '0.04', '0.01'],
    [{ rule: 'dobbert' }, '0.05', '0'],
    [{ rule: 'one-less-inverse-tur' }, '0.04', '0.01'],
    // sqrt(0.0024) = 0.04898979485566...: not above it.
    [{ rule: 'rss' }, '0.0489897948556', '0.0010102051444'],
  ] as const)('%j: %s', (rule, limit, guardBand) => {
    expect(decide(request('0', rule))).toMatchObject({
      verdict: 'pass',
      acceptance: { lower: `-${limit}`, upper: limit },
      guardBand,
    });
    expect(decide(request(limit, rule)).verdict).toBe('pass');
    expect(decide(request(`-${limit}`, rule)).verdict).toBe('pass');
    expect(decide(request(`${limit.padEnd(20, '0')}1`, rule)).verdict).not.toBe('pass');
  });

  it('of a root that is exact', () => {
    const tolerance = { symmetric: '0.05' };
    const decision = decide(request('0.04', { rule: 'rss' }, { tolerance, expandedUncertainty: '0.03' }));
    expect(decision).toMatchObject({ verdict: 'pass', acceptance: { upper: '0.04' }, guardBand: '0.01' });
  });

  it('three standard uncertainties, whatever k is, rounded up where they do not end', () => {
    const decision = decide(request('0', { rule: 'three-sigma' }, { coverageFactor: '2.1' }));
    expect(decision.guardBand).toBe('0.0142857142858');
    expect(decision.acceptance?.upper).toBe('0.0357142857142');
  });

  it('may lie to one side of zero, or be one only', () => {
    const tolerance = { lower: '-0.02', upper: '0.10' };
    expect(decide(request('0.03', { rule: 'guard-band' }, { tolerance })).acceptance).toEqual({
      lower: '-0.01',
      upper: '0.09',
    });
    const open = { lower: null, upper: '0.10' };
    const decision = decide(request('-99', { rule: 'guard-band' }, { tolerance: open }));
    expect(decision).toMatchObject({
      verdict: 'pass',
      acceptance: { lower: null, upper: '0.09' },
      testUncertaintyRatio: null,
    });
  });
});

describe('verdict', () => {
  const nonBinary: ChosenRule = { rule: 'non-binary' };
  it.each([
    ['0.0400', 'pass'],
    ['0.0400000001', 'conditionalPass'],
    ['0.05', 'conditionalPass'],
    ['0.0500000001', 'conditionalFail'],
    ['0.06', 'conditionalFail'],
    ['0.0600000001', 'fail'],
  ] as const)('%s without a sharp line: %s', (error, verdict) => {
    expect(decide(request(error, nonBinary)).verdict).toBe(verdict);
    expect(decide(request(`-${error}`, nonBinary)).verdict).toBe(verdict);
  });

  it.each(decisionRuleIds)('never passes outright where U is above the tolerance: %s', (rule) => {
    const wide = { expandedUncertainty: '0.0501' };
    for (const [error, verdict] of [
      ['0', 'conditionalPass'],
      ['0.05', 'conditionalPass'],
      ['0.06', 'conditionalFail'],
      ['1', 'fail'],
    ] as const) {
      const decision = decide(request(error, { rule }, wide));
      expect(decision.verdict).toBe(verdict);
      expect(decision.ruleStatement).toContain('only conditional statements');
    }
  });

  it('passes where U is exactly the tolerance', () => {
    expect(decide(request('0', { rule: 'simple' }, { expandedUncertainty: '0.05' })).verdict).toBe('pass');
    expect(decide(request('0', { rule: 'guard-band' }, { expandedUncertainty: '0.05' }))).toMatchObject({
      verdict: 'pass',
      acceptance: { lower: '0', upper: '0' },
    });
  });

  it('says so where the guard band leaves nothing', () => {
    const decision = decide(request('0', { rule: 'guard-band', r: '6' }));
    expect(decision).toMatchObject({
      verdict: 'conditionalPass',
      acceptance: null,
      riskAtAcceptanceLimit: null,
    });
    expect(decision.statement).toContain('no acceptance limits are left');
  });
});

describe('ISO 14253-1', () => {
  it.each(['1.3', '2', '3', '5', '12'])(
    'conforms in at least 95 of 100 cases at its limit for TL = %s',
    (ratio) => {
      const decision = decide(
        request(
          '0',
          { rule: 'iso-14253-1' },
          {
            tolerance: { symmetric: ratio },
            expandedUncertainty: '1.2',
            coverageFactor: '2',
          },
        ),
      );
      if (decision.acceptance === null) return;
      expect(Number(decision.riskAtAcceptanceLimit)).toBeLessThanOrEqual(0.05);
    },
  );

  it('is more than 0.83 U where both limits are near, and leaves nothing below 1.96 u', () => {
    const near = (symmetric: string) =>
      decide(request('0', { rule: 'iso-14253-1' }, { tolerance: { symmetric }, expandedUncertainty: '2' }));
    expect(near('2').guardBand).not.toBe('1.66');
    expect(Number(near('2').riskAtAcceptanceLimit)).toBeCloseTo(0.05, 6);
    expect(near('1.95').acceptance).toBeNull();
    expect(near('4').guardBand).toBe('1.66');
  });
});

describe('sentences', () => {
  it('name rule, source and risk', () => {
    expect(decide(request('0.04', { rule: 'guard-band', r: '1' })).ruleStatement).toBe(
      'Decision rule: Guard band w = r U (r = 1), ILAC-G8:09/2019, 4.2.2; guard band 0.01. ' +
        'A value that is accepted is out of tolerance with a probability of at most 2.3 %.',
    );
    expect(decide(request('0.04', { rule: 'simple' })).ruleStatement).toContain('at most 50 %');
    expect(decide(request('-0.0500', { rule: 'simple' })).statement).toBe(
      'Pass: error -0.0500, tolerance -0.05 to 0.05, acceptance limits -0.05 to 0.05. ' +
        'Probability that the true error lies outside the tolerance: 50 %.',
    );
  });
});

describe('refuses', () => {
  it.each([
    ['expandedUncertainty', { expandedUncertainty: '0' }],
    ['coverageFactor', { coverageFactor: '0' }],
    ['tolerance.symmetric', { tolerance: { symmetric: '-1' } }],
    ['tolerance.lower', { tolerance: { lower: '1', upper: '1.0' } }],
    ['tolerance', { tolerance: { lower: null, upper: null } }],
    ['tolerance', { rule: { rule: 'rss' }, tolerance: { lower: null, upper: '1' } }],
    ['rule.r', { rule: { rule: 'simple', r: '1' } }],
    ['rule.r', { rule: { rule: 'guard-band', r: '-0.1' } }],
  ] as const)('%s', (path, more) => {
    expect(() => decide(request('0', { rule: 'simple' }, more))).toThrow(
      expect.toSatisfy((error) => error instanceof RequestError && error.path === path),
    );
  });
});

describe('properties', () => {
  const decimal = (least: number, most: number) =>
    fc.integer({ min: least, max: most }).map((n) => formatDecimal({ digits: BigInt(n), places: 4 }));
  const rule = fc.constantFrom(...decisionRuleIds).map((name): ChosenRule => ({ rule: name }));

  it('decides alike on both sides of zero', () => {
    fc.assert(
      fc.property(decimal(0, 2000), decimal(1, 1500), decimal(1, 1000), rule, (error, U, TL, chosen) => {
        const more = { expandedUncertainty: U, tolerance: { symmetric: TL } };
        const [plus, minus] = [error, error === '0.0000' ? error : `-${error}`].map((value) =>
          decide(request(value, chosen, more)),
        );
        expect(minus?.verdict).toBe(plus?.verdict);
        expect(Number(minus?.specificRisk)).toBeCloseTo(Number(plus?.specificRisk), 9);
      }),
      { numRuns: 300 },
    );
  });

  it('never accepts more with a wider guard band, and what it prints leads to the same decision', () => {
    const r = fc.integer({ min: 0, max: 40 });
    fc.assert(
      fc.property(decimal(-1200, 1200), decimal(1, 400), r, r, (error, U, a, b) => {
        const tolerance = { symmetric: '0.1000' };
        const [narrow, wide] = [Math.min(a, b), Math.max(a, b)].map((n) =>
          decide(
            request(
              error,
              { rule: 'guard-band', r: (n / 10).toFixed(1) },
              { expandedUncertainty: U, tolerance },
            ),
          ),
        );
        expect(compareDecimal(narrow?.guardBand ?? '', wide?.guardBand ?? '')).not.toBe(1);
        if (wide?.verdict === 'pass') expect(narrow?.verdict).toBe('pass');
        for (const decision of [narrow, wide]) {
          const { lower, upper } = decision?.acceptance ?? {};
          const within =
            lower != null &&
            upper != null &&
            compareDecimal(error, lower) >= 0 &&
            compareDecimal(error, upper) <= 0;
          expect(decision?.verdict === 'pass').toBe(within);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('adds conformance and risk to one, and a pass under w = U conforms in 95 % or more', () => {
    fc.assert(
      fc.property(decimal(-1500, 1500), decimal(1, 1000), (error, U) => {
        const decision = decide(
          request(error, { rule: 'guard-band' }, { expandedUncertainty: U, tolerance: { symmetric: '0.1' } }),
        );
        expect(Number(decision.conformanceProbability) + Number(decision.specificRisk)).toBeCloseTo(1, 9);
        if (decision.verdict === 'pass') expect(Number(decision.specificRisk)).toBeLessThan(0.0456);
      }),
      { numRuns: 300 },
    );
  });
});
