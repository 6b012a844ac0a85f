import { expect, it } from 'vitest';
import { CalibrationPlan } from '../../shared/contract/calibrate.ts';
import { ReferenceStandard } from '../../shared/contract/standards.ts';
import { newCalibrate } from '../../shared/wizard/calibrate.ts';
import { demandSuitable } from './reference.ts';

const reference = { maker: 'M', model: 'T', serial: '1', firmware: '', unit: 'degC', source: false };
const standard = ReferenceStandard.parse({
  id: 's1',
  maker: 'M',
  model: 'T',
  serial: '1',
  unit: 'degC',
  resolution: '0.001',
  certificates: [
    {
      number: 'C-1',
      laboratory: 'L',
      issued: '2026-01-01',
      due: '2026-06-30',
      points: [
        { value: '0', expandedUncertainty: '0.01' },
        { value: '100', expandedUncertainty: '0.01' },
      ],
    },
  ],
});
const plan = CalibrationPlan.parse({
  channel: 't1',
  points: ['10', '90'],
  tolerance: '0.5',
  adjust: 'always',
  stability: {
    readings: 5,
    intervalMs: 20,
    maxDrift: '2',
    maxSpread: '2',
    nearNominal: '2',
    timeoutSeconds: 20,
  },
});

const asked = (day: string, inRegister: ReferenceStandard | null, standardOverride: string | null = null) =>
  demandSuitable(
    { ...newCalibrate('w1', 'e66058388303aa2f', 'p'), plan, reference, standard, standardOverride },
    'degC',
    { standards: { find: () => inRegister, today: () => day } },
  );

it('asks at each point: a certificate that ran out since as-found stops the as-left run', () => {
  expect(asked('2026-06-30', standard)).toEqual([]);
  expect(() => asked('2026-07-01', standard)).toThrow(
    expect.objectContaining({ code: 'STANDARD_UNSUITABLE' }),
  );
  expect(asked('2026-07-01', standard, 'Retested').map(({ code }) => code)).toEqual(['overdue']);
});

it('a standard that was taken out of use since it was chosen is not used any more', () => {
  const retired = { ...standard, retired: { on: '2026-05-01', reason: 'It was dropped' } };
  expect(() => asked('2026-05-02', retired)).toThrow('It was dropped');
  expect(asked('2026-05-02', retired, 'No other')).toMatchObject([{ code: 'retired' }]);
});

it('what else was changed in the register belongs to the calibrations after this one', () => {
  const [first] = standard.certificates;
  const changed = { ...standard, certificates: first ? [{ ...first, due: '2026-02-01' }] : [] };
  expect(asked('2026-05-02', changed)).toEqual([]);
  expect(asked('2026-05-02', null)).toEqual([]);
});
