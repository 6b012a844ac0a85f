import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CalibrationPlan, type PointResult } from '../../contract/calibrate.ts';
import { RunEvaluation } from '../../contract/evaluation.ts';
import { ReferenceStandard } from '../../contract/standards.ts';
import { addDecimal, fromQuanta, subtractDecimal } from '../../units/units.ts';
import { stationsOf } from '../../wizard/stations.ts';
import { pointResult } from '../point.ts';
import { evaluateStability } from '../stability.ts';
import { correctionAt } from './correction.ts';
import { evaluateRun, type Run } from './evaluate-run.ts';

const planned = (change: object = {}): CalibrationPlan =>
  CalibrationPlan.parse({
    channel: 't1',
    points: ['0', '50', '100'],
    tolerance: '0.10',
    adjust: 'when-needed',
    stability: {
      readings: 5,
      intervalMs: 100,
      maxDrift: '0.05',
      maxSpread: '0.05',
      nearNominal: '0.5',
      timeoutSeconds: 60,
    },
    ...change,
  });

const standard = ReferenceStandard.parse({
  id: 's1',
  maker: 'Maker',
  model: 'Model',
  serial: '7',
  unit: 'degC',
  resolution: '0.002',
  drift: '0.003',
  certificates: [
    {
      number: 'C-1',
      laboratory: 'Lab',
      issued: '2026-01-01',
      due: '2027-01-01',
      points: [
        { value: '0', correction: '0.010', expandedUncertainty: '0.012' },
        { value: '100', correction: '-0.010', expandedUncertainty: '0.020' },
      ],
    },
  ],
});

/** Scatter in thousandths: mean 0, s = sqrt(2.5) thousandths, n = 5. */
const scatter = [0, 1, -1, 2, -2];

/** A run whose unit is `errorAt` thousandths off at each station; the reference reads nominal + 0.004 throughout. */
function resultsOf(plan: CalibrationPlan, errorAt: (station: number) => number): PointResult[] {
  return stationsOf(plan).map(({ nominal }, station) => {
    const reference = addDecimal(nominal, '0.004');
    const readings = scatter.map((thousandths, i) => ({
      at: station * 10_000 + i * 100,
      reference,
      unit: addDecimal(reference, fromQuanta(errorAt(station) + thousandths, '0.001')),
      raw: 1000 + station,
    }));
    return pointResult({
      nominal,
      readings,
      stability: evaluateStability(readings, nominal, plan.stability),
      override: null,
      tolerance: plan.tolerance,
      correction: correctionAt(standard, reference),
    });
  });
}

const run = (
  plan: CalibrationPlan,
  errorAt: (station: number) => number,
  change: Partial<Run> = {},
): Run => ({
  plan,
  results: resultsOf(plan, errorAt),
  standard,
  channel: { unit: 'degC', quantum: '0.001' },
  laboratory: { rounding: 'up', floor: null },
  ...change,
});

describe('a run, judged as a whole', () => {
  it('states error and U of each point as computed by hand', () => {
    const evaluation = evaluateRun(run(planned(), () => 30));
    expect(RunEvaluation.parse(evaluation)).toEqual(evaluation);
    const [, middle] = evaluation.points;
    // The correction at 50.004: from 0.010 at 0 to -0.010 at 100.
    expect(middle).toMatchObject({
      nominal: '50',
      reference: '50.0039992',
      unit: '50.034',
      error: '0.0300008',
    });
    // 0.02/2, 0.003/sqrt3, 0.001/sqrt3, 0.0005/sqrt3 and s/sqrt(n_eff) of the five differences.
    const [scatterLine, ...others] = middle?.budget ?? [];
    expect(others.map(({ standardUncertainty }) => standardUncertainty)).toEqual([
      '0.01',
      '0.0017321',
      '0.00057735',
      '0.00028868',
    ]);
    const u = Math.sqrt(
      [scatterLine, ...others].reduce((sum, line) => sum + Number(line?.standardUncertainty) ** 2, 0),
    );
    expect(Number(middle?.standardUncertainty)).toBeCloseTo(u, 6);
    expect(Number(middle?.coverageFactor)).toBeGreaterThan(1.999);
    expect(middle).toMatchObject({ expandedUncertainty: '0.021', errorRounded: '0.030', verdict: 'pass' });
    expect(middle?.budget.reduce((sum, { share }) => sum + Number(share), 0)).toBeCloseTo(100, 0);
  });

  it('makes one row of what was measured from both sides and in cycles', () => {
    const plan = planned({ sequence: 'up-down', cycles: 2 });
    // 0, 50, 100, 50, 0 twice; upward 0.010 higher. The second cycle begins where it came to from above.
    const { points } = evaluateRun(run(plan, (station) => ([0, 1, 2, 6, 7].includes(station) ? 10 : 0)));
    expect(points.map(({ nominal, results }) => [nominal, results])).toEqual([
      ['0', [0, 4, 5, 9]],
      ['50', [1, 3, 6, 8]],
      ['100', [2, 7]],
    ]);
    expect(points.map(({ hysteresis }) => hysteresis)).toEqual(['0.01', '0.01', null]);
    expect(points[1]?.budget.find(({ name }) => name === 'Hysteresis')).toMatchObject({
      distribution: 'rectangular',
      amount: '0.005',
      divisor: '1.7321',
    });
    expect(points[1]?.repeatability).toBe('0');
  });

  it.each([
    ['simple', 'pass', { rule: 'simple' }],
    ['guard-band', 'fail', { rule: 'guard-band', r: '1' }],
    ['non-binary', 'conditional-pass', { rule: 'non-binary', r: '1' }],
  ])('decides 0.09 of 0.10 by the rule %s: %s', (_, verdict, decision) => {
    const evaluation = evaluateRun(run(planned({ decision }), () => 90));
    expect(evaluation.verdict).toBe(verdict);
    expect(evaluation.decisionStatement).not.toBe('');
  });

  it('names the guard bands of all points where U is not the same at all', () => {
    const plan = planned({ decision: { rule: 'guard-band', r: '1' } });
    const uneven = structuredClone(standard);
    const point = { correction: '0', coverageFactor: '2' };
    uneven.certificates[0]?.points.splice(
      0,
      1,
      { ...point, value: '0', expandedUncertainty: '0.060' },
      { ...point, value: '60', expandedUncertainty: '0.020' },
    );
    const words = (change: Partial<Run>) => evaluateRun(run(plan, () => 0, change)).decisionStatement;
    expect(words({})).toContain('guard band 0.021.');
    expect(words({ standard: uneven })).toContain('guard band 0.021 to 0.061, from point to point.');
    const floor = { unit: 'degC', amount: '0.07' };
    expect(words({ laboratory: { rounding: 'up', floor } })).toContain('guard band 0.07.');
  });

  it('is as good as its worst point, and asks the tighter limit for an adjustment', () => {
    const plan = planned({ asLeftLimit: '0.05' });
    const worst = evaluateRun(run(plan, (station) => (station === 1 ? 130 : 0)));
    expect(worst).toMatchObject({ verdict: 'fail', withinAsLeftLimit: false });
    const between = evaluateRun(run(plan, (station) => (station === 1 ? 70 : 0)));
    expect(between).toMatchObject({ verdict: 'pass', withinAsLeftLimit: false });
    expect(evaluateRun(run(plan, () => 0)).withinAsLeftLimit).toBe(true);
  });

  it('says where k is not that of Student: a coarse display dominates (EA-4/02, S9)', () => {
    const smooth = evaluateRun(run(planned(), () => 0));
    expect(smooth.uncertaintyStatement).toContain("coverage factor k of Student's t distribution for");
    expect(smooth.uncertaintyStatement).not.toContain('rectangular');
    const coarse = { channel: { unit: 'degC', quantum: '0.2' } };
    const all = evaluateRun(run(planned({ tolerance: '2' }), () => 0, coarse));
    expect(all.points.map(({ coverageFactor }) => Number(coverageFactor).toFixed(2))).toEqual([
      '1.65',
      '1.65',
      '1.65',
    ]);
    expect(all.uncertaintyStatement).toContain('in which a rectangular contribution dominates');
    expect(all.uncertaintyStatement).not.toContain('Student');
    const uneven = structuredClone(standard);
    uneven.certificates[0]?.points.splice(1, 1, {
      value: '100',
      correction: '0',
      expandedUncertainty: '0.4',
      coverageFactor: '2',
    });
    uneven.certificates[0]?.points.splice(1, 0, {
      value: '60',
      correction: '0',
      expandedUncertainty: '0.01',
      coverageFactor: '2',
    });
    const some = evaluateRun(run(planned({ tolerance: '2' }), () => 0, { ...coarse, standard: uneven }));
    expect(some.uncertaintyStatement).toContain("Student's t");
    expect(some.uncertaintyStatement).toContain('at the points where a rectangular contribution dominates');
  });

  it('states no uncertainty for a reference whose certificate is not known', () => {
    const evaluation = evaluateRun(run(planned(), () => 0, { standard: null }));
    expect(evaluation.uncertaintyStatement).toBeNull();
    expect(evaluation.points[0]?.budget.map(({ name }) => name)).not.toContain('Certificate of the standard');
  });

  it('never states less than the laboratory may', () => {
    const floor = { unit: 'degC', amount: '0.05' };
    const { points } = evaluateRun(run(planned(), () => 0, { laboratory: { rounding: 'up', floor } }));
    expect(points.map(({ expandedUncertainty }) => expandedUncertainty)).toEqual(['0.050', '0.050', '0.050']);
    const other = { unit: 'bar', amount: '0.05' };
    const free = evaluateRun(run(planned(), () => 0, { laboratory: { rounding: 'up', floor: other } }));
    expect(Number(free.points[0]?.expandedUncertainty)).toBeLessThan(0.05);
  });

  it('moves the error and nothing else where the unit is moved', () => {
    fc.assert(
      fc.property(fc.integer({ min: -500, max: 500 }), (moved) => {
        const [still, shifted] = [
          evaluateRun(run(planned(), () => 0)),
          evaluateRun(run(planned(), () => moved)),
        ];
        still.points.forEach((point, i) => {
          const other = shifted.points[i];
          expect(Number(subtractDecimal(other?.error ?? '', point.error))).toBeCloseTo(moved / 1000, 12);
          expect(other?.budget).toEqual(point.budget);
          expect(other?.expandedUncertainty).toBe(point.expandedUncertainty);
        });
      }),
      { numRuns: 50 },
    );
  });
});
