import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { checkRequest, RequestError } from '../request.ts';
import { answerStatistics, statisticsRequest } from './request.ts';

const figures = (name: string) =>
  JSON.parse(readFileSync(new URL(`../../../test/fixtures/metrology/${name}.json`, import.meta.url), 'utf8'));
const ask = (request: unknown) => answerStatistics(checkRequest(statisticsRequest, request));

describe('readings', () => {
  it.each(['lew', 'lottery', 'mavro', 'numacc1', 'numacc2', 'numacc3', 'pidigits'])(
    'of NIST StRD %s have every certified digit',
    (name) => {
      const { data_strings, certified } = figures(`nist-strd-${name}`);
      const answer = ask({ readings: data_strings });
      expect(Number(answer.mean)).toBe(Number(certified.mean));
      expect(Number(answer.standardDeviation)).toBe(Number(certified.standard_deviation_n_minus_1));
      expect(Number(answer.lag1Autocorrelation)).toBe(Number(certified.autocorrelation_lag1));
      expect(answer.n).toBe(certified.n);
    },
  );

  it('that swing back count as no more than they are, readings that drift as few', () => {
    expect(ask({ readings: ['1', '2', '1', '2'] })).toMatchObject({
      lag1Autocorrelation: '-0.75',
      effectiveN: '4',
    });
    const drifting = ask({ readings: Array.from({ length: 40 }, (_, i) => String(i)) });
    expect(Number(drifting.effectiveN)).toBeCloseTo((40 * (1 - 0.925)) / 1.925, 1);
  });

  it('that are all the same have no scatter and say nothing of their correlation', () =>
    expect(ask({ readings: ['1.0', '1', '1.00'] })).toEqual({
      n: 3,
      mean: '1',
      standardDeviation: '0',
      standardError: '0',
      lag1Autocorrelation: null,
      effectiveN: null,
      standardErrorEffective: null,
    }));

  it('have as many digits as asked', () =>
    expect(ask({ readings: ['1', '2', '4'], digits: '30' })).toMatchObject({
      mean: `2.${'3'.repeat(29)}`,
      standardDeviation: '1.52752523165194666886268239791',
    }));
});

describe('one-way analysis of variance', () => {
  it.each(['atmwtag', 'sirstv'])('of NIST StRD %s has every certified digit', (name) => {
    const { groups, certified } = figures(`nist-strd-anova-${name}`);
    const { anova } = ask({ groups }) as { anova: Record<string, string | number> };
    expect(Number(anova.sumOfSquaresBetween)).toBe(Number(certified.ss_between));
    expect(Number(anova.sumOfSquaresWithin)).toBe(Number(certified.ss_within));
    expect(Number(anova.meanSquareBetween)).toBe(Number(certified.ms_between));
    expect(Number(anova.meanSquareWithin)).toBe(Number(certified.ms_within));
    expect(Number(anova.f)).toBe(Number(certified.f));
    expect(Number(anova.rSquared)).toBe(Number(certified.r_squared));
    expect(Number(anova.residualStandardDeviation)).toBe(Number(certified.residual_sd));
    expect(anova.degreesOfFreedomWithin).toBe(certified.df_within);
  });

  // The design and the certified values of NIST StRD SmLs01, 05 and 09: nine groups about 1, 1e6 and 1e12.
  it.each([
    ['1', 21, 1.68, 21, 0.482758620689655],
    ['1000000', 201, 16.08, 201, 0.471830985915493],
    ['1000000000000', 2001, 160.08, 2001, 0.470712773465067],
  ])('about %s in groups of %d has every certified digit', (base, size, between, f, rSquared) => {
    const groups = [4, 3, 5, 3, 5, 3, 5, 3, 5].map((start) =>
      Array.from({ length: size }, (_, i) => `${base}.${i === 0 ? start : start + (i % 2 === 1 ? -1 : 1)}`),
    );
    const { anova } = ask({ groups }) as { anova: Record<string, string> };
    expect(Number(anova.sumOfSquaresBetween)).toBe(between);
    expect(Number(anova.meanSquareWithin)).toBe(0.01);
    expect(Number(anova.f)).toBe(f);
    expect(Number(anova.rSquared)).toBe(rSquared);
    expect(Number(anova.residualStandardDeviation)).toBe(0.1);
  });

  it('has the figures of JCGM 100, H.5: Zener voltage standard on ten days', () => {
    const means = ['172', '116', '013', '144', '106', '031', '060', '125', '163', '041'];
    const spreads = [60, 77, 111, 101, 67, 93, 80, 73, 88, 86];
    const groups = means.map((mean, i) => ({
      n: 5,
      mean: `10.000${mean}`,
      standardDeviation: `${spreads[i]}e-6`,
    }));
    const { anova, pooledStandardDeviation } = ask({ groups }) as {
      anova: {
        standardUncertaintyOfMean: Record<string, string>;
        criticalF: Record<string, string>;
      } & Record<string, string>;
      pooledStandardDeviation: string;
    };
    const microvolts = (text: string | undefined) => (Number(text) * 1e6).toFixed(0);
    expect(anova.mean).toBe('10.0000971');
    expect(microvolts(String(Math.sqrt(Number(anova.meanSquareBetween))))).toBe('128');
    expect(microvolts(pooledStandardDeviation)).toBe('85');
    // Printed as 5 x 57^2 / 85^2 = 2.25, from rounded deviations.
    expect((5 * 57 ** 2) / 85 ** 2).toBeCloseTo(Number(anova.f), 1);
    expect(Number(anova.criticalF['0.95']).toFixed(2)).toBe('2.12');
    expect(Number(anova.criticalF['0.975']).toFixed(2)).toBe('2.45');
    expect(microvolts(anova.betweenStandardDeviation)).toBe('43');
    expect(microvolts(anova.standardUncertaintyOfMean.groupsDiffer)).toBe('18');
    expect(microvolts(anova.standardUncertaintyOfMean.groupsAlike)).toBe('13');
  });

  it('pools the scatter of the groups', () =>
    expect(ask({ groups: [['1', '3'], ['5', '5', '8'], ['4']] })).toMatchObject({
      pooledStandardDeviation: '1.63299316185545',
      pooledDegreesOfFreedom: 3,
      groups: [{}, {}, { n: 1, mean: '4', standardDeviation: null }],
    }));

  it('has no F where nothing scatters within', () =>
    expect(
      ask({
        groups: [
          ['1', '1'],
          ['2', '2'],
        ],
      }),
    ).toMatchObject({ anova: { f: null, p: null } }));
});

describe('the Allan family', () => {
  it('has the digits of NBS14', () => {
    const { data, computed_tau_1_2: truth } = figures('allan-nbs14-10point');
    const readings = data.frequency.map(String);
    const { allan } = ask({ readings, allan: { tau0: '1', kind: 'frequency', m: [1, 2] } }) as {
      allan: Record<string, string>[];
    };
    const names = {
      adev: 'allanDeviation',
      oadev: 'overlappingAllanDeviation',
      mdev: 'modifiedAllanDeviation',
      totdev: 'totalDeviation',
      hdev: 'hadamardDeviation',
      tdev: 'timeDeviation',
      ohdev: 'overlappingHadamardDeviation',
    };
    for (const [short, name] of Object.entries(names)) {
      allan.forEach((at, i) => {
        expect(Math.abs(Number(at[name]) / truth[short][i] - 1)).toBeLessThan(1e-12);
      });
    }
  });

  // NIST SP 1065, 12.4: frequencies of the generator n' = 16807 n mod (2^31 - 1) from 1234567890.
  it('has the printed digits of the 1000-point set of NIST SP 1065', () => {
    const prime = 2147483647n;
    let n = 1234567890n;
    const readings = Array.from({ length: 1000 }, () => {
      const y = n;
      n = (16807n * n) % prime;
      return (Number(y) / Number(prime)).toFixed(17);
    });
    const { allan } = ask({ readings, allan: { tau0: '1', kind: 'frequency', m: [1, 10, 100] } }) as {
      allan: Record<string, string>[];
    };
    const printed: Record<string, [string, string, string]> = {
      allanDeviation: ['2.922319e-1', '9.965736e-2', '3.897804e-2'],
      overlappingAllanDeviation: ['2.922319e-1', '9.159953e-2', '3.241343e-2'],
      modifiedAllanDeviation: ['2.922319e-1', '6.172376e-2', '2.170921e-2'],
      timeDeviation: ['1.687202e-1', '3.563623e-1', '1.253382e+0'],
      hadamardDeviation: ['2.943883e-1', '1.052754e-1', '3.910861e-2'],
      overlappingHadamardDeviation: ['2.943883e-1', '9.581083e-2', '3.237638e-2'],
      totalDeviation: ['2.922319e-1', '9.134743e-2', '3.406530e-2'],
    };
    for (const [name, texts] of Object.entries(printed)) {
      expect(allan.map((at) => Number(at[name]).toExponential(6))).toEqual(texts);
    }
  });

  it('of phase and of the frequency it came from are the same', () => {
    const from = (readings: string[], kind: string) => ask({ readings, allan: { tau0: '0.5', kind } }).allan;
    expect(from(['0', '0.5', '2', '2.5', '2.0'], 'phase')).toEqual(from(['1', '3', '1', '-1'], 'frequency'));
  });
});

describe('what cannot be meant', () => {
  it.each<[string, unknown]>([
    ['readings', {}],
    ['readings', { readings: [] }],
    ['readings', { readings: ['1'] }],
    ['readings.1', { readings: ['1', ''] }],
    ['readings.1', { readings: ['1', '2,5'] }],
    ['readings.0', { readings: ['NaN', '1'] }],
    ['readings.0', { readings: ['1e401', '1'] }],
    ['digits', { readings: ['1', '2'], digits: 0 }],
    ['groups', { groups: [['1'], ['2']] }],
    ['groups.1', { groups: [['1'], []] }],
    ['allan', { groups: [['1', '2']], allan: { tau0: '1', kind: 'phase' } }],
    ['allan.tau0', { readings: ['1', '2', '3'], allan: { tau0: '0', kind: 'phase' } }],
    ['allan.m.0', { readings: ['1', '2', '3'], allan: { tau0: '1', kind: 'phase', m: [2] } }],
    ['readings', { readings: ['1', '2'], allan: { tau0: '1', kind: 'phase' } }],
    ['reading', { reading: ['1', '2'] }],
  ])('%s is named', (path, request) => {
    const refused = () => ask(request);
    expect(refused).toThrow(RequestError);
    expect(refused).toThrow(expect.objectContaining({ path }));
  });
});
