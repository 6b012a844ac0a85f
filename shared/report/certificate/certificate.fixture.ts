import type { CalibrateState, PointResult } from '../../contract/calibrate.ts';
import { Circumstances, Laboratory } from '../../contract/certificate.ts';
import type { BudgetLine, PointEvaluation, PointVerdict, RunEvaluation } from '../../contract/evaluation.ts';
import { ReferenceStandard } from '../../contract/standards.ts';
import { type ExampleSize, exampleInput } from '../example.fixture.ts';
import { buildCertificate, type CertificateInput } from './build-certificate.ts';
import type { CertificateRecord } from './schema.ts';

/** A certificate as the bench gives it, in any size: for the tests of whatever reads one. */

const budgetSources = [
  { name: 'Standard: certificate', distribution: 'normal', amount: '0.010', divisor: '2', u: 0.005 },
  {
    name: 'Standard: drift since its certificate',
    distribution: 'rectangular',
    amount: '0.008',
    divisor: '1.7321',
    u: 0.00462,
  },
  {
    name: 'Standard: resolution',
    distribution: 'rectangular',
    amount: '0.0005',
    divisor: '1.7321',
    u: 0.00029,
  },
  {
    name: 'Unit: resolution',
    distribution: 'rectangular',
    amount: '0.0005',
    divisor: '1.7321',
    u: 0.00029,
  },
  { name: 'Repeatability', distribution: 't', amount: '0.0033', divisor: '3.1623', u: 0.00104 },
] as const;

function budget(): { lines: BudgetLine[]; combined: number } {
  const variance = budgetSources.reduce((sum, { u }) => sum + u * u, 0);
  const lines = budgetSources.map(({ name, distribution, amount, divisor, u }) => ({
    name,
    distribution,
    amount,
    divisor,
    standardUncertainty: u.toFixed(5),
    degreesOfFreedom: distribution === 't' ? '9' : null,
    sensitivity: '1',
    contribution: u.toFixed(5),
    share: ((100 * u * u) / variance).toFixed(1),
  }));
  return { lines, combined: Math.sqrt(variance) };
}

function evaluated(result: PointResult, index: number, tolerance: number): PointEvaluation {
  const { lines, combined } = budget();
  const error = Number(result.error);
  const expanded = 0.014;
  const inside = Math.abs(error) <= tolerance - expanded;
  const verdict: PointVerdict = inside ? 'pass' : 'fail';
  return {
    nominal: result.nominal,
    results: [index],
    reference: result.meanReference,
    unit: result.meanUnit,
    error: result.error,
    hysteresis: null,
    repeatability: null,
    budget: lines,
    standardUncertainty: combined.toFixed(5),
    effectiveDegreesOfFreedom: '16000',
    coverageFactor: '2.00',
    expandedUncertainty: expanded.toFixed(3),
    errorRounded: error.toFixed(3).replace(/^-(0\.0+)$/, '$1'),
    acceptance: { lower: '-0.186', upper: '0.186' },
    verdict,
    conformanceProbability: inside ? '99.9' : '0.0',
    tur: '14.3',
  };
}

function run(results: PointResult[]): RunEvaluation {
  const points = results.map((result, index) => evaluated(result, index, 0.2));
  const verdict = points.every((point) => point.verdict === 'pass') ? 'pass' : 'fail';
  return {
    points,
    verdict,
    withinAsLeftLimit: verdict === 'pass',
    roundingStatement:
      'U is rounded up to two significant digits, and the error to the same place (JCGM 100, 7.2.6).',
    decisionStatement:
      'Decision rule: guard band (r = 1), ILAC-G8:09/2019, 4.2.2; guard band 0.014. A value that is accepted is out of tolerance with a probability of at most 2.3 %.',
    uncertaintyStatement:
      'The expanded uncertainty U is the combined standard uncertainty multiplied by the coverage factor k given with each result, for a coverage probability of about 95.45 % (JCGM 100). It was evaluated for the moment of the calibration and holds no allowance for later drift of the unit.',
  };
}

const points = ['-40', '0', '50', '120'].map((value) => ({
  value,
  correction: value === '50' ? '-0.004' : '0.002',
  expandedUncertainty: '0.010',
  coverageFactor: '2',
}));

const exampleStandard: ReferenceStandard = ReferenceStandard.parse({
  id: 's1',
  maker: 'Plumbline',
  model: 'Bench Thermometer',
  serial: 'REF-0001',
  unit: 'degC',
  resolution: '0.001',
  drift: '0.008',
  bench: true,
  certificates: [
    {
      number: 'SB-2026-0017',
      laboratory: 'Simulated bench',
      accreditation: '',
      issued: '2026-03-02',
      due: '2027-03-02',
      points,
    },
  ],
});

/** A calibration in which nothing was adjusted. */
export const notAdjusted = {
  written: null,
  fit: null,
  asLeft: [],
  asLeftEvaluation: null,
  writing: false,
  unadjusted: true,
} satisfies Partial<CalibrateState>;

export const exampleLaboratory: Laboratory = Laboratory.parse({
  party: {
    name: 'Kalibrierwerkstatt Müller GmbH',
    address: 'Werkstraße 12\n20097 Hamburg',
    country: 'DE',
    contact: 'kalibrierung@mueller.example',
  },
  prefix: 'KWM',
  text: 'Terms and conditions of the laboratory apply.',
});

const circumstances = Circumstances.parse({
  customer: {
    name: 'Acme Wasserwerke GmbH',
    address: 'Am Pumpwerk 3\n21073 Hamburg',
    country: 'DE',
    contact: 'J. Ellis',
  },
  place: 'customer',
  placeName: 'Pump house 3',
  received: '2026-11-22',
  condition: 'Cable gland replaced by the customer; no visible damage.',
  temperature: { min: '20.1', max: '21.4' },
  humidity: { min: '41', max: '46' },
  nextDue: { on: '2027-11-22', method: 'fixed interval of 12 months', agreed: true },
});

export function certificateInput(size: ExampleSize = { points: 20 }): CertificateInput {
  const { issuedAt, software, bench, job, unit, provision, calibrate, chain } = exampleInput(size);
  if (calibrate === null || provision?.unit == null) throw new Error('the example has a calibration');
  return {
    number: 'KWM-835a8f4a-148-2f1a77c0',
    amends: null,
    issuedAt,
    software,
    bench,
    laboratory: exampleLaboratory,
    job,
    unit: {
      identity: provision.unit,
      settings: provision.settings,
      title: 'Bench thermometer',
      agent: provision.agent,
      channels: unit.channels,
    },
    calibrate: {
      ...calibrate,
      standard: exampleStandard,
      circumstances,
      asFoundEvaluation: run(calibrate.asFound),
      asLeftEvaluation: run(calibrate.asLeft),
    },
    chain,
  };
}

export const exampleCertificate = (size?: ExampleSize): CertificateRecord =>
  buildCertificate(certificateInput(size));
