import { expect, test } from 'vitest';
import { noCircumstances } from '../../contract/certificate.ts';
import { Failure } from '../../contract/failure.ts';
import { dccText } from '../dcc/dcc.ts';
import {
  certificateInput,
  exampleCertificate,
  exampleLaboratory,
  notAdjusted,
} from './certificate.fixture.ts';
import { buildCertificate, type CertificateInput, CertificateRecord } from './certificate.ts';
import { clauseIds, completeness } from './completeness.ts';

test('a record holds what it was made from, and reads back as it was written', () => {
  const record = exampleCertificate();
  expect(CertificateRecord.parse(JSON.parse(JSON.stringify(record)))).toEqual(record);
  expect(record.results.asLeft?.evaluation.points).toHaveLength(20);
  expect(record.dates).toMatchObject({ begin: '2026-11-22', end: '2026-11-22', received: '2026-11-22' });
  expect(record.bench).toBe(true);
  expect(buildCertificate(certificateInput())).toEqual(record);
});

test('the standard of the bench makes it a certificate of the bench, also over a cable', () => {
  const input = structuredClone(certificateInput());
  Object.assign(input, { bench: false });
  Object.assign(input.calibrate, { port: '/dev/ttyACM0', referencePort: '/dev/ttyUSB0' });
  expect(buildCertificate(input).bench).toBe(true);
  Object.assign(input.calibrate.standard ?? {}, { bench: false });
  expect(buildCertificate(input).bench).toBe(false);
});

const unfinished: [string, string, (input: CertificateInput) => void][] = [
  ['not finished', 'not finished', ({ calibrate }) => Object.assign(calibrate, { done: false })],
  [
    'adjusted, not verified',
    'no as-left run has verified',
    ({ calibrate }) => Object.assign(calibrate, { verdict: null }),
  ],
  ['no laboratory', 'laboratory', (input) => Object.assign(input, { laboratory: null })],
  [
    'no address',
    'address of the laboratory',
    (input) =>
      Object.assign(input, {
        laboratory: { ...exampleLaboratory, party: { ...exampleLaboratory.party, address: '' } },
      }),
  ],
  [
    'no country',
    'country of the laboratory',
    (input) =>
      Object.assign(input, {
        laboratory: { ...exampleLaboratory, party: { ...exampleLaboratory.party, country: 'ZZ' } },
      }),
  ],
  ['no standard', 'reference standard', ({ calibrate }) => Object.assign(calibrate, { standard: null })],
  ['no plan', 'plan', ({ calibrate }) => Object.assign(calibrate, { plan: null })],
  [
    'no evaluation',
    'evaluation of the as-left run',
    ({ calibrate }) => Object.assign(calibrate, { asLeftEvaluation: null }),
  ],
  [
    'no uncertainty',
    'no uncertainty',
    ({ calibrate }) => Object.assign(calibrate.asLeftEvaluation ?? {}, { uncertaintyStatement: null }),
  ],
  [
    'a run without all points',
    'is not complete',
    ({ calibrate }) => calibrate.asLeftEvaluation?.points.pop(),
  ],
  ['a point on nothing', 'rests on a result', ({ calibrate }) => calibrate.asLeft.pop()],
  ['nobody signs', 'authorises', (input) => Object.assign(input.job, { engineer: '' })],
  ['another unit', 'is of', (input) => Object.assign(input.unit.identity, { hardwareId: 'ffff' })],
  ['unknown channel', 'channel t1', (input) => Object.assign(input.unit, { channels: [] })],
];

test('a reason to use a standard is printed only where something spoke against it', () => {
  const input = structuredClone(certificateInput());
  const overrideWith = (concerns: object[]) => {
    Object.assign(input.calibrate, { concerns, standardOverride: 'No other on site' });
    return buildCertificate(input).standards[0]?.override;
  };
  expect(overrideWith([])).toBeNull();
  expect(overrideWith([{ code: 'overdue', detail: 'due on 2026-03-02' }])).toBe('No other on site');
});

test.each(unfinished)('%s: no certificate', (_name, words, change) => {
  const input = structuredClone(certificateInput({ points: 5 }));
  change(input);
  const attempt = (): unknown => buildCertificate(input);
  expect(attempt).toThrow(Failure);
  expect(attempt).toThrow(words);
  try {
    attempt();
  } catch (error) {
    expect(Failure.from(error).code).toBe('CERTIFICATE_NOT_ISSUED');
  }
});

test('a value that the plan names twice is one row', () => {
  const input = structuredClone(certificateInput({ points: 5 }));
  Object.assign(input.calibrate.plan ?? {}, { points: [...(input.calibrate.plan?.points ?? []), '0.00'] });
  expect(buildCertificate(input).results.asLeft?.evaluation.points).toHaveLength(5);
});

test('a customer of whom only the name is known is named', () => {
  const input = structuredClone(certificateInput());
  Object.assign(input.calibrate, { circumstances: noCircumstances });
  const record = buildCertificate(input);
  expect(completeness(record).find(({ clause }) => clause === '7.8.2.1 e')?.says).toBe(
    'Acme Wasserwerke GmbH',
  );
});

test('an interval is not recommended unless the customer agreed', () => {
  const input = structuredClone(certificateInput());
  expect(buildCertificate(input).nextDue?.on).toBe('2027-11-22');
  Object.assign(input.calibrate.circumstances.nextDue ?? {}, { agreed: false });
  expect(buildCertificate(input).nextDue).toBeNull();
});

test('nothing adjusted: one run is found and left', () => {
  const input = structuredClone(certificateInput());
  const { asLeft, asLeftEvaluation } = input.calibrate;
  Object.assign(input.calibrate, notAdjusted, { asFound: asLeft, asFoundEvaluation: asLeftEvaluation });
  const record = buildCertificate(input);
  expect(record.results.asLeft).toBeNull();
  expect(record.adjustment).toBeNull();
  expect(completeness(record).find(({ clause }) => clause === '7.8.4.1 d')?.applicable).toBe(false);
});

test('a unit that fails and is left so has its certificate, which says why', () => {
  const input = structuredClone(certificateInput());
  Object.assign(input.calibrate, notAdjusted, { leftBecause: 'Sensor beyond repair', verdict: 'fail' });
  const record = buildCertificate(input);
  expect(record).toMatchObject({ leftBecause: 'Sensor beyond repair', adjustment: null });
  expect(record.decision.verdict).toBe('fail');
  expect(dccText(record)).toContain('although not within its limits: Sensor beyond repair');
});

test('every clause is answered: a to p and a to f, in order, with a value or why there is none', () => {
  expect(clauseIds).toEqual([
    ...Array.from('abcdefghijklmnop', (letter) => `7.8.2.1 ${letter}`),
    ...Array.from('abcdef', (letter) => `7.8.4.1 ${letter}`),
  ]);
  const bare = structuredClone(certificateInput({ points: 2 }));
  Object.assign(bare.calibrate, { circumstances: noCircumstances });
  Object.assign(bare.job, { customer: '' });
  for (const record of [exampleCertificate(), buildCertificate(bare)]) {
    const lines = completeness(record);
    expect(lines.map(({ clause }) => clause)).toEqual(clauseIds);
    for (const { says, asks, applicable } of lines) {
      expect(asks).not.toBe('');
      expect(says.trim()).not.toBe('');
      expect(says.startsWith('Not applicable: ')).toBe(!applicable);
    }
  }
  const none = completeness(buildCertificate(bare)).filter(({ applicable }) => !applicable);
  expect(none.map(({ clause }) => clause)).toEqual([
    '7.8.2.1 e',
    '7.8.2.1 h',
    '7.8.2.1 k',
    '7.8.2.1 n',
    '7.8.2.1 p',
    '7.8.4.1 b',
    '7.8.4.1 f',
  ]);
});

test('what is said of decision and uncertainty is said of each run where it differs', () => {
  const input = structuredClone(certificateInput({ points: 5 }));
  const same = buildCertificate(input);
  expect(same.uncertainty.statement).toBe(input.calibrate.asLeftEvaluation?.uncertaintyStatement);
  Object.assign(input.calibrate.asFoundEvaluation ?? {}, {
    uncertaintyStatement: 'k is that of a rectangle.',
    decisionStatement: 'Guard band 0.020.',
  });
  const { uncertainty, decision } = buildCertificate(input);
  expect(uncertainty.statement).toBe(
    `As left: ${same.uncertainty.statement} As found: k is that of a rectangle.`,
  );
  expect(decision.statement).toBe(`As left: ${same.decision.statement} As found: Guard band 0.020.`);
});
