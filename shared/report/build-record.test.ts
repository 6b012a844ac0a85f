import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { certificateInput } from './certificate/certificate.fixture.ts';
import { exampleInput } from './example.fixture.ts';
import { buildRecord, JobRecord, type RecordInput, recordText } from './record.ts';

type Change = (input: RecordInput) => void;
const changed = (change: Change): RecordInput => {
  const input = structuredClone(exampleInput());
  change(input);
  return input;
};

test('the fixture that other tests read is what is built', () => {
  const fixture = new URL('../../test/fixtures/report/record.json', import.meta.url);
  expect(readFileSync(fixture, 'utf8')).toBe(recordText(buildRecord(exampleInput())));
});

test('the same states give the same text, in whatever order their keys came', () => {
  const reversed = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(reversed);
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(
      Object.entries(value)
        .reverse()
        .map(([key, member]) => [key, reversed(member)]),
    );
  };
  const input = exampleInput();
  expect(recordText(buildRecord(reversed(input) as RecordInput))).toBe(recordText(buildRecord(input)));
});

test('it holds no float, and reads back as itself', () => {
  const text = recordText(buildRecord(exampleInput()));
  const floats: number[] = [];
  const back = JSON.parse(text, (_key, value: unknown) => {
    if (typeof value === 'number' && !Number.isSafeInteger(value)) floats.push(value);
    return value;
  }) as unknown;
  expect(floats).toEqual([]);
  expect(JobRecord.parse(back)).toEqual(buildRecord(exampleInput()));
});

test('errors stand side by side, and an override is listed with its reason', () => {
  const { calibration } = buildRecord(exampleInput());
  expect(calibration?.errors[0]).toEqual({ nominal: '0.0', before: '0.3103', after: '-0.0177' });
  expect(calibration?.errors).toHaveLength(5);
  expect(calibration?.overrides).toEqual([
    { run: 'as-left', point: 1, reason: expect.stringMatching(/lid/) as string },
  ]);
});

test('an unadjusted unit has its as-found errors as as-left errors', () => {
  const record = buildRecord(
    changed(({ calibrate }) => {
      if (!calibrate) return;
      calibrate.asFound = calibrate.asLeft;
      Object.assign(calibrate, { asLeft: [], fit: null, written: null, writing: false, unadjusted: true });
    }),
  );
  expect(record.calibration?.errors[1]).toEqual({ nominal: '25.0', before: '-0.0047', after: '-0.0047' });
  expect(record.verdict).toBe('pass');
});

const verdicts: [string, Change, string][] = [
  ['all three stages passed', () => undefined, 'pass'],
  ['no provisioning', (input) => Object.assign(input, { provision: null }), 'incomplete'],
  ['no calibration', (input) => Object.assign(input, { calibrate: null }), 'incomplete'],
  ['no rules', (input) => Object.assign(input, { validate: null }), 'incomplete'],
  ['no proof taken', ({ provision }) => Object.assign(provision ?? {}, { proof: null }), 'incomplete'],
  [
    'adjusted and not verified',
    ({ calibrate }) => Object.assign(calibrate ?? {}, { asLeft: [], verdict: null }),
    'incomplete',
  ],
  [
    'rules without a verdict',
    ({ validate }) => Object.assign(validate ?? {}, { verdict: null }),
    'incomplete',
  ],
  [
    'a file that runs otherwise',
    ({ provision }) => Object.assign(provision?.proof?.[1] ?? {}, { running: null, equal: false }),
    'fail',
  ],
  [
    'rules that failed, and no calibration',
    (input) => {
      input.calibrate = null;
      if (input.validate) input.validate.verdict = 'fail';
    },
    'fail',
  ],
];
test.each(verdicts)('%s', (_name, change, verdict) => {
  expect(buildRecord(changed(change)).verdict).toBe(verdict);
});

test('a unit that may hold unverified coefficients is named so', () => {
  const input = changed(({ calibrate }) => Object.assign(calibrate ?? {}, { asLeft: [], verdict: null }));
  expect(buildRecord(input).calibration).toMatchObject({ result: 'incomplete', adjustedNotVerified: true });
});

test('a rule has what it was seen to do, with the run, and what is missing', () => {
  const whole = buildRecord(exampleInput()).validation;
  expect(whole?.rules.map(({ coverage }) => coverage.accepted)).toEqual([true, true, true]);
  expect(whole?.rules[0]?.coverage).toEqual({
    fired: { origin: 'bench', run: 0, t: 41_207 },
    cleared: { origin: 'bench', run: 0, t: 118_007 },
    quiet: { origin: 'live', run: 1, t: 184_007, ms: 12_000 },
    falseAlarms: [],
    accepted: true,
    missing: [],
  });
  expect(whole?.runs.map(({ madeUp }) => madeUp)).toEqual([false, false, true]);
  const { validation } = buildRecord(
    changed(({ validate }) => {
      if (validate) validate.quietSeconds = 60;
    }),
  );
  expect(validation?.rules[2]?.coverage).toMatchObject({ quiet: null, accepted: false, missing: ['quiet'] });
});

test('evidence of another revision is not in it, and times are whole', () => {
  const { validation } = buildRecord(
    changed(({ validate }) => {
      const run = validate?.runs[0];
      if (run) Object.assign(run, { revision: '00000000' });
      const fault = validate?.tests[0]?.faults[0];
      if (fault) Object.assign(fault, { at: 1000.4 });
    }),
  );
  expect(validation?.runs).toHaveLength(2);
  expect(validation?.rules[1]?.coverage.missing).toEqual(['fired', 'cleared']);
  expect(validation?.tests[0]).toMatchObject({
    faults: [{ at: 1000 }],
    expected: 2,
    outcome: { passed: true },
  });
});

test('nothing done at all is still a record', () => {
  const input = changed((all) => Object.assign(all, { provision: null, calibrate: null, validate: null }));
  expect(buildRecord(input)).toMatchObject({
    provisioning: null,
    calibration: null,
    validation: null,
    verdict: 'incomplete',
  });
});

test('a port of the bench makes it a bench record whatever the caller says', () => {
  const real = changed((input) => {
    input.bench = false;
    if (input.provision?.port) input.provision.port.port = '/dev/ttyACM0';
    Object.assign(input.calibrate ?? {}, { port: '/dev/ttyACM0', referencePort: '/dev/ttyUSB0' });
    Object.assign(input.validate ?? {}, { port: '/dev/ttyACM0', referencePort: null });
  });
  expect(buildRecord(real).bench).toBe(false);
  if (real.calibrate) real.calibrate.referencePort = 'bench:reference';
  expect(buildRecord(real).bench).toBe(true);
  const { standard } = certificateInput().calibrate;
  Object.assign(real.calibrate ?? {}, { referencePort: '/dev/ttyUSB0', standard });
  expect(buildRecord(real).bench).toBe(true);
});

const contradictions: [string, Change, RegExp][] = [
  [
    'another unit was calibrated',
    ({ calibrate }) => Object.assign(calibrate ?? {}, { unit: 'aaaa' }),
    /aaaa is not the unit/,
  ],
  [
    'another unit was provisioned',
    ({ provision }) => Object.assign(provision?.unit ?? {}, { hardwareId: 'bbbb' }),
    /bbbb/,
  ],
  [
    'a pass with a point out of tolerance',
    ({ calibrate }) => Object.assign(calibrate?.asLeft[2] ?? {}, { error: '0.3', withinTolerance: false }),
    /verdict of the calibration/,
  ],
  [
    'a point said to be in tolerance that is not',
    ({ calibrate }) => Object.assign(calibrate?.asLeft[2] ?? {}, { error: '-0.2001' }),
    /contradicts its tolerance/,
  ],
  ['a verdict with a point missing', ({ calibrate }) => void calibrate?.asLeft.pop(), /not all its points/],
  [
    'a proof whose hashes differ',
    ({ provision }) => Object.assign(provision?.proof?.[0] ?? {}, { running: 'a'.repeat(64) }),
    /contradicts its hashes/,
  ],
  [
    'a rule that never cleared',
    ({ validate }) => Object.assign(validate?.evidence[0] ?? {}, { cleared: null }),
    /fire and to clear/,
  ],
  [
    'a pass with a difference',
    ({ validate }) => void validate?.comparison?.differences.push({ seq: 1, unit: [], app: [] }),
    /decisions differ/,
  ],
  [
    'other rules on the unit',
    ({ validate }) => Object.assign(validate?.written ?? {}, { sha256: 'a'.repeat(64) }),
    /not those that were proven/,
  ],
  [
    'a pass although the self-test differs',
    ({ validate }) => Object.assign(validate?.selfTest ?? {}, { found: 'a'.repeat(64) }),
    /self-test/,
  ],
  [
    'a pass although a kept test fails',
    ({ validate }) => Object.assign(validate?.tested[0] ?? {}, { passed: false }),
    /fail the test lid opened/,
  ],
  ['a float', ({ calibrate }) => Object.assign(calibrate?.asLeft[0]?.readings[0] ?? {}, { raw: 1.5 }), /raw/],
];
test.each(contradictions)('no report where there is %s', (_name, change, words) => {
  expect(() => buildRecord(changed(change))).toThrow(words);
});
