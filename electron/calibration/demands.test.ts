import { describe, expect, it } from 'vitest';
import type { CalibrationPlan, LineFit } from '../../shared/contract/calibrate.ts';
import type { ReferenceIdentity } from '../../shared/contract/devices.ts';
import { demandLine, demandSame, demandUnit } from './demands.ts';

const reference: ReferenceIdentity = {
  maker: 'Acme',
  model: 'T1',
  serial: '7',
  firmware: '1',
  unit: 'degC',
  source: false,
};
const code = (wanted: string) => expect.objectContaining({ code: wanted });

describe('what a calibration demands of its reference', () => {
  it('reads in the unit of the channel', () => {
    expect(() => demandUnit('COM4', reference, ['degC'])).not.toThrow();
    expect(() => demandUnit('COM4', { ...reference, unit: 'degF' }, ['degC', 'K'])).toThrow(
      code('REFERENCE_UNREADABLE'),
    );
    expect(() => demandUnit('COM4', null, ['degC'])).toThrow(code('REFERENCE_UNREADABLE'));
  });

  it('is one and the same from the first point to the last, whatever its firmware says', () => {
    expect(() => demandSame('COM4', { ...reference, firmware: '2' }, reference)).not.toThrow();
    for (const change of [{ serial: '8' }, { model: 'T2' }, { maker: 'Other' }, { unit: 'K' }]) {
      expect(() => demandSame('COM4', { ...reference, ...change }, reference)).toThrow(
        code('REFERENCE_UNREADABLE'),
      );
    }
    expect(() => demandSame('COM4', reference, null)).toThrow(code('REFERENCE_UNREADABLE'));
  });
});

describe('what a calibration demands of its fit', () => {
  const line = (residualStandardDeviation: string) => ({ residualStandardDeviation }) as LineFit;
  const plan = { tolerance: '0.20' } as CalibrationPlan;

  it('follows the readings within the tolerance', () => {
    expect(() => demandLine(line('0.2'), plan)).not.toThrow();
    expect(() => demandLine(line('0.20000000000000000001'), plan)).toThrow(code('FIT_IMPOSSIBLE'));
  });
});
