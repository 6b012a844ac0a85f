import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normal } from '../statistics/normal.ts';
import { conformance } from './conformance.ts';
import { decide } from './decide.ts';
import { globalRisk, processDeviation, type Span } from './global-risk.ts';

/** Figures of `decision-rules-risk.json` that are used here. */
interface Figures {
  rp19_tur_by_sigma_ratio_4: {
    itp: number;
    pfa_percent_printed: number;
    cpfa_percent_printed: number;
    pfa_percent_computed: number;
    cpfa_percent_computed: number;
    pfr_percent_computed: number;
  }[];
  deaver: {
    SL_in_process_sigma: number;
    TUR_sigma_ratio: number;
    guard_band_factor: number;
    quantity: 'PFA' | 'PFR';
    computed: number;
  }[];
  deaver_page7: Record<'sp' | 'st' | 'TL' | 'PFA' | 'PFR', number>;
  guard_band_factors: {
    TUR: number;
    method6_dobbert: number;
    rss: number;
    test95: number;
    pfa_itp95_simple: number;
    pfr_itp95_simple: number;
    pfa_itp95_gb_U: number;
    pfr_itp95_gb_U: number | null;
  }[];
  specific_risk: { mean: number; sd: number; LL: number; UL: number; risk: number }[];
  ilac_g8_specific_risk: { rows: { r: number; pfa_at_acceptance_limit: number }[] };
}
const file = new URL('../../../test/fixtures/metrology/decision-rules-risk.json', import.meta.url);
const figures: Figures = JSON.parse(readFileSync(file, 'utf8'));

const span = (half: number): Span => ({ lower: -half, upper: half });
const risk = (tolerance: number, accepted: number, sp: number, st: number) =>
  globalRisk({
    tolerance: span(tolerance),
    acceptance: span(accepted),
    process: { standardDeviation: sp },
    standardUncertainty: st,
  });

describe('global risk', () => {
  it.each(figures.rp19_tur_by_sigma_ratio_4)('RP-19, in tolerance $itp', (row) => {
    const sp = processDeviation(1, row.itp);
    const { falseAccept, falseReject, falseAcceptOfAccepted } = risk(1, 1, sp, sp / 4);
    expect(100 * falseAccept).toBeCloseTo(row.pfa_percent_computed, 11);
    expect(100 * falseReject).toBeCloseTo(row.pfr_percent_computed, 11);
    expect(100 * (falseAcceptOfAccepted ?? 0)).toBeCloseTo(row.cpfa_percent_computed, 11);
    // The printed rows were integrated more coarsely.
    expect(Math.abs(100 * falseAccept - row.pfa_percent_printed)).toBeLessThan(1e-6);
    expect(Math.abs(100 * (falseAcceptOfAccepted ?? 0) - row.cpfa_percent_printed)).toBeLessThan(1e-6);
  });

  it.each(figures.deaver)('Deaver $quantity, SL $SL_in_process_sigma, ratio $TUR_sigma_ratio', (row) => {
    const limit = row.SL_in_process_sigma;
    const { falseAccept, falseReject } = risk(
      limit,
      limit * row.guard_band_factor,
      1,
      1 / row.TUR_sigma_ratio,
    );
    expect(row.quantity === 'PFA' ? falseAccept : falseReject).toBeCloseTo(row.computed, 12);
  });

  it('Deaver, page 7', () => {
    const { sp, st, TL, PFA, PFR } = figures.deaver_page7;
    const { falseAccept, falseReject } = risk(TL, TL, sp, st);
    expect(falseAccept).toBeCloseTo(PFA, 12);
    expect(falseReject).toBeCloseTo(PFR, 12);
  });

  it.each(figures.guard_band_factors)('guard bands at TUR $TUR', (row) => {
    const at = (rule: 'dobbert' | 'rss' | 'one-less-inverse-tur') =>
      decide({
        error: '0',
        expandedUncertainty: '1',
        coverageFactor: '2',
        tolerance: { symmetric: String(row.TUR) },
        rule: { rule },
      }).acceptance?.upper;
    expect(Number(at('dobbert')) / row.TUR).toBeCloseTo(Math.min(row.method6_dobbert, 1), 10);
    expect(Number(at('rss')) / row.TUR).toBeCloseTo(row.rss, 10);
    expect(Number(at('one-less-inverse-tur')) / row.TUR).toBeCloseTo(row.test95, 12);

    const sp = processDeviation(row.TUR, 0.95);
    expect(risk(row.TUR, row.TUR, sp, 0.5).falseAccept).toBeCloseTo(row.pfa_itp95_simple, 12);
    expect(risk(row.TUR, row.TUR, sp, 0.5).falseReject).toBeCloseTo(row.pfr_itp95_simple, 12);
    const guarded = risk(row.TUR, row.TUR - 1, sp, 0.5);
    expect(guarded.falseAccept).toBeCloseTo(row.pfa_itp95_gb_U, 12);
    if (row.pfr_itp95_gb_U !== null) expect(guarded.falseReject).toBeCloseTo(row.pfr_itp95_gb_U, 12);
  });

  // By mpmath, 60 digits: the same integrals.
  it.each([
    [1, 0.4, 0.2, 0.05, 9.8472491687561e-41],
    [1, 0.2, 0.3, 0.1, 6.8421145209976e-20],
    [1, 0.1, 1, 0.1, 5.8636209498715e-22],
  ])('keeps the digits of a tiny risk: TL %s, AL %s, %s, %s', (TL, AL, sp, st, expected) => {
    expect(risk(TL, AL, sp, st).falseAccept / expected).toBeCloseTo(1, 11);
  });

  it('keeps method 6 at 2 % for every process', () => {
    for (const { TUR, method6_dobbert: factor } of figures.guard_band_factors) {
      const worst = Math.max(
        ...[0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 0.99].map(
          (share) => risk(TUR, TUR * Math.min(factor, 1), processDeviation(TUR, share), 0.5).falseAccept,
        ),
      );
      expect(worst).toBeLessThan(0.02);
    }
  });

  it('adds up to one, whatever the setting', () => {
    const size = fc.integer({ min: -40, max: 40 }).map((n) => 10 ** (n / 10));
    const limit = fc.double({ min: 0.01, max: 3, noNaN: true });
    fc.assert(
      fc.property(size, size, limit, limit, (sp, st, tolerance, accepted) => {
        const all = risk(tolerance, accepted, sp, st);
        const total = all.falseAccept + all.falseReject + all.trueAccept + all.trueReject;
        expect(total).toBeCloseTo(1, 10);
        // What is accepted in all has a closed form: the measured error is normal with both deviations.
        const measured = Math.hypot(sp, st);
        const acceptedInAll = 1 - 2 * normal.upperTail(accepted / measured);
        expect(all.falseAccept + all.trueAccept).toBeCloseTo(acceptedInAll, 10);
        expect(all.falseReject + all.trueAccept).toBeCloseTo(1 - 2 * normal.upperTail(tolerance / sp), 10);
      }),
      { numRuns: 200 },
    );
  });

  it('keeps the digits of a tiny false reject', () => {
    // Nearly every unit is far within the tolerance: what is rejected is the measured error beyond the limit.
    for (const deviation of [0.15, 0.05, 0.025]) {
      const rejected = 2 * normal.upperTail(0.8 / (deviation * Math.SQRT2));
      expect(risk(1, 0.8, deviation, deviation).falseReject / rejected).toBeCloseTo(
        1,
        deviation > 0.1 ? 2 : 9,
      );
    }
  });

  it('has limits that are open, and none', () => {
    const upper = { lower: Number.NEGATIVE_INFINITY, upper: 1 };
    const setting = { tolerance: upper, process: { standardDeviation: 1 }, standardUncertainty: 0.2 };
    const all = globalRisk({ ...setting, acceptance: upper });
    expect(all.trueAccept + all.falseReject).toBeCloseTo(normal.cumulative(1), 12);
    const nothing = globalRisk({ ...setting, acceptance: null });
    expect(nothing).toMatchObject({ falseAccept: 0, trueAccept: 0, falseAcceptOfAccepted: null });
    expect(nothing.falseReject).toBeCloseTo(normal.cumulative(1), 12);
  });
});

describe('specific risk', () => {
  it('keeps the digits of a tiny conformance on either side', () => {
    const tail = normal.upperTail(10);
    expect(conformance(-10, 20).probability / tail).toBeCloseTo(1, 12);
    expect(conformance(20, -10).probability / tail).toBeCloseTo(1, 12);
    const outside = decide({
      error: '2',
      expandedUncertainty: '0.2',
      coverageFactor: '2',
      tolerance: { symmetric: '1' },
      rule: { rule: 'simple' },
    });
    expect(outside.conformanceProbability).toBe('0.000000000000000000000007619853');
    expect(outside.specificRisk).toBe('1');
  });

  it.each(figures.specific_risk)('of $mean within 9 to 11', ({ mean, sd, LL, UL, risk: expected }) => {
    expect(conformance((mean - LL) / sd, (UL - mean) / sd).risk).toBeCloseTo(expected, 12);
  });

  it.each(figures.ilac_g8_specific_risk.rows)('on the acceptance limit, r = $r', (row) => {
    const decision = decide({
      error: '0',
      expandedUncertainty: '0.01',
      coverageFactor: '2',
      tolerance: { lower: null, upper: '1' },
      rule: { rule: 'guard-band', r: String(row.r) },
    });
    const atLimit = Number(decision.riskAtAcceptanceLimit);
    expect(atLimit / row.pfa_at_acceptance_limit).toBeCloseTo(1, 8);
  });
});
